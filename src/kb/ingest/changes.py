"""What can happen to records, and what is there before it does?"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kb.ingest.rules import Rules
from kb.library.ledger import Ledger
from kb.library.records import Record
from kb.model import NOBODY, Article, ArticleId, Match


class ChangeKind(StrEnum):
    """What happens to a record.

    Extended: a longer text has arrived. Updated: kb now knows a better title, topic or tags.
    Conflict: a longer text has arrived for a body that a person edited. Deleted: a person removed
    the record, and it stays removed. Merged: a rule of the project merged it into another, and
    its file goes, unless a person edited it.
    """

    CREATED = "created"
    EXTENDED = "extended"
    UPDATED = "updated"
    KEPT = "kept"
    CONFLICT = "conflict"
    DELETED = "deleted"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one record; `text` is the new content of the file `path`, None for none.

    `basis` is the content that it was planned for, None where there was no file. `fields` are those
    that change; `review` says why a person should look, or is empty. `into` is the article that a
    merged one went into.
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
    into: ArticleId = NOBODY


@dataclass(frozen=True, slots=True)
class Holdings:
    """What is there before: `others` are articles without an id, written by hand.

    `here` are the names of the dumps that hold an excerpt, `paths` all files of records,
    `unreadable` the ids in files that cannot be parsed now.
    """

    here: frozenset[str]
    ledger: Ledger
    records: Mapping[ArticleId, Record]
    others: tuple[Article, ...]
    paths: frozenset[str]
    unreadable: frozenset[ArticleId]
    rules: Rules
    folder: str


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

    def removals(self) -> tuple[Change, ...]:
        """The changes that remove a file: those of articles that a rule merged into others."""
        return tuple(c for c in self.changes if c.kind is ChangeKind.MERGED and c.basis is not None)

    def articles(self) -> dict[str, int]:
        """How many records there are of each kind of change."""
        found = Counter(change.kind for change in self.changes)
        return {str(kind): found[kind] for kind in ChangeKind}
