"""What will ingest do, decided before anything is written?"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from kb.ingest.deduplicate import Group, group
from kb.ingest.draft import Draft, NameBook, draft
from kb.ingest.identity import digest, fold
from kb.library.ledger import Ledger, LedgerLine
from kb.library.ownership import is_machines, settled, value_digest
from kb.library.records import Record, compose, with_body, with_field
from kb.library.taxonomy import Taxonomy
from kb.model import Article, ArticleId, Match, Sighting, Transmission


class ChangeKind(StrEnum):
    """What happens to a record.

    Extended: a longer text has arrived. Updated: kb now knows a better title, topic or tags.
    Conflict: a longer text has arrived for a body that a person edited. Deleted: a person removed
    the record, and it stays removed.
    """

    CREATED = "created"
    EXTENDED = "extended"
    UPDATED = "updated"
    KEPT = "kept"
    CONFLICT = "conflict"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one record; `text` is the new content of the file `path`, None for none.

    `basis` is the content that it was planned for, None where there was no file. `fields` are those
    that change; `review` says why a person should look, or is empty.
    """

    kind: ChangeKind
    id: ArticleId
    title: str
    topic: str
    path: str
    text: str | None = None
    basis: str | None = None
    fields: tuple[str, ...] = ()
    review: str = ""


@dataclass(frozen=True, eq=False)
class Holdings:
    """What is there before: `others` are articles without an id, written by hand.

    `paths` are all files of records, `unreadable` the ids in files that cannot be parsed now.
    """

    transmissions: tuple[Transmission, ...]
    ledger: Ledger
    records: Mapping[ArticleId, Record]
    others: tuple[Article, ...]
    paths: frozenset[str]
    unreadable: frozenset[ArticleId]
    folder: str

    @cached_property
    def here(self) -> frozenset[str]:
        """The names of the dumps that hold an excerpt."""
        return frozenset(dump.name for dump in self.transmissions if dump.entries)


@dataclass(frozen=True, slots=True)
class Plan:
    """The changes, sorted by id, and the ledger after them."""

    changes: tuple[Change, ...]
    ledger: Ledger

    def writes(self) -> tuple[Change, ...]:
        """The changes that write a file."""
        return tuple(change for change in self.changes if change.text is not None)

    def duplicates(self) -> dict[str, int]:
        """How many sightings are repeats, by the way they were recognised."""
        found = Counter(s.match for line in self.ledger.values() for s in line.sightings)
        return {str(match): found[match] for match in (Match.EXACT, Match.PREFIX, Match.NEAR)}

    def articles(self) -> dict[str, int]:
        """How many records there are of each kind of change."""
        found = Counter(change.kind for change in self.changes)
        return {str(kind): found[kind] for kind in ChangeKind}


def plan(holdings: Holdings, taxonomy: Taxonomy) -> Plan:
    """The changes that the transmissions ask for. Pure; the same for any order of dumps."""
    bodies = {article: record.article.body for article, record in holdings.records.items()}
    groups = group(holdings.transmissions, holdings.ledger, bodies)
    articles = (record.article for record in holdings.records.values())
    book = NameBook.of((*articles, *holdings.others), holdings.ledger)
    known = [found for found in groups if found.id in holdings.ledger]
    new = [found for found in groups if found.id not in holdings.ledger]
    ledger = dict(holdings.ledger)
    changes = []
    for found in (*known, *new):
        change, line = _change(found, holdings, taxonomy, book)
        changes.append(change)
        ledger[line.id] = line
    for article in holdings.ledger.keys() - {found.id for found in groups}:
        ledger[article] = _without_visible(ledger[article], holdings)
    return Plan(tuple(sorted(changes, key=lambda change: change.id)), ledger)


def _change(
    found: Group, holdings: Holdings, taxonomy: Taxonomy, book: NameBook
) -> tuple[Change, LedgerLine]:
    record = holdings.records.get(found.id)
    old = holdings.ledger.get(found.id)
    if old and record:
        old = settled(old, record.article)
    line = _remembered(found, old, record, holdings)
    if record is None and old is not None:
        kind = ChangeKind.KEPT if found.id in holdings.unreadable else ChangeKind.DELETED
        return Change(kind, found.id, "", "", ""), line
    made = draft(found, record, taxonomy, book)
    if record is None:
        return _creation(made, line, holdings)
    has_news = old is not None and digest(found.longest[0]) not in old.keys
    return _revision(made, record, line, has_news=has_news)


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
    )


def _without_visible(line: LedgerLine, holdings: Holdings) -> LedgerLine:
    """The ledger's line with those sightings alone whose dump is gone."""
    gone = tuple(s for s in line.sightings if s.transmission not in holdings.here)
    return replace(line, sightings=gone)


def _in_order(sightings: list[Sighting]) -> tuple[Sighting, ...]:
    return tuple(sorted(sightings, key=lambda s: (s.transmission, s.line)))


def _creation(made: Draft, line: LedgerLine, holdings: Holdings) -> tuple[Change, LedgerLine]:
    path = f"{holdings.folder}/{made.slug}.md"
    if path in holdings.paths:
        path = f"{holdings.folder}/{made.slug}-{line.id}.md"
    truncated = (("truncated", True),) if made.truncated else ()
    front = (("id", line.id), *made.fields().items(), ("lang", made.lang), *truncated)
    wrote = {key: value_digest(value) for key, value in made.owned().items()}
    change = Change(
        ChangeKind.CREATED,
        line.id,
        made.title,
        made.topic,
        path,
        compose(front, made.body),
        review=made.review,
    )
    return change, replace(line, slugs=(made.slug,), wrote=wrote)


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
    change = Change(
        _kind_of_revision(made, record, changed, has_news=has_news),
        line.id,
        made.title,
        made.topic,
        article.path,
        _revised(record, made, changed) if changed else None,
        record.text,
        tuple(changed),
        made.review if is_machines(article, "topic", line.wrote) else "",
    )
    return change, replace(line, wrote=wrote)


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
