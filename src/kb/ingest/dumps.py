"""Which transmissions has a project?"""

from pathlib import Path

from kb import disk
from kb.ingest.decode import decode
from kb.ingest.parse import parse
from kb.model import Transmission
from kb.problems import Place, Problem
from kb.project import Project, collect


def read_transmissions(project: Project) -> tuple[tuple[Transmission, ...], tuple[Problem, ...]]:
    """All dumps that are text, sorted by name, and the problems of the others."""
    folder = project.content / "transmissions"

    def read(path: Path) -> Transmission:
        text, encoding = decode(disk.read(path), project.name(path))
        name = path.relative_to(folder).as_posix()
        return parse(text, name, encoding, project.config.headers)

    paths = (path for path in disk.walk(folder) if path.suffix.lower() == ".txt")
    dumps, problems = collect(read, paths)
    empty = (dump for dump in dumps if not dump.entries)
    return dumps, (*problems, *(_emptiness(project.name(folder / dump.name)) for dump in empty))


def _emptiness(name: str) -> Problem:
    hint = "remove it, or see whether the scraper failed"
    return Problem("empty-transmission", "this dump holds no excerpt", Place(name), hint)
