"""How does a way run from one topic of the map to another?"""

from dataclasses import dataclass
from math import sqrt

from kb.pages.graph_views import Way
from kb.pages.parts import CountedLink

BOW = 0.14
"""How far a way bends aside, by its length."""


@dataclass(frozen=True, slots=True)
class Disc:
    """A topic: its place, radius, caption in lines of which the first has its baseline at `base`.

    `half` is half the width of its place; a line has words and a number, either may be empty;
    `stars` is a path in tenths of the distance of two stars.
    """

    topic: CountedLink
    x: int
    y: int
    half: int
    radius: int
    base: int
    lines: tuple[tuple[str, str], ...]
    stars: str


@dataclass(frozen=True, slots=True)
class Course:
    """A way as it runs."""

    path: str
    weight: int
    is_link: bool


def length(here: Disc, there: Disc) -> float:
    """Pixels from the middle of a disc to that of another."""
    return sqrt((there.x - here.x) ** 2 + (there.y - here.y) ** 2)


def course(way: Way, here: Disc, there: Disc, *, has_rim: bool = False) -> Course:
    """The way from the rim of a disc to that of another, with `has_rim` on around the other."""
    across, down = there.x - here.x, there.y - here.y
    side = BOW if way.ends[0] % 2 else -BOW
    side = side if (here.x, here.y) < (there.x, there.y) else -side
    middle = (
        round((here.x + there.x) / 2 - down * side),
        round((here.y + there.y) / 2 + across * side),
    )
    start, end = _rim(here, middle), _rim(there, middle)
    path = f"M{start[0]} {start[1]}Q{middle[0]} {middle[1]} {end[0]} {end[1]}"
    if has_rim:
        radius = there.radius + 2
        path += f"M{there.x - radius} {there.y}a{radius} {radius} 0 1 0 {2 * radius} 0"
        path += f"a{radius} {radius} 0 1 0 {-2 * radius} 0"
    return Course(path, way.weight, way.links > 0)


def _rim(disc: Disc, towards: tuple[int, int]) -> tuple[int, int]:
    across, down = towards[0] - disc.x, towards[1] - disc.y
    share = (disc.radius + 2) / max(1.0, sqrt(across * across + down * down))
    return round(disc.x + across * share), round(disc.y + down * share)
