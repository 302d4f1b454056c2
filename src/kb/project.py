"""Which files make up a project, and what do they hold?"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import TypeVar

from kb import config, disk
from kb.config import Config
from kb.folder import ARTICLES, CACHE, INTROS, PAGES, project_root
from kb.library import ledger, records, taxonomy
from kb.library.ledger import Ledger
from kb.library.records import Record
from kb.library.taxonomy import Taxonomy
from kb.model import ArticleId
from kb.problems import KbError, Place, Problem, Severity

T = TypeVar("T")

_PACKAGE = Path(__file__).parent
_ID_LINE = re.compile(r"^id:[ \t]*['\"]?([a-z0-9-]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with its configuration."""

    root: Path
    config: Config

    @property
    def content(self) -> Path:
        """The folder of what people wrote and dumped."""
        return self.root / self.config.content

    @property
    def output(self) -> Path:
        """The folder of the site."""
        return self.root / self.config.output

    @property
    def cache(self) -> Path:
        """The folder that may be deleted at any time."""
        return self.root / CACHE

    def name(self, path: Path) -> str:
        """The path relative to the project, as problems and records show it."""
        root, name = f"{self.root}{os.sep}", str(path)
        if not name.startswith(root):
            return path.relative_to(self.root).as_posix()
        return name[len(root) :].replace(os.sep, "/")  # pathlib takes ten times as long


@dataclass(frozen=True, slots=True)
class Records:
    """All records that can be parsed, all their files, and the ids in files that cannot."""

    found: tuple[Record, ...]
    paths: frozenset[str]
    unreadable: frozenset[ArticleId]
    problems: tuple[Problem, ...]


def open_project(start: Path) -> Project:
    """The project that `start` lies in. Raises KbError where there is none or kb.yaml is wrong."""
    root = project_root(start)
    if root and (root / config.FILE).is_file():
        return Project(root, config.load(read_text(root / config.FILE, config.FILE)))
    if root and os.path.lexists(root / config.FILE):
        fact, hint = "this is no file", "put the settings themselves there"
        raise KbError(Problem("invalid-config", fact, Place(config.FILE), hint))
    if root:
        return Project(root, Config())
    fact = f"neither {config.FILE} nor a folder content/ is here or above"
    hint = "`kb init my-notes` makes a project"
    raise KbError(Problem("no-project", fact, Place(str(start.resolve())), hint))


def shipped_theme() -> Path:
    """The folder of the theme that comes with kb, in the package or in its repository."""
    packed = _PACKAGE / "theme"
    return packed if packed.is_dir() else _PACKAGE.parents[1] / "templates"


def shipped_taxonomy() -> Path:
    """The topics.yaml that comes with kb, in the package or in its repository."""
    packed = starter() / "content" / taxonomy.FILE
    return packed if packed.is_file() else _PACKAGE.parents[1] / "content" / taxonomy.FILE


def starter() -> Path:
    """The folder of the files of a new project."""
    return _PACKAGE / "starter"


def read_taxonomy(project: Project) -> Taxonomy:
    """The project's topics and tags, what it leaves out being kb's own. Raises KbError."""
    path = project.content / taxonomy.FILE
    if not path.is_file():
        return shipped_topics()
    own = _topics(read_text(path, project.name(path)), project.name(path))
    return own if taxonomy.is_complete(own) else _completed(own, shipped_topics())


def shipped_topics() -> Taxonomy:
    """The topics and tags that come with kb."""
    return _topics(read_text(shipped_taxonomy(), taxonomy.FILE), taxonomy.FILE)


# The same text is the same object, so that a preview keeps what was derived from it.
_topics = lru_cache(maxsize=4)(taxonomy.load)
_completed = lru_cache(maxsize=4)(taxonomy.completed)


def read_ledger(project: Project) -> Ledger:
    """What ingest remembers. Raises KbError."""
    path = project.content / ledger.FILE
    return ledger.parse(disk.read_if_there(path) or b"", project.name(path))


def text_paths(project: Project, folder: str) -> list[Path]:
    """The Markdown files below a folder of the content: `articles`, `pages` or `topics`."""
    return [path for path in disk.walk(project.content / folder) if path.suffix == ".md"]


def read_records(project: Project) -> Records:
    """All records below content/articles, and the problems of those that cannot be parsed."""
    paths = text_paths(project, ARTICLES)
    found, problems = collect(partial(_record, project), paths)
    parsed = {record.article.path for record in found}
    names = {project.name(path): path for path in paths}
    broken = (path for name, path in names.items() if name not in parsed)
    unreadable = frozenset(filter(None, map(id_in, broken)))
    return Records(found, frozenset(names), unreadable, problems)


def read_pages(project: Project) -> tuple[tuple[Record, ...], tuple[Problem, ...]]:
    """All free pages below content/pages, in the form of records, and their problems."""
    return collect(partial(_record, project), text_paths(project, PAGES))


def read_intros(project: Project) -> tuple[tuple[Record, ...], tuple[Problem, ...]]:
    """The texts below content/topics, each named like its topic, and their problems."""
    return collect(partial(_record, project), text_paths(project, INTROS))


def id_in(path: Path) -> ArticleId:
    """The id in a file that cannot be parsed, if it seems to have one."""
    found = _ID_LINE.search(disk.read(path).decode(errors="replace"))
    return ArticleId(found[1] if found else "")


def _record(project: Project, path: Path) -> Record:
    name = project.name(path)
    return records.parse(read_text(path, name), name)


def passed_over(project: Project) -> Iterator[Problem]:
    """A problem for each thing in the project's folders that kb does not read."""
    config = project.config
    for folder in (config.content, config.templates, config.static):
        for path, fault in disk.passed_over(project.root / folder):
            name = project.name(path).encode(errors="backslashreplace").decode()
            is_lost = fault.startswith("has a name")
            severity = Severity.ERROR if is_lost else Severity.WARNING
            hint = "rename it" if is_lost else "put the file itself here"
            yield Problem("passed-over", f"this {fault}", Place(name), hint, severity)


def kept_for_ever(project: Project) -> Iterator[Problem]:
    """A warning for each static file in the folder whose files browsers never ask for again."""
    for path in disk.walk(project.root / project.config.static / "assets", hidden=True):
        fact = "what stands in assets/ is kept by browsers for ever, and this name never changes"
        hint = "put it into another folder, or into templates/assets/, where kb gives it a new name"
        place = Place(project.name(path))
        yield Problem("kept-for-ever", fact, place, hint, Severity.WARNING)


def read_static(project: Project) -> dict[str, bytes]:
    """The files to copy as they are, by their path in the site."""
    folder = project.root / project.config.static
    paths = disk.walk(folder, hidden=True)
    return {path.relative_to(folder).as_posix(): disk.read(path) for path in paths}


def collect(
    read: Callable[[Path], T], paths: Iterable[Path]
) -> tuple[tuple[T, ...], tuple[Problem, ...]]:
    """What `read` makes of each file, and the problems of those that it refuses."""
    found: list[T] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            found.append(read(path))
        except KbError as error:
            problems += error.problems
    return tuple(found), tuple(problems)


def read_text(path: Path, name: str) -> str:
    """The text of a file, which problems call `name`. Raises KbError where it is not UTF-8."""
    try:
        return disk.read(path).decode("utf-8")
    except UnicodeDecodeError as error:
        line = disk.read(path)[: error.start].count(b"\n") + 1
        hint = "save it as UTF-8"
        raise KbError(
            Problem("not-utf-8", "this file is not UTF-8", Place(name, line), hint)
        ) from None
