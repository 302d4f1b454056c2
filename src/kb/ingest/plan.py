"""What will ingest do, decided before anything is written?"""

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kb.ingest.changes import Change, ChangeKind, Holdings, Plan
from kb.ingest.deduplicate import Group
from kb.ingest.draft import Draft, basis, draft
from kb.ingest.identity import fold
from kb.ingest.mergers import mergers
from kb.ingest.namebook import NameBook
from kb.ingest.remembered import line_of, without_visible
from kb.ingest.study import Study
from kb.ingest.variants import Variants
from kb.library.ledger import LedgerLine
from kb.library.ownership import has_own_title, is_machines, value_digest
from kb.library.records import Record, compose, with_body, with_field
from kb.model import NOBODY, ArticleId, Digest
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
    groups: Collection[Group],
    holdings: Holdings,
    variants: Variants,
    study_of: Callable[[str], Study],
) -> Plan:
    """The changes that the texts ask for. Pure; the same for any order of dumps."""
    merged = mergers(groups, holdings, variants)
    gone = {article for article, (change, _) in merged.items() if change.kind is ChangeKind.MERGED}
    desk = _Desk(holdings, variants, study_of, _names(holdings, gone))
    ordered = sorted(groups, key=lambda found: (found.id not in holdings.ledger, found.id))
    desk.book.settle(dict(desk.wishes(ordered)))
    lines = {
        article: replace(without_visible(line, holdings), into=NOBODY)
        for article, line in holdings.ledger.items()
    }
    changes = [change for change, _ in merged.values()]
    lines |= {article: line for article, (_, line) in merged.items()}
    for found in ordered:
        if found.id not in merged:
            change, lines[found.id] = _change(found, desk)
            changes.append(change)
    owners = {key: found.id for found in ordered for key in found.keys}
    ledger = {article: _with_own_keys(line, owners) for article, line in lines.items()}
    return Plan(tuple(sorted(changes, key=lambda change: change.id)), ledger)


def _names(holdings: Holdings, gone: Container[ArticleId]) -> NameBook:
    """The names in use; what a person named has its name before what kb named."""
    records = [record for article, record in holdings.records.items() if article not in gone]
    records.sort(key=lambda record: has_own_title(record, holdings.ledger))
    articles = (record.article for record in records)
    return NameBook.of((*articles, *holdings.others), holdings.ledger)


def _with_own_keys(line: LedgerLine, owners: Mapping[Digest, ArticleId]) -> LedgerLine:
    """A line without the keys of texts that a rule took to another article."""
    kept = tuple(key for key in line.keys if owners.get(key, line.id) == line.id)
    return line if kept == line.keys else replace(line, keys=kept)


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
            if record and not found.into and not has_own_title(record, self.holdings.ledger):
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
        if record and has_own_title(record, self.holdings.ledger):
            return record.article.title
        return self.book.title_for(study.titles, found.id)


def _change(found: Group, desk: _Desk) -> tuple[Change, LedgerLine]:
    holdings = desk.holdings
    record = holdings.records.get(found.id)
    line = line_of(found, holdings)
    if record is None and _is_gone(found, holdings):
        kind = ChangeKind.KEPT if found.id in holdings.unreadable else ChangeKind.DELETED
        return Change(kind, found.id, "", "", ""), line
    made = desk.draft(found, record)
    line = replace(line, named_by=made.route)
    if record is None:
        return _creation(made, line, holdings)
    old = holdings.ledger.get(found.id)
    longest = desk.variants.digest(found.longest)
    news = longest if old and longest not in (*old.keys, *old.waiting[:1]) else None
    return _revision(made, record, line, news)


def _is_gone(found: Group, holdings: Holdings) -> bool:
    """Whether the ledger knows the article, and it has no record because a person deleted it."""
    old = holdings.ledger.get(found.id)
    return old is not None and not (old.into and not found.into)


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
    made: Draft, record: Record, line: LedgerLine, news: Digest | None
) -> tuple[Change, LedgerLine]:
    """Fields that the machine owns take the draft's value; the person's stay as they are.

    A value of the person's stays theirs where the draft comes to agree with it. Only a record that
    the ledger does not know (a run died before it was written) is taken for what it agrees with.
    `news` is the longest text, if it is new.
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
    kind = _kind_of_revision(made, record, changed, has_news=news is not None)
    if kind is ChangeKind.CONFLICT and news:
        line = replace(line, waiting=(news, value_digest(article.body)))
    change = Change(
        kind,
        line.id,
        made.title,
        made.topic,
        article.path,
        _revised(record, made, changed) if changed else None,
        record.text,
        tuple(changed),
        _review(made, record, line),
    )
    return change, replace(line, wrote=wrote)


def _review(made: Draft, record: Record, line: LedgerLine) -> str:
    """Why a person should look at a record, or an empty text."""
    if line.waiting[1:] == (value_digest(record.article.body),):
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
