"""What do signs that often come together weigh for a candidate of each kind?"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from kb.ingest.titles.weights import WEIGHTS

KINDS: Final = ("term", "phrase", "other")
"""A candidate is a known term, a phrase with one in it, or other words."""
_NONE: Final = (0.0,) * len(KINDS)


class Group(NamedTuple):
    """Signs that came together, and their sum for each of `KINDS`."""

    signs: tuple[str, ...]
    weights: tuple[float, ...]


def group(signs: Iterable[str]) -> Group:
    """The group of some signs; one without a weight counts nothing."""
    named = tuple(signs)
    weighed = [WEIGHTS[sign] for sign in named if sign in WEIGHTS]
    return Group(named, tuple(map(sum, zip(_NONE, *weighed, strict=True))))


def of_bits(names: Sequence[str], bits: int) -> Group:
    """The group of those names whose bit is set, the first name having the lowest."""
    return group([name for at, name in enumerate(names) if bits >> at & 1])


class Steps:
    """A sign for each step that a value reaches."""

    __slots__ = ("_steps", "groups")

    def __init__(self, sign: str, *steps: float) -> None:
        self._steps = steps
        sizes = range(len(steps) + 1)
        self.groups = tuple(group(f"{sign} {step}" for step in steps[:size]) for size in sizes)

    def reached(self, value: float) -> int:
        """The number of steps up to `value`."""
        return bisect_right(self._steps, value)

    def upto(self, value: float) -> Group:
        """The signs of the steps up to `value`."""
        return self.groups[bisect_right(self._steps, value)]
