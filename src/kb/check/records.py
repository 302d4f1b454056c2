"""What do the records of a project say, and what would a build say of them?"""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass

from kb.build.memo import DAMAGE, Memo
from kb.build.run import stamps_of
from kb.build.shelf import Filed, Shelf, noticed, shelve
from kb.build.texts import Reader as TextReader
from kb.build.texts import records_of
from kb.build.unchanged import Survey
from kb.cores import Cores
from kb.ingest.changes import ChangeKind
from kb.ingest.dumps import read_transmissions
from kb.ingest.run import Given, Ingested, decide
from kb.markup import size_of
from kb.model import ArticleId
from kb.pages.bodies import Reader
from kb.pages.faults import link_problems
from kb.pages.links import Links
from kb.pages.paths import Paths
from kb.problems import Problem
from kb.project import Project, read_ledger, read_static, read_taxonomy


@dataclass(frozen=True, eq=False)
class Records:
    """The shelf of a project, what follows its links, and what is wrong with the dumps and texts.

    `doubts` say by id why a person should look at a record. Of the last build are `base_url`, and
    the paths of the texts that it `knew` as they are now.
    """

    shelf: Shelf
    reader: Reader
    problems: tuple[Problem, ...]
    doubts: Mapping[ArticleId, str]
    base_url: str
    knew: frozenset[str]


def read_project(project: Project, found: Survey, workers: Cores) -> Records:
    """Read all texts that are not remembered; no content and no page is written.

    `found` is what the file system says. Raises KbError as a build does.
    """
    try:
        return _read(project, found, workers)
    except DAMAGE:
        Memo.forget(project.cache)
        return _read(project, found, workers)


def _read(project: Project, found: Survey, workers: Cores) -> Records:
    taxonomy, ledger = read_taxonomy(project), read_ledger(project)
    with closing(Memo(project.cache, html=project.config.markdown.has_html)) as memo:
        texts = TextReader(project, memo, workers).read(stamps_of(project, found), ledger)
        ingested = decide(project, Given(taxonomy, ledger, records_of(project, texts)), workers)
        dumps, _ = read_transmissions(project)
        shelf = shelve(
            texts, Filed(dumps, taxonomy, ledger), project.config.content, memo.last_good
        )
        frame, before = memo.frame(), memo.readings
    files = {path: size_of(content) or (0, 0) for path, content in read_static(project).items()}
    briefs = {path: reading.brief for path, reading in shelf.readings.items()}
    links = Links(shelf.library, briefs, files)
    reader = Reader(links, Paths(shelf.library, project.config.urls))
    told = (*ingested.problems, *shelf.problems, *noticed(shelf), *link_problems(reader))
    base_url = frame.site.base_url if frame else project.config.base_url
    knew = frozenset(p for p, r in texts.found.items() if p in before and before[p].key == r.key)
    return Records(shelf, reader, told, dict(_doubts(ingested)), base_url, knew)


def _doubts(ingested: Ingested) -> Iterator[tuple[ArticleId, str]]:
    """Of a conflict a problem tells already."""
    for change in ingested.plan.changes:
        if change.review and change.kind is not ChangeKind.CONFLICT:
            yield change.id, change.review
