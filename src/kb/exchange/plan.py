"""What will an import do, decided before anything is written?

What is there and the same is kept. A record that is still as it was exported takes the edits that
come back; any other that differs is a conflict, of which nothing is written.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kb.exchange.copies import Copy
from kb.exchange.names import folded
from kb.exchange.sidecar import text_digest
from kb.library.ledger import Ledger, LedgerLine
from kb.library.records import normalise
from kb.model import Article, ArticleId
from kb.problems import Problem
from kb.project import Records


class Admission(StrEnum):
    """What happens to a copy.

    Created: its record is written. Edited: so are the edits of one that is there. Remembered: the
    record is there, or deleted, and the ledger learns of it. Kept: all of it is there. Conflict:
    something else is there.
    """

    CREATED = "created"
    EDITED = "edited"
    REMEMBERED = "remembered"
    KEPT = "kept"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one copy; `path` is the record's in the project, empty for a deleted one."""

    kind: Admission
    copy: Copy
    path: str
    problem: Problem | None = None

    @property
    def title(self) -> str:
        """The article's title, empty for a deleted one."""
        return self.copy.record.article.title if self.copy.record else ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The changes in the order of what is imported."""

    changes: tuple[Change, ...]

    def created(self) -> tuple[Change, ...]:
        """The changes that write a record."""
        return tuple(change for change in self.changes if change.kind is Admission.CREATED)

    def written(self) -> tuple[Change, ...]:
        """The changes that write a record, or edits of one."""
        kinds = (Admission.CREATED, Admission.EDITED)
        return tuple(change for change in self.changes if change.kind in kinds)

    def learnt(self) -> Ledger:
        """The ledger's lines that come in."""
        kinds = (Admission.CREATED, Admission.EDITED, Admission.REMEMBERED)
        lines = (change.copy.line for change in self.changes if change.kind in kinds)
        return {line.id: line for line in lines if line}

    def problems(self) -> tuple[Problem, ...]:
        """The conflicts."""
        return tuple(change.problem for change in self.changes if change.problem)

    def counts(self) -> dict[str, int]:
        """How many articles there are of each kind."""
        found = Counter(change.kind for change in self.changes)
        return {str(kind): found[kind] for kind in Admission}


@dataclass(frozen=True, slots=True)
class Present:
    """What the project has: the texts of its records by path, and the paths by every key.

    `folder` is that of the articles; `paths` by folded path holds the files that cannot be parsed
    too; `ids` and `slugs` give the path of the record that has them.
    """

    folder: str
    texts: Mapping[str, str]
    paths: Mapping[str, str]
    ids: Mapping[ArticleId, str]
    slugs: Mapping[str, str]
    ledger: Ledger

    @classmethod
    def of(cls, folder: str, records: Records, ledger: Ledger) -> "Present":
        """The keys of all records, of several with one id or slug the first's."""
        articles = sorted((r.article for r in records.found), key=_path, reverse=True)
        return cls(
            folder,
            {record.article.path: record.text for record in records.found},
            {folded(path): path for path in records.paths},
            {
                **dict.fromkeys(records.unreadable, "a file that cannot be read"),
                **{article.id: article.path for article in articles if article.id},
            },
            {article.slug: article.path for article in articles},
            ledger,
        )


def plan(copies: Iterable[Copy], present: Present) -> Plan:
    """What happens to each copy; of two with one path or one id the second is a conflict."""
    changes: list[Change] = []
    first: dict[str, Copy] = {}
    for copy in copies:
        path = f"{present.folder}/{copy.path}" if copy.record else ""
        names = {f"path {folded(path)}"} if path else set()
        names |= {f"id {copy.id}"} if copy.id else set()
        double = next((first[name] for name in sorted(names) if name in first), None)
        if double:
            change = _conflict(copy, path, str(double.place), "comes in as the same article")
        else:
            change = _change(copy, path, present)
            first |= dict.fromkeys(names, copy)
        changes.append(change)
    return Plan(tuple(changes))


def _change(copy: Copy, path: str, present: Present) -> Change:
    known = present.ledger.get(copy.id)
    here = present.ids.get(copy.id) if copy.id else None
    if copy.record is None:
        return _of_deleted(copy, here, known)
    here = here or present.paths.get(folded(path))
    if here is None:
        return _of_new(copy, path, present, known)
    text = present.texts.get(here)
    change = _remembered(copy, here, known)
    if text == normalise(copy.text) or change.kind is Admission.CONFLICT:
        return change
    if text is not None and copy.was == text_digest(text):
        return _of_edited(copy, here, present)
    if copy.id in present.ids and copy.was == text_digest(copy.text):
        return change  # what was edited since is the project's own
    return _conflict(copy, path, here, "is there already, and says something else")


def _of_edited(copy: Copy, here: str, present: Present) -> Change:
    slug = copy.record.article.slug if copy.record else ""
    if present.slugs.get(slug, here) != here:
        return _conflict(copy, here, present.slugs[slug], f'has the slug "{slug}" already')
    return Change(Admission.EDITED, copy, here)


def _of_deleted(copy: Copy, here: str | None, known: LedgerLine | None) -> Change:
    if here and known is None:
        return _conflict(copy, "", here, "is there, and was deleted where this comes from")
    return _remembered(copy, "", known)


def _of_new(copy: Copy, path: str, present: Present, known: LedgerLine | None) -> Change:
    slug = copy.record.article.slug if copy.record else ""
    if slug in present.slugs:
        return _conflict(copy, path, present.slugs[slug], f'has the slug "{slug}" already')
    change = _remembered(copy, path, known)
    if change.kind is Admission.CONFLICT:
        return change
    return Change(Admission.CREATED, copy, path)


def _remembered(copy: Copy, path: str, known: LedgerLine | None) -> Change:
    if known and copy.line and not _covers(known, copy.line):
        return _conflict(
            copy, path, "the ledger", "does not remember all that comes in here of this article"
        )
    is_news = copy.line is not None and known is None
    return Change(Admission.REMEMBERED if is_news else Admission.KEPT, copy, path)


def _covers(known: LedgerLine, line: LedgerLine) -> bool:
    """Whether the project's own line, which may be newer, has every slug and key of the other."""
    return set(line.slugs) <= set(known.slugs) and set(line.keys) <= set(known.keys)


def _conflict(copy: Copy, path: str, other: str, fact: str) -> Change:
    hint = "nothing of this article was imported: keep one of the two, then import again"
    problem = Problem("import-conflict", f"{other} {fact}", copy.place, hint)
    return Change(Admission.CONFLICT, copy, path, problem)


def _path(article: Article) -> str:
    return article.path
