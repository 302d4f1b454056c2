"""What does a source of an import hold?"""

from dataclasses import dataclass
from pathlib import Path

from kb import config, disk
from kb.exchange import folder, lines, notes
from kb.exchange.copies import Copy, below
from kb.exchange.folder import SIDECAR
from kb.exchange.plan import Present
from kb.exchange.returned import decoded_text, returned
from kb.problems import KbError, Place, Problem, Severity
from kb.project import Project, read_taxonomy

MARKDOWN = (".md", ".markdown")


@dataclass(frozen=True, slots=True)
class Arrived:
    """What a source holds: articles, files that are none, and what is wrong."""

    copies: tuple[Copy, ...]
    left: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Folder:
    """The files of a folder to import: Markdown by its name in it, the names of all others."""

    source: Path
    files: dict[str, bytes]
    left: tuple[str, ...]


def read_source(project: Project, source: str, piped: bytes | None, present: Present) -> Arrived:
    """The articles in a folder, in a file, or in what was `piped` in. Raises KbError."""
    path = Path(source)
    if piped is not None:
        return Arrived(*_of_lines(piped, "stdin"))
    if path.is_file() and path.suffix.lower() in MARKDOWN:
        alone = _Folder(path.parent, {path.name: disk.read(path)}, ())
        return _of_notes(alone, present, (), project)
    if path.is_file():
        return Arrived(*_of_lines(disk.read(path), source))
    if not path.is_dir():
        hint = "name a folder of Markdown, or a file that `kb export` wrote"
        raise KbError(Problem("no-source", "nothing is here", Place(source), hint))
    _refuse_projects(project, path)
    found = list(disk.walk(path))
    files = {f.relative_to(path).as_posix(): f for f in found}
    ours = {name: disk.read(f) for name, f in files.items() if f.suffix.lower() in MARKDOWN}
    inside = _Folder(path, ours, tuple(sorted(files.keys() - ours.keys())))
    arrived = _of_folder(inside, present, project)
    over = tuple(
        Problem("passed-over", f"this {fault}", Place(str(f)), "", Severity.WARNING)
        for f, fault in disk.passed_over(path)
    )
    return Arrived(arrived.copies, arrived.left, (*arrived.problems, *over))


def _of_lines(
    content: bytes, name: str
) -> tuple[tuple[Copy, ...], tuple[str, ...], tuple[Problem, ...]]:
    found, problems = lines.read(content, name)
    return found, (), problems


def _refuse_projects(project: Project, source: Path) -> None:
    here, articles = source.resolve(), (project.content / "articles").resolve()
    if here.is_relative_to(articles) or articles.is_relative_to(here):
        fact = "this is the project's own"
        raise KbError(Problem("own-source", fact, Place(str(source)), "import another folder"))
    if (source / config.FILE).is_file():
        fact = "this is a project of kb, not an export"
        hint = f"`kb -C {source} export notes.jsonl`, then import that"
        raise KbError(Problem("own-source", fact, Place(str(source)), hint))


def _of_folder(inside: _Folder, present: Present, project: Project) -> Arrived:
    sidecar = inside.source / SIDECAR
    listings, broken = folder.read(disk.read_if_there(sidecar) or b"", str(sidecar))
    back = returned(inside.files, listings, str(inside.source), str(sidecar))
    if broken:  # what it does not list may be what it cannot tell of
        return Arrived(back.copies, (*inside.left, *back.strangers), (*broken, *back.problems))
    strangers = {name: inside.files[name] for name in back.strangers}
    new = _of_notes(_Folder(inside.source, strangers, ()), present, back.copies, project)
    return Arrived((*back.copies, *new.copies), inside.left, (*back.problems, *new.problems))


def _of_notes(
    inside: _Folder, present: Present, before: tuple[Copy, ...], project: Project
) -> Arrived:
    topics = read_taxonomy(project).by_id
    here = {slug: below(path, present.folder) for slug, path in present.slugs.items()}
    owners = {**here, **_slugs(before)}
    found: list[Copy] = []
    problems: list[Problem] = []
    for name, content in sorted(inside.files.items()):
        place = Place(f"{inside.source}/{name}")
        try:
            text = decoded_text(content, place)
            fitted = notes.fitted(text, name, place, notes.Known(topics, owners))
        except KbError as error:
            problems += error.problems
            continue
        found.append(fitted.copy)
        problems += fitted.problems
        owners |= _slugs((fitted.copy,))
    return Arrived(tuple(found), (), tuple(problems))


def _slugs(copies: tuple[Copy, ...]) -> dict[str, str]:
    return {copy.record.article.slug: copy.path for copy in copies if copy.record}
