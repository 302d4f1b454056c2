"""Into which pages does a long index fall, so that one thing more changes few of them?

Pages are filled from the end that stays as it is: by date from the oldest thing on, so that a new
one changes the first page alone until that is full.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil
from typing import TypeAlias, TypeVar

from kb.pages.parts import Mark

T = TypeVar("T")
Group: TypeAlias = tuple[str, Sequence[T]]
"""Things that stand together, and what they share: a month, a year, an initial."""
Sheet: TypeAlias = list[Group[T]]
"""The groups of one page."""


def counted_from_the_end(things: Sequence[T], size: int) -> Iterator[tuple[int, Sequence[T]]]:
    """Page numbers from 1 and the things of each, all of `size` but those of the first.

    That takes what is left, half as many to half as many more; of nothing there is one page.
    """
    others = max(0, len(things) - ceil(size / 2)) // size
    starts = range(len(things) - others * size, len(things), size)
    yield 1, things[: len(things) - others * size]
    for number, start in enumerate(starts, 2):
        yield number, things[start : start + size]


def bound(groups: Iterable[Group[T]], most: int) -> list[Sheet[T]]:
    """Pages of whole groups, with `most` things at the most, filled from the first group on.

    A group of more is cut. The last page has half as many at least: else the one before, which may
    then have half as many more, takes it in.
    """
    sheets: list[Sheet[T]] = [[]]
    held = 0
    for key, things in groups:
        for start in range(0, len(things), most):
            part = things[start : start + most]
            if sheets[-1] and held + len(part) > most:
                sheets.append([])
                held = 0
            sheets[-1].append((key, part))
            held += len(part)
    if len(sheets) > 1 and 2 * held < most:
        last = sheets.pop()
        sheets[-1] = list(_joined([*sheets[-1], *last]))
    return sheets


def bound_from_the_end(groups: Sequence[Group[T]], most: int) -> list[Sheet[T]]:
    """The same, filled from the last thing of the last group on."""
    return [_turned(sheet) for sheet in reversed(bound(_turned(groups), most))]


@dataclass(frozen=True, slots=True)
class Margin:
    """What leads to each label of an index from all of its pages.

    Labels are made of the groups' keys, an empty one for none, and ids of them too.
    """

    path_of: Callable[[int], str]
    label_of: Callable[[str], str] = str
    anchor_of: Callable[[str], str] = str

    def marks(self, sheets: Sequence[Sheet[T]]) -> tuple[tuple[Mark, ...], ...]:
        """For each page where the first group with each label begins."""
        first: dict[str, tuple[str, str]] = {}
        for number, sheet in enumerate(sheets, 1):
            for key, _ in sheet:
                first.setdefault(self.label_of(key), (self.path_of(number), self.anchor_of(key)))
        first.pop("", None)
        return tuple(tuple(self._seen_from(sheet, first, sheets)) for sheet in sheets)

    def _seen_from(
        self, sheet: Sheet[T], first: Mapping[str, tuple[str, str]], sheets: Sequence[Sheet[T]]
    ) -> Iterator[Mark]:
        here = {self.label_of(key) for key, _ in sheet} if len(sheets) > 1 else ()
        for label, (path, anchor) in first.items():
            yield Mark(label, path, anchor, label in here)


def _turned(groups: Sequence[Group[T]]) -> Sheet[T]:
    return [(key, things[::-1]) for key, things in reversed(groups)]


def _joined(sheet: Sheet[T]) -> Iterator[Group[T]]:
    """The groups, with both parts of one that was cut between two pages in one."""
    for key, parts in groupby(sheet, lambda group: group[0]):
        yield key, [thing for _, part in parts for thing in part]
