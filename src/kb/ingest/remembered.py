"""What will the ledger know of an article after this run?"""

from dataclasses import replace

from kb.ingest.changes import Holdings
from kb.ingest.deduplicate import Group
from kb.library.ledger import LedgerLine
from kb.library.ownership import settled
from kb.library.records import Record
from kb.model import Slug


def line_of(found: Group, holdings: Holdings) -> LedgerLine:
    """The ledger's line of a group, all that it knew before kept."""
    record, old = holdings.records.get(found.id), known_line(found, holdings)
    gone = without_visible(old, holdings).sightings if old else ()
    sightings = sorted((*found.sightings, *gone), key=lambda s: (s.transmission, s.line))
    line = old or LedgerLine(found.id, (), (), (), {})
    return replace(
        line,
        slugs=_slugs(line, record),
        keys=tuple(sorted({*found.keys, *line.keys})),
        sightings=tuple(sightings),
        into=found.into,
    )


def known_line(found: Group, holdings: Holdings) -> LedgerLine | None:
    """What the ledger knows of a group, a run that died before it was written made good."""
    record, old = holdings.records.get(found.id), holdings.ledger.get(found.id)
    return settled(old, record.article) if old and record else old


def without_visible(line: LedgerLine, holdings: Holdings) -> LedgerLine:
    """The ledger's line with those sightings alone whose dump is gone."""
    gone = tuple(s for s in line.sightings if s.transmission not in holdings.here)
    return replace(line, sightings=gone)


def _slugs(line: LedgerLine, record: Record | None) -> tuple[Slug, ...]:
    if record is None or record.article.slug in line.slugs[-1:]:
        return line.slugs
    slug = record.article.slug
    return (*(old for old in line.slugs if old != slug), slug)
