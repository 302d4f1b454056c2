"""What becomes of the articles that a rule merges into others?"""

from collections.abc import Iterable
from dataclasses import replace

from kb.ingest.changes import Change, ChangeKind, Holdings
from kb.ingest.deduplicate import Group
from kb.ingest.draft import basis
from kb.ingest.remembered import line_of, without_visible
from kb.ingest.variants import Variants
from kb.library.ledger import LedgerLine
from kb.library.ownership import is_untouched
from kb.library.records import Record
from kb.model import ArticleId

Merger = tuple[Change, LedgerLine]


def mergers(
    groups: Iterable[Group], holdings: Holdings, variants: Variants
) -> dict[ArticleId, Merger]:
    """The change and the ledger's line of each article that a rule merges into another.

    A record goes only if nobody's work and no text is lost with it.
    """
    visible = {found.id: found for found in groups}
    made = {}
    for article in holdings.ledger.keys() & holdings.rules.always.keys() - visible.keys():
        target = holdings.rules.target(article)
        if target in holdings.ledger or target in visible:
            line = replace(without_visible(holdings.ledger[article], holdings), into=target)
            made[article] = (_change(line, "no dump holds its text any more", holdings), line)
    for found in visible.values():
        if found.into:
            line = line_of(found, holdings)
            made[found.id] = (_change(line, _loss(found, holdings, variants), holdings), line)
    return made


def _loss(found: Group, holdings: Holdings, variants: Variants) -> str:
    """What speaks against removing the record of a group, or an empty text."""
    record = holdings.records.get(found.id)
    if record and basis(found, record, variants) != variants.text(found.longest):
        return "no dump holds all of its text any more"
    return ""


def _change(line: LedgerLine, loss: str, holdings: Holdings) -> Change:
    record = holdings.records.get(line.id)
    if record is None:
        return Change(ChangeKind.MERGED, line.id, "", "", "", into=line.into)
    reason = _reason(record, line, holdings) or loss
    article = record.article
    return Change(
        ChangeKind.CONFLICT if reason else ChangeKind.MERGED,
        line.id,
        article.title,
        article.topic,
        article.path,
        basis=None if reason else record.text,
        review=reason,
        into=line.into,
    )


def _reason(record: Record, line: LedgerLine, holdings: Holdings) -> str:
    if line.into in holdings.ledger and line.into not in holdings.records:
        return "that one was deleted"
    return "" if is_untouched(record, line) else "it is not as kb wrote it"
