"""How is a project's content brought up to date with its transmissions?"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kb import disk
from kb.ingest.dumps import read_transmissions
from kb.ingest.plan import Change, ChangeKind, Holdings, Plan, plan
from kb.library import ledger
from kb.library.ledger import Ledger, LedgerLine
from kb.library.ownership import value_digest
from kb.library.records import Record, normalise, parse
from kb.library.taxonomy import Taxonomy
from kb.model import ArticleId, LineKind, Reason, Transmission
from kb.problems import Place, Problem, Severity
from kb.project import Project, passed_over, read_ledger, read_records, read_taxonomy

_FACTS = {
    Reason.UNDECODED: "holds bytes that are no text in the encoding of the dump",
    Reason.WORDLESS: "holds no letter and no digit",
}


@dataclass(frozen=True, slots=True)
class Ingested:
    """What ingest read and decided, before or after it was written."""

    transmissions: tuple[Transmission, ...]
    before: Ledger
    plan: Plan
    taxonomy: Taxonomy
    problems: tuple[Problem, ...]

    def filled(self) -> tuple[Transmission, ...]:
        """The transmissions that hold an excerpt; an empty one is a problem and has no page."""
        return tuple(dump for dump in self.transmissions if dump.entries)

    def lines(self) -> dict[str, int]:
        """How many lines of all dumps there are of each kind."""
        found = Counter(line.kind for dump in self.transmissions for line in dump.lines)
        return {str(kind): found[kind] for kind in LineKind}


def prepare(project: Project, other: Taxonomy | None = None) -> Ingested:
    """Read the project and decide, by its own topics or by `other`; nothing is written.

    Raises KbError for topics or ledger.
    """
    taxonomy, known = other or read_taxonomy(project), read_ledger(project)
    transmissions, problems = read_transmissions(project)
    found = read_records(project)
    records, repeats = by_id(found.found, known)
    holdings = Holdings(
        transmissions,
        known,
        records,
        tuple(record.article for record in found.found if not record.article.id),
        found.paths,
        found.unreadable,
        f"{project.config.content}/articles",
    )
    made = plan(holdings, taxonomy)
    quarantined = _quarantined(project, transmissions)
    left_out = passed_over(project)
    all_problems = (*problems, *left_out, *quarantined, *repeats, *_conflicts(made))
    return Ingested(transmissions, known, made, taxonomy, all_problems)


def write(project: Project, ingested: Ingested) -> None:
    """Write the changed records, then the ledger.

    Before a record is revised the ledger tells with what, so that a run that dies is simply run
    again. A record that somebody saved in the meantime is left to the next run.
    """
    made = ingested.plan
    announced = {
        change.id: _announced(change, made.ledger[change.id])
        for change in made.writes()
        if change.basis is not None
    }
    if announced:
        _write_ledger(project, {**ingested.before, **announced})
    late = {change.id for change in made.writes() if not _write_record(project, change)}
    done = {article: line for article, line in made.ledger.items() if article not in late}
    kept = {article: ingested.before[article] for article in late & ingested.before.keys()}
    _write_ledger(project, {**done, **kept})


def _write_ledger(project: Project, lines: Ledger) -> None:
    path = project.content / ledger.FILE
    content = ledger.render(lines)
    if content != (disk.read_if_there(path) or b""):
        disk.write(path, content, project.cache)


def _announced(change: Change, line: LedgerLine) -> LedgerLine:
    """The ledger's line while a record still has, or has already, what will be written in it."""
    article = parse(change.basis or "", change.path).article
    still = {key: value_digest(getattr(article, key)) for key in change.fields}
    pending = {key: line.wrote[key] for key in change.fields}
    return replace(line, wrote={**line.wrote, **still}, pending=pending)


def _write_record(project: Project, change: Change) -> bool:
    """Write a change's text, unless the file is not what it was planned for."""
    path = project.root / change.path
    content = disk.read_if_there(path)
    found = None if content is None else normalise(content.decode(errors="replace"))
    if found != change.basis:
        return False
    disk.write(path.resolve(), (change.text or "").encode(), project.cache)
    return True


def _conflicts(made: Plan) -> Iterable[Problem]:
    for change in made.changes:
        if change.kind is ChangeKind.CONFLICT:
            fact = "a longer text has arrived for this article, whose body is yours"
            hint = "`kb explain` names the transmission; take from it what you want"
            yield Problem("conflict", fact, Place(change.path), hint, Severity.WARNING)


def by_id(
    found: Iterable[Record], known: Ledger
) -> tuple[dict[ArticleId, Record], tuple[Problem, ...]]:
    """Records by id, and a problem for each that has the id of another.

    Of several with one id, the one with the slug that the ledger knows is no copy.
    """

    def is_known(record: Record) -> bool:
        line = known.get(record.article.id)
        return line is not None and record.article.slug in line.slugs[-1:]

    records: dict[ArticleId, Record] = {}
    problems = []
    for record in sorted(found, key=is_known, reverse=True):
        article = record.article
        if article.id and article.id in records:
            fact = f"{records[article.id].article.path} has the same id"
            hint = "a copy needs no id: remove this line"
            problems.append(Problem("duplicate-id", fact, record.places["id"], hint))
        elif article.id:
            records[article.id] = record
    return records, tuple(problems)


def _quarantined(project: Project, dumps: Iterable[Transmission]) -> Iterable[Problem]:
    for dump in dumps:
        for line in dump.lines:
            if line.reason:
                place = Place(f"{project.config.content}/transmissions/{dump.name}", line.number)
                fact = f"this line {_FACTS[line.reason]}"
                yield Problem(
                    "quarantined-line",
                    fact,
                    place,
                    "the rest of the dump is filed; mend the line and build again",
                    Severity.WARNING,
                    line.text[:200],
                )
