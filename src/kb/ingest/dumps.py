"""Which transmissions has a project?"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from kb import disk
from kb.folder import TRANSMISSIONS
from kb.ingest.decode import decode
from kb.ingest.parse import parse
from kb.model import Transmission
from kb.problems import Place, Problem, Severity
from kb.project import Project, collect


def dump_paths(project: Project) -> Iterator[Path]:
    """The files of all dumps, sorted by name."""
    paths = disk.walk(project.content / TRANSMISSIONS)
    return (path for path in paths if path.suffix.lower() == ".txt")


def read_transmission(project: Project, path: Path) -> Transmission:
    """The dump in a file. Raises KbError for one that is no text."""
    text, encoding = decode(disk.read(path), project.name(path))
    name = path.relative_to(project.content / TRANSMISSIONS).as_posix()
    return parse(text, name, encoding, project.config.headers)


def read_transmissions(project: Project) -> tuple[tuple[Transmission, ...], tuple[Problem, ...]]:
    """All dumps that hold an excerpt, and the problems of the others."""
    dumps, problems = collect(partial(read_transmission, project), dump_paths(project))
    empty = (dump for dump in dumps if not dump.entries)
    names = (project.name(project.content / TRANSMISSIONS / dump.name) for dump in empty)
    return tuple(dump for dump in dumps if dump.entries), (*problems, *map(emptiness, names))


def emptiness(path: str) -> Problem:
    """The problem of a dump without an excerpt."""
    hint = "remove it, or see whether the scraper failed"
    fact = "this dump holds no excerpt"
    return Problem("empty-transmission", fact, Place(path), hint, Severity.WARNING)
