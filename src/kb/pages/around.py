"""What lies around an article, and how do the threads to it run?

On the left what leads here: its topic, articles that link to it, tags. On the right where it
leads: articles that it links to, and those that are related. The article itself is the lamp
between both.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kb.pages.views import ArticleView

MOST = 8
"""What is named on either side; the lists of the page have the rest."""
MOST_TAGS = 3
"""Tags among it: they stand at the head of the page, too."""
ROW, ACROSS = 40, 96
"""Units of a row's height, and between both sides."""
INSET, BEND = 4, 32
"""Units from a side to where a thread begins, and to where it bends most."""


class Neighbour(NamedTuple):
    """Something around an article; `lang` is empty for what is in the language of the site.

    A tuple, as a frozen dataclass takes four times as long to make and a library has 100,000.
    """

    kind: str
    label: str
    path: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """What is on both sides, and the marks of each: the initials of the kinds in their order."""

    left: tuple[Neighbour, ...]
    right: tuple[Neighbour, ...]

    @property
    def marks(self) -> tuple[str, str]:
        """All that the threads depend on."""
        return _marks(self.left), _marks(self.right)


def _marks(side: Iterable[Neighbour]) -> str:
    return "".join([one.kind[0] for one in side])


@dataclass(frozen=True, slots=True)
class Fan:
    """The threads: paths of the ends on both sides, of links, and of those that are none."""

    height: int
    ends: str
    links: str
    others: str


def around(view: ArticleView) -> Around | None:
    """The neighbours of an article, None where there is nothing but its topic."""
    tags = [Neighbour("tag", tag.label, tag.path) for tag in view.tags[:MOST_TAGS]]
    room = MOST - len(tags) - (1 if view.topic else 0)
    topic = [Neighbour("home", view.topic.label, view.topic.path)] if view.topic else []
    back = [Neighbour("link", b.link.label, b.link.path, b.lang) for b in view.backlinks[:room]]
    there = [Neighbour("link", p.title, p.path, p.lang) for p in view.previews]
    kin = [Neighbour("kin", r.link.label, r.link.path, r.lang) for r in view.related]
    known = {neighbour.path for neighbour in back}
    right = tuple(_unknown((*there, *kin), known))[:MOST]
    return Around((*topic, *back, *tags), right) if back or tags or right else None


def _unknown(neighbours: Iterable[Neighbour], known: set[str]) -> Iterator[Neighbour]:
    for neighbour in neighbours:
        if neighbour.path not in known:
            known.add(neighbour.path)
            yield neighbour


@cache
def fan(left: str, right: str) -> Fan:
    """The threads from the rows of both sides, given by their marks, to the middle."""
    height = ROW * max(len(left), len(right))
    drawn = [
        (mark, _thread(edge, _row(number, len(side), height), height // 2))
        for side, edge in ((left, INSET), (right, ACROSS - INSET))
        for number, mark in enumerate(side)
    ]
    return Fan(
        height,
        ends="".join(f"{path.partition('C')[0]}h0" for _, path in drawn),
        links="".join(path for mark, path in drawn if mark == "l"),
        others="".join(path for mark, path in drawn if mark != "l"),
    )


def _thread(edge: int, row: int, middle: int) -> str:
    first, second = (BEND, BEND - 8) if edge == INSET else (ACROSS - BEND, ACROSS - BEND + 8)
    return f"M{edge} {row}C{first} {row} {second} {middle} {ACROSS // 2} {middle}"


def _row(number: int, rows: int, height: int) -> int:
    """The middle of a row of one side, which stands in the middle of the height."""
    return (height - rows * ROW) // 2 + number * ROW + ROW // 2
