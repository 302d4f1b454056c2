"""What will ingest do, decided before anything is written?"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from kb.ingest.changes import Change, ChangeKind, Holdings, Plan
from kb.ingest.deduplicate import Group
from kb.ingest.draft import Draft, NameBook, basis, draft
from kb.ingest.identity import fold
from kb.ingest.study import Study
from kb.ingest.variants import Variants
from kb.library.ledger import LedgerLine
from kb.library.ownership import is_machines, is_untouched, settled, value_digest
from kb.library.records import Record, compose, with_body, with_field
from kb.model import NOBODY, NOTHING, ArticleId, Sighting
from kb.slugs import slugify


def texts_to_study(
    groups: Iterable[Group], holdings: Holdings, variants: Variants
) -> Iterator[str]:
    """The texts whose studies a plan asks for."""
    for found in groups:
        record = holdings.records.get(found.id)
        if record is not None or not _is_gone(found, holdings):
            yield basis(found, record, variants)


def plan(
    groups: Iterable[Group],
    holdings: Holdings,
    variants: Variants,
    study_of: Callable[[str], Study],
) -> Plan:
    """The changes that the texts ask for. Pure; the same for any order of dumps."""
    articles = (record.article for record in holdings.records.values())
    desk = _Desk(
        holdings, variants, study_of, NameBook.of((*articles, *holdings.others), holdings.ledger)
    )
    ordered = sorted(groups, key=lambda found: (found.id not in holdings.ledger, found.id))
    desk.book.settle(dict(desk.wishes(ordered)))
    ledger = dict(holdings.ledger)
    owners = {key: found.id for found in ordered for key in found.keys}
    changes = []
    for found in ordered:
        change, line = _change(found, desk)
        kept = (key for key in line.keys if owners.get(key, found.id) == found.id)
        changes.append(change)
        ledger[line.id] = replace(line, keys=tuple(kept))
    for article in holdings.ledger.keys() - {found.id for found in ordered}:
        target = holdings.rules.target(article)
        into = target if target in ledger.keys() - {article} else NOBODY
        ledger[article] = replace(_without_visible(ledger[article], holdings), into=into)
        if into:
            changes.append(_merger(ledger[article], holdings))
    return Plan(tuple(sorted(changes, key=lambda change: change.id)), ledger)


@dataclass(frozen=True, slots=True)
class _Desk:
    """What lies open while changes are decided, one after the other."""

    holdings: Holdings
    variants: Variants
    study_of: Callable[[str], Study]
    book: NameBook

    def wishes(self, groups: Iterable[Group]) -> Iterator[tuple[ArticleId, tuple[str, ...]]]:
        """The titles that the records whose title is kb's would like to have, best first."""
        for found in groups:
            record = self.holdings.records.get(found.id)
            if record and not found.into and not self._has_own_title(record):
                yield found.id, self.study_of(basis(found, record, self.variants)).titles

    def draft(self, found: Group, record: Record | None) -> Draft:
        """The record that the longest text of a group asks for."""
        text = basis(found, record, self.variants)
        study = self.study_of(text)
        title = self._title(found, record, study)
        if record:
            own = record.article if text == record.article.body else None
            return draft(title, record.article.slug, study, own)
        slug = study.slug if title == study.titles[0] else slugify(title, fallback="")
        return draft(title, self.book.slug_for(slug, found.id), study, None)

    def _title(self, found: Group, record: Record | None, study: Study) -> str:
        if record and self._has_own_title(record):
            return record.article.title
        return self.book.title_for(study.titles, found.id)

    def _has_own_title(self, record: Record) -> bool:
        """Whether a person gave the title; what the ledger does not know may be kb's."""
        old = self.holdings.ledger.get(record.article.id)
        wrote = settled(old, record.article).wrote if old else {}
        return bool(wrote) and not is_machines(record.article, "title", wrote)


def _change(found: Group, desk: _Desk) -> tuple[Change, LedgerLine]:
    holdings = desk.holdings
    record = holdings.records.get(found.id)
    old = holdings.ledger.get(found.id)
    if old and record:
        old = settled(old, record.article)
    line = _remembered(found, old, record, holdings)
    if found.into:
        return _merger(line, holdings), line
    if record is None and _is_gone(found, holdings):
        kind = ChangeKind.KEPT if found.id in holdings.unreadable else ChangeKind.DELETED
        return Change(kind, found.id, "", "", ""), line
    made = desk.draft(found, record)
    line = replace(line, named_by=made.route)
    if record is None:
        return _creation(made, line, holdings)
    longest = desk.variants.digest(found.longest)
    has_news = old is not None and longest not in old.keys
    return _revision(made, record, line, has_news=has_news)


def _is_gone(found: Group, holdings: Holdings) -> bool:
    """Whether the ledger knows the article, and it has no record because a person deleted it."""
    old = holdings.ledger.get(found.id)
    return old is not None and not (old.into and not found.into)


