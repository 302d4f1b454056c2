"""How is a project's content brought up to date with its transmissions?"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kb import disk
from kb.ingest.dumps import read_transmissions
from kb.ingest.plan import Holdings, Plan, plan
from kb.library import ledger
from kb.library.ledger import Ledger
from kb.library.records import Record
from kb.library.taxonomy import Taxonomy
from kb.model import ArticleId, LineKind, Transmission
from kb.problems import Place, Problem, Severity
from kb.project import Project, read_ledger, read_records, read_taxonomy


@dataclass(frozen=True, slots=True)
class Ingested:
    """What ingest read and decided, before or after it was written."""

    transmissions: tuple[Transmission, ...]
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
    quarantined = tuple(_quarantined(project, transmissions))
    return Ingested(
        transmissions, plan(holdings, taxonomy), taxonomy, (*problems, *quarantined, *repeats)
    )


def write(project: Project, ingested: Ingested) -> None:
    """Write the changed records, then the ledger: a run that dies between is simply run again."""
    for change in ingested.plan.changes:
        if change.text is not None:
            disk.write(project.root / change.path, change.text.encode(), project.cache)
    path = project.content / ledger.FILE
    content = ledger.render(ingested.plan.ledger)
    if content != (disk.read_if_there(path) or b""):
        disk.write(path, content, project.cache)


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
            if line.kind is LineKind.QUARANTINED:
                place = Place(f"{project.config.content}/transmissions/{dump.name}", line.number)
                fact = f"this line {line.reason}"
                yield Problem(
                    "quarantined-line",
                    fact,
                    place,
                    severity=Severity.WARNING,
                    source=line.text[:200],
                )
