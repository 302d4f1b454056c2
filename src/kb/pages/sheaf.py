"""How do the threads between listed articles run beside the list?

An arc diagram: all rows are of one height, each article has its star in the gutter beside its
name, and arcs join the stars. Nothing but the order of the rows decides; names stay readable
however many there are and however narrow the page is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from math import sqrt

from kb.pages.graph_views import Sheaf, Star, Thread
from kb.pages.parts import Link

ROW = 36
"""Units of a row's height."""
GUTTER, STARS = 72, 66
"""Units of the gutter's width, and from its left edge to the stars."""
NEAREST, FARTHEST, FAR = 9, 58, 24
"""Units that an arc bends aside, from one row to the next and over as many rows as FAR says."""


@dataclass(frozen=True, slots=True)
class Row:
    """An article, and the paths of its own threads from the top of its row.

    These are links, others, and the stars at their far ends.
    """

    star: Star
    links: str
    kin: str
    ends: str


@dataclass(frozen=True, slots=True)
class Bunch:
    """The rows below a name, which has a row of its own, or without one."""

    name: Link | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sheaf as it is drawn: its height in units, paths of all stars, links and other threads.

    Of the threads only those of FAR rows at most: of longer ones there would be a skein.
    """

    height: int
    stars: str
    links: str
    kin: str
    bunches: tuple[Bunch, ...]


@dataclass(frozen=True, slots=True)
class _Scale:
    """The middle of each row in units, and the number of rows."""

    middles: tuple[int, ...]
    rows: int

    def arcs(self, threads: Iterable[Thread], start: int = 0) -> str:
        """A path of arcs in units from `start`."""
        return "".join(self._arc(thread, start) for thread in threads)

    def stars(self, numbers: Iterable[int], start: int = 0) -> str:
        """A path of the stars of articles in units from `start`."""
        return "".join(f"M{STARS} {self.middles[number] - start}h0" for number in numbers)

    def length(self, thread: Thread) -> int:
        """The units between both ends of a thread."""
        one, other = thread.ends
        return abs(self.middles[one] - self.middles[other])

    def _arc(self, thread: Thread, start: int) -> str:
        share = min(1.0, self.length(thread) / (ROW * FAR))
        aside = STARS - round((NEAREST + (FARTHEST - NEAREST) * sqrt(share)) * 4 / 3)
        top, bottom = sorted(self.middles[end] - start for end in thread.ends)
        return f"M{STARS} {top}C{aside} {top} {aside} {bottom} {STARS} {bottom}"


def drawn(sheaf: Sheaf) -> Drawn:
    """The sheaf with its rows and arcs."""
    middles = tuple(_middles(sheaf))
    scale = _Scale(middles, sum(bool(bunch.name) for bunch in sheaf.clusters) + len(middles))
    own: defaultdict[int, list[Thread]] = defaultdict(list)
    for thread in sheaf.threads:
        for end in thread.ends:
            own[end].append(thread)
    near = [thread for thread in sheaf.threads if scale.length(thread) <= FAR * ROW]
    numbers = count()
    return Drawn(
        height=scale.rows * ROW,
        stars=scale.stars(range(len(middles))),
        links=scale.arcs(thread for thread in near if thread.is_link),
        kin=scale.arcs(thread for thread in near if not thread.is_link),
        bunches=tuple(
            Bunch(
                cluster.name,
                tuple(
                    _row(star, number, own[number], scale)
                    for star, number in zip(cluster.stars, numbers, strict=False)
                ),
            )
            for cluster in sheaf.clusters
        ),
    )


def _middles(sheaf: Sheaf) -> Iterator[int]:
    row = 0
    for cluster in sheaf.clusters:
        row += bool(cluster.name)
        for _ in cluster.stars:
            yield row * ROW + ROW // 2
            row += 1


def _row(star: Star, number: int, own: Sequence[Thread], scale: _Scale) -> Row:
    start = scale.middles[number] - ROW // 2
    return Row(
        star,
        links=scale.arcs((thread for thread in own if thread.is_link), start),
        kin=scale.arcs((thread for thread in own if not thread.is_link), start),
        ends=scale.stars((end for thread in own for end in thread.ends if end != number), start),
    )
