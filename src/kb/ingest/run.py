"""What do a project's transmissions ask for, and what is wrong with them?"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import PurePosixPath

import msgspec

from kb.cores import Cores, cores
from kb.ingest.changes import ChangeKind, Holdings, Plan
from kb.ingest.deduplicate import group
from kb.ingest.plan import plan, texts_to_study
from kb.ingest.rules import Rules, rules_of
from kb.ingest.scan import Scan, scan
from kb.ingest.studies import Studies
from kb.ingest.study import Study, study, study_all
from kb.ingest.variants import Variants
from kb.library.ledger import Ledger
from kb.library.records import Record
from kb.library.taxonomy import Taxonomy
from kb.model import ArticleId
from kb.problems import Place, Problem, Severity
from kb.project import Project, Records, passed_over, read_ledger, read_records, read_taxonomy
from kb.revision import CURATION, revision


@dataclass(frozen=True, slots=True)
class Ingested:
    """What ingest read and decided, before or after it was written."""

    scan: Scan
    before: Ledger
    plan: Plan
    taxonomy: Taxonomy
    problems: tuple[Problem, ...]
    unreadable: tuple[Problem, ...]
    """The problems of records that cannot be read, of which a build tells by itself."""


@dataclass(frozen=True, slots=True)
class Given:
    """What ingest compares the dumps with."""

    taxonomy: Taxonomy
    ledger: Ledger
    records: Records


def prepare(project: Project, other: Taxonomy | None = None, jobs: int = 0) -> Ingested:
    """Read the project and decide, by its own topics or by `other`; no content is written.

    `jobs` are processes, 0 for one on each core. Raises KbError for topics or ledger.
    """
    taxonomy = other or read_taxonomy(project)
    given = Given(taxonomy, read_ledger(project), read_records(project))
    with cores(jobs) as workers:
        return decide(project, given, workers)


def decide(project: Project, given: Given, workers: Cores) -> Ingested:
    """What the project's dumps ask for; no content is written."""
    taxonomy, known, found = given.taxonomy, given.ledger, given.records
    records, repeats = by_id(found.found, known)
    rules = rules_of(project.config.merge)
    bodies = {article: record.article.body for article, record in records.items()}
    with (
        closing(Variants()) as variants,
        closing(Studies(project.cache, Study, _maker(taxonomy))) as studies,
    ):
        scanned = scan(project, variants, workers)
        holdings = Holdings(
            here=scanned.filled,
            ledger=known,
            records=records,
            others=tuple(record.article for record in found.found if not record.article.id),
            paths=found.paths,
            unreadable=found.unreadable,
            rules=rules,
            folder=f"{project.config.content}/articles",
        )
        groups = group(variants, known, bodies, rules)
        study_all(texts_to_study(groups, holdings, variants), taxonomy, workers, studies)
        made = plan(
            groups,
            holdings,
            variants,
            lambda text: studies.of(text) or study(text, taxonomy),  # another kb may forget it
        )
    strange = _strange_rules(project, rules, made)
    problems = (*scanned.problems, *passed_over(project), *repeats, *strange, *_conflicts(made))
    return Ingested(scanned, known, made, taxonomy, problems, found.problems)


def _maker(taxonomy: Taxonomy) -> str:
    """What makes studies: the code and the topics."""
    topics = msgspec.msgpack.encode((taxonomy.topics, taxonomy.tags))
    return blake2b(topics + revision(*CURATION).encode(), digest_size=16).hexdigest()


def _strange_rules(project: Project, rules: Rules, made: Plan) -> Iterator[Problem]:
    """A warning for each id in a rule that no article and no text has."""
    texts = {key for line in made.ledger.values() for key in line.keys} if rules.never else set()
    named = {*rules.always, *rules.always.values(), *(n for pair in rules.never for n in pair)}
    for name in sorted(named - made.ledger.keys() - texts):
        fact = f'no article and no text has the id "{name}" that a rule names'
        hint = "`kb explain` shows an article's id"
        place = project.config.place("merge")
        yield Problem("unknown-article", fact, place, hint, Severity.WARNING)


def _conflicts(made: Plan) -> Iterator[Problem]:
    for change in made.changes:
        if change.kind is ChangeKind.CONFLICT and change.into:
            fact = f"a rule merges this article into {change.into}, but {change.review}"
            hint = "move what you want to keep into the other record, then delete this file"
            yield Problem("conflict", fact, Place(change.path), hint, Severity.WARNING)
        elif change.kind is ChangeKind.CONFLICT:
            fact = "a longer text has arrived for this article, whose body is yours"
            hint = "`kb explain` names the transmission; any edit of the body settles it"
            yield Problem("conflict", fact, Place(change.path), hint, Severity.WARNING)


def by_id(
    found: Iterable[Record], known: Ledger
) -> tuple[dict[ArticleId, Record], tuple[Problem, ...]]:
    """Records by id, and a problem for each that has the id of another.

    Of several with one id, the one with the slug that the ledger knows is no copy, nor is the one
    whose file is called like its slug.
    """

    def originality(record: Record) -> tuple[bool, bool]:
        line = known.get(record.article.id)
        is_known = line is not None and record.article.slug in line.slugs[-1:]
        return is_known, PurePosixPath(record.article.path).stem == record.article.slug

    records: dict[ArticleId, Record] = {}
    problems = []
    for record in sorted(found, key=originality, reverse=True):
        article = record.article
        if article.id and article.id in records:
            fact = f"{records[article.id].article.path} has the same id"
            hint = "a copy needs no id: remove this line"
            problems.append(Problem("duplicate-id", fact, record.places["id"], hint))
        elif article.id:
            records[article.id] = record
    return records, tuple(problems)
