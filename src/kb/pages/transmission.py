"""What is on the index of transmissions and on the page of each?"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby

from kb.model import Line, LineKind, Transmission
from kb.pages.binding import Margin, bound_from_the_end
from kb.pages.context import Context, Page, pager
from kb.pages.parts import CountedLink, Link
from kb.pages.paths import leaf
from kb.pages.views import LineView, TransmissionsView, TransmissionView, Year

MOST = 200
"""Dumps on a page of the index, half as many more on the first."""

LONGEST = 20_000
"""Characters of a line that its page shows; what is longer is no text for a reader."""

_YEAR = re.compile(r"((?:19|20)\d\d)-", re.ASCII)
_UNDECODED = re.compile("[\ud800-\udfff]")
"""What stands for bytes that are no text in the encoding of the dump."""


def plan(context: Context) -> Iterator[Page]:
    """transmissions/index, and transmissions/… for every dump; nothing without any."""
    dumps = tuple(sorted(context.library.transmissions, key=lambda dump: dump.name, reverse=True))
    links = tuple(Link(dump.name, context.paths.transmission(dump.name)) for dump in dumps)
    if dumps:
        yield from _index(context, dumps)
    for place, dump in enumerate(dumps):
        newer = links[place - 1] if place else None
        older = links[place + 1] if place + 1 < len(links) else None
        yield from _transmission(context, dump, newer, older)


def _index(context: Context, dumps: tuple[Transmission, ...]) -> Iterator[Page]:
    """transmissions/index, transmissions/page/2 and so on."""
    groups = [(year, tuple(of_year)) for year, of_year in groupby(dumps, _year)]
    sheets = bound_from_the_end(groups, MOST)
    path_of = partial(context.paths.index, "transmissions")
    years = Margin(path_of).marks(sheets)
    for number, sheet in enumerate(sheets, 1):
        view = TransmissionsView(
            title=context.word("transmissions"),
            description=context.word("transmissions_description"),
            lang=context.config.language,
            path=path_of(number),
            groups=tuple(Year(year, tuple(_rows(context, of_year))) for year, of_year in sheet),
            years=years[number - 1],
            pager=pager(number, len(sheets), path_of),
        )
        yield Page(view.path, "transmissions.html", view)


def _year(dump: Transmission) -> str:
    """The year that a dump's name begins with: in their order those of a year stand together."""
    found = _YEAR.match(dump.name)
    return found.group(1) if found else ""


def _rows(context: Context, dumps: Iterable[Transmission]) -> Iterator[CountedLink]:
    for dump in dumps:
        yield CountedLink(dump.name, context.paths.transmission(dump.name), len(dump.entries))


def _transmission(
    context: Context, dump: Transmission, newer: Link | None, older: Link | None
) -> Iterator[Page]:
    """The pages of a dump, each of as many lines."""
    counts = Counter(line.kind for line in dump.lines)
    shown: defaultdict[int, list[Line]] = defaultdict(list)
    for line in dump.lines:
        if line.kind is not LineKind.BLANK:
            shown[leaf(line.number)].append(line)
    pages = max(shown, default=1)

    def path_of(number: int) -> str:
        return context.paths.transmission(dump.name, number)

    for number in range(1, pages + 1):
        view = TransmissionView(
            title=dump.name,
            description=context.word("transmission_description", name=dump.name),
            lang=context.config.language,
            path=path_of(number),
            crumbs=(Link(context.word("transmissions"), context.paths.index("transmissions")),),
            encoding=dump.encoding,
            counts=tuple((str(kind), counts[kind]) for kind in LineKind),
            rows=tuple(_line(context, dump.name, line) for line in shown[number]),
            pager=pager(number, pages, path_of),
            previous=newer,
            next=older,
        )
        yield Page(view.path, "transmission.html", view)


def _line(context: Context, name: str, line: Line) -> LineView:
    article = context.library.by_spot.get((name, line.number))
    sightings = article.sightings if article else ()
    match = next(
        (s.match for s in sightings if (s.transmission, s.line) == (name, line.number)), ""
    )
    return LineView(
        line.number,
        str(line.kind),
        _UNDECODED.sub("\ufffd", line.text[:LONGEST]),
        line.reason or "",
        context.article_link(article) if article else None,
        str(match),
        max(0, len(line.text) - LONGEST),
    )
