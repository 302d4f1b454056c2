"""What is known of a project and its built site, before anything is judged?"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kb import disk
from kb.build import manifest
from kb.build.stale import edited_since
from kb.build.unchanged import folders_of, survey
from kb.check.address import Stand, stand_of
from kb.check.crawl import Crawl, Output, Progress, crawl
from kb.check.records import Records, read_project
from kb.check.remembered import Memory
from kb.cores import cores
from kb.library import ledger as ledgers
from kb.library.library import Library
from kb.model import Article
from kb.problems import Place
from kb.project import Project


@dataclass(frozen=True, eq=False)
class Evidence:
    """All that checks look at. `edited` are the sources that are newer than the site."""

    project: Project
    records: Records
    crawl: Crawl
    stand: Stand
    edited: tuple[str, ...]

    @property
    def library(self) -> Library:
        """The articles and all that belongs to them."""
        return self.records.shelf.library

    @cached_property
    def written(self) -> Mapping[str, Article]:
        """What a person or a dump wrote, by the path of its page: articles, pages, topics."""
        library, paths = self.library, self.records.reader.paths
        known = library.taxonomy.by_id
        return {
            **{paths.topic(name): text for name, text in library.intros.items() if name in known},
            **{paths.page(page.slug): page for page in library.pages},
            **{paths.article(article): article for article in library.articles},
        }

    def place(self, article: Article, *fields: str) -> Place:
        """Where the first of these fields stands that the article's file has, else its start."""
        places = self.records.shelf.readings[article.path].places
        return next((places[name] for name in fields if name in places), Place(article.path, 1, 1))

    def text(self, path: str) -> str:
        """The text of a file of the project, empty where it is none."""
        content = disk.read_if_plain(self.project.root / path) or b""
        return content.decode(errors="replace").replace("\r\n", "\n").removeprefix("\ufeff")

    def site_path(self, path: str) -> str:
        """The path in the project of a file of the site."""
        return f"{self.project.config.output}/{path}"


def gather(project: Project, jobs: int, progress: Progress) -> Evidence:
    """Read the project's texts and its site, in `jobs` processes, 0 for one on each core.

    Writes to the cache alone. Raises KbError as a build does.
    """
    project.cache.mkdir(exist_ok=True)
    found = survey(project.root, folders_of(project.config))
    listed = frozenset(manifest.read(project.output))
    with cores(jobs) as workers:
        records = read_project(project, found, workers)
        stand = stand_of(records.base_url)
        memory = Memory(project.cache, project.output, stand)
        earlier = memory.recall()
        crawled, read = crawl(Output(project.output, stand, listed), workers, progress, earlier)
        if {row.path for row in read.rows} != {row.path for row in earlier.rows}:
            memory.keep(read)
    ledger = project.name(project.content / ledgers.FILE)
    known = {ledger, *records.knew}  # a build looks before ingest writes
    edited = tuple(path for path in edited_since(project.root, found) if path not in known)
    return Evidence(project, records, crawled, stand, edited)
