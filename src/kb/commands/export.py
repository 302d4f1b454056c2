"""`kb export`: how does the library leave the project?"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kb import disk
from kb.console import Console, ordered, problem_entry
from kb.counts import counted
from kb.exchange import lines, sidecar
from kb.exchange.copies import Copy, copies
from kb.exchange.folder import Note, arrange
from kb.exchange.paths import below
from kb.exchange.sidecar import SIDECAR, Listing
from kb.exchange.update import File, Update, nothing, update
from kb.library.lock import only_writer_if_any
from kb.library.records import Record, normalise
from kb.problems import KbError, Place, Problem
from kb.project import Project, Records, read_ledger, read_records, read_taxonomy

Format = Literal["jsonl", "markdown"]
STDOUT = "-"


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for: `target` is None for stdout."""

    target: Path | None
    format: Format
    dry_run: bool
    as_json: bool


def export(project: Project, console: Console, request: Request) -> tuple[Problem, ...]:
    """Write all records and what the ledger remembers; the problems of those that cannot be read.

    Raises KbError for a target that is the project's own, or holds what is no export of kb's.
    """
    if request.target is not None:
        _refuse_own(project, request.target)
    with only_writer_if_any(project.cache), console.working("exporting"):
        records = read_records(project)
        found = _copies(project, records)
        if request.format == "jsonl" or request.target is None:
            done = _to_file(request, found, console)
        else:
            notes = arrange(found, read_taxonomy(project))
            done = _to_folder(request.target, notes, _broken(project, records), request)
    problems = (*records.problems, *done.problems)
    _tell(console, request, found, done, problems)
    return problems


def _copies(project: Project, records: Records) -> tuple[Copy, ...]:
    texts = {record.article.path: _text(project, record) for record in records.found}
    ledger, lost = read_ledger(project), records.unreadable
    return copies(records.found, _articles(project), texts, ledger, lost)


def _text(project: Project, record: Record) -> str:
    """The record's text, with the file's line ends unless the file has changed since."""
    content = disk.read_if_there(project.root / record.article.path) or b""
    text = content.decode(errors="replace")
    return text if normalise(text) == record.text else record.text


def _broken(project: Project, records: Records) -> frozenset[str]:
    """The paths below content/articles of the records that cannot be read now."""
    found = {record.article.path for record in records.found}
    return frozenset(below(path, _articles(project)) for path in records.paths - found)


def _articles(project: Project) -> str:
    return f"{project.config.content}/articles"


def _to_file(request: Request, found: tuple[Copy, ...], console: Console) -> Update:
    rendered = tuple(lines.render(found))
    if request.target is None:
        for line in rendered:
            console.lines(line + b"\n")
        return nothing({}, 0)
    content = b"".join(line + b"\n" for line in rendered)
    here = disk.read_if_there(request.target)
    if request.target.is_dir() or (here is not None and not lines.is_export(here)):
        fact = "this is there, and no export of kb"
        hint = "give the export another name"
        raise KbError(Problem("foreign-target", fact, Place(str(request.target)), hint))
    if here == content:
        return nothing({}, 1)
    if not request.dry_run:
        disk.write(request.target, content)
    return nothing({request.target.name: content}, 0)


def _to_folder(
    target: Path, notes: tuple[Note, ...], broken: frozenset[str], request: Request
) -> Update:
    before, problems = _listed(target)
    if problems:
        raise KbError(problems)
    names = {one.file for one in (*before, *(note.listing for note in notes)) if one.file}
    outside = sorted(name for name in names if not _is_inside(target, name))
    if outside:
        fact = "a link on the way to this file leads out of the folder"
        places = (Place(str(target / name)) for name in outside)
        raise KbError(Problem("foreign-target", fact, place, "remove it") for place in places)
    done = update(notes, before, _present(target, names), broken)
    if not request.dry_run:
        _write(target, done)
    return done


def _present(target: Path, names: set[str]) -> dict[str, File]:
    contents = {name: disk.read_if_there(target / name) for name in names}
    there = {name: content for name, content in contents.items() if content is not None}
    stats = {name: (target / name).stat() for name in there}
    return {n: File(content, (stats[n].st_dev, stats[n].st_ino)) for n, content in there.items()}


def _listed(target: Path) -> tuple[tuple[Listing, ...], tuple[Problem, ...]]:
    """What an earlier export has left here. Raises KbError where there is something else."""
    content = disk.read_if_there(target / SIDECAR)
    if content is not None:
        return sidecar.read(content, str(target / SIDECAR))
    if target.is_file() or next(disk.walk(target), None) is not None:
        fact = "this is there, and no export of kb"
        hint = "export into a new folder"
        raise KbError(Problem("foreign-target", fact, Place(str(target)), hint))
    return (), ()


def _is_inside(target: Path, name: str) -> bool:
    return (target / name).resolve().is_relative_to(target.resolve())


def _write(target: Path, done: Update) -> None:
    """The sidecar is first and last, so that an export that dies is run again and loses nothing."""
    if done.written or done.removed:
        _write_sidecar(target, done.meanwhile)
    for name, content in done.written.items():
        if name in done.renamed:
            disk.remove(target / done.renamed[name], target)
        disk.write(target / name, content)
    for name in done.removed:
        disk.remove(target / name, target)
    _write_sidecar(target, done.listings)


def _write_sidecar(target: Path, listings: Iterable[Listing]) -> None:
    content = sidecar.render(listings)
    if disk.read_if_there(target / SIDECAR) != content:
        disk.write(target / SIDECAR, content)


def _refuse_own(project: Project, target: Path) -> None:
    """Raises KbError for a target that is the project or lies in one of its folders."""
    here = target.resolve()
    config = project.config
    names = (config.content, config.templates, config.static, config.output, ".kb")
    own = next((name for name in names if here.is_relative_to((project.root / name).resolve())), "")
    if own or project.root.resolve().is_relative_to(here):
        fact = f"this is in {own}/, which is the project's own" if own else "the project is in it"
        hint = "export beside the project, or into a new folder of it"
        raise KbError(Problem("foreign-target", fact, Place(str(target)), hint))


def _tell(
    console: Console,
    request: Request,
    found: tuple[Copy, ...],
    done: Update,
    problems: tuple[Problem, ...],
) -> None:
    articles = sum(copy.record is not None for copy in found)
    counts = {
        "written": len(done.written),
        "unchanged": done.unchanged,
        "removed": len(done.removed),
    }
    if request.as_json:
        console.json(
            {
                "version": 1,
                "format": request.format,
                "target": str(request.target),
                "articles": articles,
                "deleted": len(found) - articles,
                "files": counts,
                "problems": [problem_entry(problem) for problem in ordered(problems)],
            }
        )
    else:
        console.say(_summary(request, articles, len(found) - articles, counts))
    console.problems(problems)


def _summary(request: Request, articles: int, deleted: int, counts: dict[str, int]) -> str:
    mood = " (nothing written)" if request.dry_run else ""
    gone = counted(deleted, "that is", many="that are")
    memory = f", and the memory of {gone} gone" if deleted else ""
    where = request.target or "stdout"
    files = ", ".join(f"{counted(count, 'file')} {kind}" for kind, count in counts.items() if count)
    return f"{counted(articles, 'article')}{memory} to {where}{mood}{f': {files}' if files else ''}"
