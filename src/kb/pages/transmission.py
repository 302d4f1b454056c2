"""What is on the index of transmissions and on the page of each?"""

import re
from collections import Counter
from collections.abc import Iterator

from kb.model import Line, LineKind, Transmission
from kb.pages.context import Context, Page
from kb.pages.parts import CountedLink, Link
from kb.pages.views import LineView, TransmissionsView, TransmissionView

LONGEST = 20_000
"""Characters of a line that its page shows; what is longer is no text for a reader."""

_UNDECODED = re.compile("[\ud800-\udfff]")
"""What stands for bytes that are no text in the encoding of the dump."""


def plan(context: Context) -> Iterator[Page]:
    """transmissions/index, and transmissions/… for every dump."""
    dumps = tuple(sorted(context.library.transmissions, key=lambda dump: dump.name, reverse=True))
    links = tuple(Link(dump.name, context.paths.transmission(dump.name)) for dump in dumps)
    if dumps:
        yield _index(context, dumps)
    for place, dump in enumerate(dumps):
        newer = links[place - 1] if place else None
        older = links[place + 1] if place + 1 < len(links) else None
        yield _transmission(context, dump, newer, older)


def _index(context: Context, dumps: tuple[Transmission, ...]) -> Page:
    view = TransmissionsView(
        title=context.word("transmissions"),
        description=context.word("transmissions_description"),
        lang=context.config.language,
        path=context.paths.page("transmissions/index"),
        rows=tuple(
            CountedLink(dump.name, context.paths.transmission(dump.name), len(dump.entries))
            for dump in dumps
        ),
    )
    return Page(view.path, "transmissions.html", view)


def _transmission(
    context: Context, dump: Transmission, newer: Link | None, older: Link | None
) -> Page:
    counts = Counter(line.kind for line in dump.lines)
    view = TransmissionView(
        title=dump.name,
        description=context.word("transmission_description", name=dump.name),
        lang=context.config.language,
        path=context.paths.transmission(dump.name),
        crumbs=(Link(context.word("transmissions"), context.paths.page("transmissions/index")),),
        encoding=dump.encoding,
        counts=tuple((str(kind), counts[kind]) for kind in LineKind),
        rows=tuple(
            _line(context, dump.name, line)
            for line in dump.lines
            if line.kind is not LineKind.BLANK
        ),
        previous=newer,
        next=older,
    )
    return Page(view.path, "transmission.html", view)


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
        context.link(article) if article else None,
        str(match),
        max(0, len(line.text) - LONGEST),
    )
