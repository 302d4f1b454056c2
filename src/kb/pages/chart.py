"""Where on the map does each topic stand, and how do the ways between them run?

A topic's place depends on the topics before it alone, never on articles or links: so who comes
back finds everything where it was. Only its disc grows.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from math import ceil, sqrt

from kb.pages.courses import Course, Disc, course, length
from kb.pages.graph_views import Region, Way
from kb.pages.lettering import caption
from kb.pages.parts import CountedLink, Link
from kb.pages.sunflower import sunflower

COLUMN = {1: 288, 2: 296, 3: 350}
"""The width of a column of regions in pixels, by the number of columns: 288 fits 320."""
GAP = 24
"""Pixels between regions."""
HEAD, BARE = 46, 20
"""Pixels above the discs of a region that has a name, and of one that has none."""
ABREAST = 3
"""Discs side by side in a column; every other row has one less, so that they interlock."""
LETTER = 12.5
"""Pixels of an em of a disc's name."""
STEPS = (9.0, 7.0, 5.6, 4.5, 3.6, 3.0)
"""How far apart the stars of a disc may be, in pixels: the largest at which all discs fit."""
REACH, EVEN = 30, 6
"""Pixels of the largest disc's radius, and of the steps in which the rows follow it."""
LINES = 58
"""Pixels between two rows of discs, which hold three lines of a caption."""
BELOW = 17
"""Pixels from the rim of a disc to the first baseline below."""
MARGIN = 10
"""Pixels between the captions of two discs."""
RIM = 6
"""Pixels between the outermost stars and the rim of a disc."""
MOST_STARS = 60
"""Stars in a disc; where a topic has more articles, one stands for several on the whole map."""
WORTHS = (1, 2, 5)
"""How many articles a star may stand for, and ten, a hundred, … times as many."""
FAR = {1: 330, 2: 560, 3: 640}
"""Pixels from which on a way shows only with its topics, by the number of columns."""


@dataclass(frozen=True, slots=True)
class Plate:
    """A region: its name and frame."""

    name: Link | None
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A map: its size, what stands on it, the main ways, and for each disc all that lead from it.

    A star stands for `worth` articles; `scale` is what the paths of stars are scaled by.
    """

    width: int
    height: int
    plates: tuple[Plate, ...]
    discs: tuple[Disc, ...]
    ways: tuple[Course, ...]
    leads: tuple[tuple[Course, ...], ...]
    scale: float
    worth: int


def chart(regions: Sequence[Region], ways: Sequence[Way], columns: int) -> Chart:
    """The map in so many columns of regions."""
    stars = _stars([disc.count for region in regions for disc in region.discs])
    plates = tuple(_plates(regions, stars, columns))
    pairs = zip(plates, regions, strict=True)
    discs = tuple(disc for plate, region in pairs for disc in _discs(plate, region, stars, columns))
    leads: list[list[Course]] = [[] for _ in discs]
    for way in ways:
        for here, there in (way.ends, way.ends[::-1]):
            leads[here].append(course(way, discs[here], discs[there], has_rim=True))
    return Chart(
        width=_across(columns),
        height=max((plate.y + plate.height for plate in plates), default=0) + 1,
        plates=plates,
        discs=discs,
        ways=tuple(_main(ways, discs, columns)),
        leads=tuple(map(tuple, leads)),
        scale=round(stars.step / 10, 2),
        worth=stars.worth,
    )


def _main(ways: Iterable[Way], discs: Sequence[Disc], columns: int) -> Iterator[Course]:
    for way in ways:
        here, there = (discs[end] for end in way.ends)
        if way.is_main and length(here, there) < FAR[columns]:
            yield course(way, here, there)


@dataclass(frozen=True, slots=True)
class _Stars:
    """How many articles a star is worth, how many pixels lie between two, the largest disc."""

    worth: int
    step: float
    reach: int

    def count(self, articles: int) -> int:
        return ceil(articles / self.worth)

    def radius(self, articles: int) -> int:
        return _radius(self.step, self.count(articles))

    @property
    def pitch(self) -> int:
        """Pixels from one row of discs to the next."""
        return 2 * self.reach + LINES


def _radius(step: float, stars: int) -> int:
    return ceil(step * sqrt(stars)) + RIM


def _stars(counts: Sequence[int]) -> _Stars:
    largest = max(counts, default=1)
    worth = next(worth for worth in _worths() if largest <= worth * MOST_STARS)
    stars = ceil(largest / worth)
    step = next((step for step in STEPS if _radius(step, stars) <= REACH), STEPS[-1])
    reach = ceil(_radius(step, stars) / EVEN) * EVEN
    return _Stars(worth, step, reach)


def _worths() -> Iterator[int]:
    return (worth * 10**power for power in count() for worth in WORTHS)


def _across(columns: int) -> int:
    return columns * COLUMN[columns] + (columns - 1) * GAP


def _plates(regions: Sequence[Region], stars: _Stars, columns: int) -> Iterator[Plate]:
    """Each region in the column that is the shortest so far, a wide one below all."""
    ends = [0] * columns
    for region in regions:
        rows = len(list(_rows(len(region.discs), _abreast(region, columns))))
        height = _head(region) + rows * stars.pitch
        if _is_wide(region):
            x, y, width = 0, max(ends), _across(columns)
            ends = [y + height + GAP] * columns
        else:
            column = ends.index(min(ends))
            x, y, width = column * (COLUMN[columns] + GAP), ends[column], COLUMN[columns]
            ends[column] = y + height + GAP
        yield Plate(region.name, x, y, width, height)


def _head(region: Region) -> int:
    return HEAD if region.name else BARE


def _is_wide(region: Region) -> bool:
    """Whether a region goes through all columns: one without a name for more than a row."""
    return not region.name and len(region.discs) > ABREAST


def _abreast(region: Region, columns: int) -> int:
    return ABREAST * columns if _is_wide(region) else ABREAST


def _rows(discs: int, abreast: int) -> Iterator[int]:
    """How many discs stand in each row."""
    row = 0
    while discs > 0:
        yield min(discs, abreast - row % 2)
        discs -= abreast - row % 2
        row += 1


def _discs(plate: Plate, region: Region, stars: _Stars, columns: int) -> Iterator[Disc]:
    topics, abreast = iter(region.discs), _abreast(region, columns)
    pitch = plate.width // abreast
    y = plate.y + _head(region) + stars.reach
    for row in _rows(len(region.discs), abreast):
        first = plate.x + (plate.width - (row - 1) * pitch) // 2
        for number in range(row):
            yield _disc(next(topics), (first + number * pitch, y), pitch, stars)
        y += stars.pitch


def _disc(topic: CountedLink, place: tuple[int, int], pitch: int, stars: _Stars) -> Disc:
    radius = stars.radius(topic.count)
    return Disc(
        topic=topic,
        x=place[0],
        y=place[1],
        half=pitch // 2 - 2,
        radius=radius,
        base=place[1] + radius + BELOW,
        lines=caption(topic.label, str(topic.count), (pitch - MARGIN) / LETTER),
        stars=sunflower(stars.count(topic.count)),
    )