def _merger(line: LedgerLine, holdings: Holdings) -> Change:
    """What happens to a record that a rule merged into another; a person's edits stay."""
    record = holdings.records.get(line.id)
    if record is None:
        return Change(ChangeKind.MERGED, line.id, "", "", "", into=line.into)
    article = record.article
    is_lost = line.into in holdings.ledger and line.into not in holdings.records
    can_go = is_untouched(record, line) and not is_lost
    return Change(
        ChangeKind.MERGED if can_go else ChangeKind.CONFLICT,
        line.id,
        article.title,
        article.topic,
        article.path,
        basis=record.text if can_go else None,
        into=line.into,
    )


def _remembered(
    found: Group, old: LedgerLine | None, record: Record | None, holdings: Holdings
) -> LedgerLine:
    gone = _without_visible(old, holdings).sightings if old else ()
    slugs = old.slugs if old else ()
    if record and record.article.slug not in slugs[-1:]:
        slugs = (*(slug for slug in slugs if slug != record.article.slug), record.article.slug)
    return LedgerLine(
        found.id,
        slugs,
        tuple(sorted({*found.keys, *(old.keys if old else ())})),
        _in_order([*found.sightings, *gone]),
        old.wrote if old else {},
        named_by=old.named_by if old else "",
        into=found.into,
        waiting=old.waiting if old else NOTHING,
    )


def _without_visible(line: LedgerLine, holdings: Holdings) -> LedgerLine:
    """The ledger's line with those sightings alone whose dump is gone."""
    gone = tuple(s for s in line.sightings if s.transmission not in holdings.here)
    return replace(line, sightings=gone)


def _in_order(sightings: list[Sighting]) -> tuple[Sighting, ...]:
    return tuple(sorted(sightings, key=lambda s: (s.transmission, s.line)))


def _creation(made: Draft, line: LedgerLine, holdings: Holdings) -> tuple[Change, LedgerLine]:
    slug = line.slugs[-1] if line.slugs else made.slug
    path = f"{holdings.folder}/{slug}.md"
    if path in holdings.paths:
        path = f"{holdings.folder}/{slug}-{line.id}.md"
    truncated = (("truncated", True),) if made.truncated else ()
    fields = {**made.fields(), "slug": slug}
    front = (("id", line.id), *fields.items(), ("lang", made.lang), *truncated)
    owned = {**made.owned(), "slug": slug}
    wrote = {key: value_digest(value) for key, value in owned.items()}
    change = Change(
        ChangeKind.CREATED,
        line.id,
        made.title,
        made.topic,
        path,
        compose(front, made.body),
        review=made.review,
    )
    return change, replace(line, slugs=line.slugs or (slug,), wrote=wrote)


def _revision(
    made: Draft, record: Record, line: LedgerLine, *, has_news: bool
) -> tuple[Change, LedgerLine]:
    """Fields that the machine owns take the draft's value; the person's stay as they are.

    A value of the person's stays theirs where the draft comes to agree with it. Only a record that
    the ledger does not know (a run died before it was written) is taken for what it agrees with.
    """
    article = record.article
    drafted = made.owned()
    agreed = [key for key in drafted if _agree(drafted[key], getattr(article, key))]
    changed = [
        key for key in drafted if key not in agreed and is_machines(article, key, line.wrote)
    ]
    if "body" not in changed:  # whether the text is cut is a matter of the text
        changed = [key for key in changed if key != "truncated"]
    adopted = changed if line.wrote else agreed
    wrote = {**line.wrote, **{key: value_digest(drafted[key]) for key in adopted}}
    body = value_digest(article.body)
    is_news = has_news and line.waiting != body
    kind = _kind_of_revision(made, record, changed, has_news=is_news)
    waits = kind is ChangeKind.CONFLICT or line.waiting == body
    change = Change(
        kind,
        line.id,
        made.title,
        made.topic,
        article.path,
        _revised(record, made, changed) if changed else None,
        record.text,
        tuple(changed),
        _review(made, record, line, waits=waits),
    )
    return change, replace(line, wrote=wrote, waiting=body if waits else NOTHING)


def _review(made: Draft, record: Record, line: LedgerLine, *, waits: bool) -> str:
    """Why a person should look at a record, or an empty text."""
    if waits:
        return "a longer text waits"
    return made.review if is_machines(record.article, "topic", line.wrote) else ""


def _agree(one: object, other: object) -> bool:
    return value_digest(one) == value_digest(other)


def _kind_of_revision(
    made: Draft, record: Record, changed: list[str], *, has_news: bool
) -> ChangeKind:
    grows = len(fold(made.body)) > len(fold(record.article.body))
    if "body" in changed and grows:
        return ChangeKind.EXTENDED
    if "body" not in changed and grows and has_news:
        return ChangeKind.CONFLICT
    return ChangeKind.UPDATED if changed else ChangeKind.KEPT


def _revised(record: Record, made: Draft, changed: list[str]) -> str:
    text = record.text
    for key in changed:
        if key != "body":
            text = with_field(replace(record, text=text), key, made.owned()[key])
    return with_body(text, made.body) if "body" in changed else text
