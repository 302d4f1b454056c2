"""`kb import`: what comes in, and what stays as it is?"""

import sys
from pathlib import Path

from rich.table import Table

from kb import config, disk
from kb.console import Console, ordered, problem_entry
from kb.counts import counted
from kb.exchange.plan import Admission, Change, Plan, Present, plan
from kb.exchange.sidecar import SIDECAR
from kb.exchange.sources import Arrived, Folder, Here, of_folder, of_lines, of_notes
from kb.library import ledger as ledgers
from kb.library.lock import only_writer, only_writer_if_any
from kb.problems import KbError, Place, Problem, Severity
from kb.project import Project, read_ledger, read_records, read_taxonomy

STDIN = "-"
MARKDOWN = (".md", ".markdown")
LONGEST_PATH = 1000
"""Characters of a path below the project."""


def import_(
    project: Project, console: Console, source: str, *, dry_run: bool, as_json: bool
) -> tuple[Problem, ...]:
    """Show the plan, write it unless `dry_run`; the problems found.

    `source` is a folder, a file of JSON Lines, or `-`. Raises KbError where it is neither.
    """
    piped = sys.stdin.buffer.read() if source == STDIN else None
    lock = only_writer_if_any if dry_run else only_writer
    with lock(project.cache), console.working("importing"):
        present = Present.of(
            f"{project.config.content}/articles", read_records(project), read_ledger(project)
        )
        here = Here(present, read_taxonomy(project).by_id)
        found = of_lines(piped, "stdin") if piped is not None else _read(project, source, here)
        wanted = plan(found.copies, present)
        files = frozenset(change.path for change in wanted.created())
        made = Plan(tuple(_checked(project, change, files) for change in wanted.changes))
        if not dry_run:
            _write(project, made, present)
    problems = (*found.problems, *made.problems(), *_unknown_topics(project, made))
    if as_json:
        console.json(_outcome(found, made, problems))
    else:
        if dry_run and made.counts()[Admission.KEPT] < len(made.changes):
            console.table(_table(made))
        console.say(_summary(found, made, dry_run=dry_run))
    for name in found.left:
        console.detail(f"not imported: {name}")
    console.problems(problems)
    return problems


def _read(project: Project, source: str, here: Here) -> Arrived:
    """What a folder or a file holds. Raises KbError where it is neither."""
    path = Path(source)
    if path.is_file() and path.suffix.lower() in MARKDOWN:
        return of_notes(Folder(str(path.parent), {path.name: disk.read(path)}), here)
    if path.is_file():
        return of_lines(disk.read(path), source)
    if not path.is_dir():
        hint = "name a folder of Markdown, or a file that `kb export` wrote"
        raise KbError(Problem("no-source", "nothing is here", Place(source), hint))
    _refuse_projects(project, path)
    arrived = of_folder(_folder(path), disk.read_if_there(path / SIDECAR) or b"", here)
    hint = "copy the file itself there, if it is a note"
    over = tuple(
        Problem("passed-over", f"this {fault}", Place(str(f)), hint, Severity.WARNING)
        for f, fault in disk.passed_over(path)
    )
    return Arrived(arrived.copies, arrived.left, (*arrived.problems, *over))


def _folder(path: Path) -> Folder:
    files = {file.relative_to(path).as_posix(): file for file in disk.walk(path)}
    ours = {name: disk.read(f) for name, f in files.items() if f.suffix.lower() in MARKDOWN}
    return Folder(str(path), ours, tuple(sorted(files.keys() - ours.keys())))


def _refuse_projects(project: Project, source: Path) -> None:
    here, articles = source.resolve(), (project.content / "articles").resolve()
    if here.is_relative_to(articles) or articles.is_relative_to(here):
        fact = "this is the project's own"
        raise KbError(Problem("own-source", fact, Place(str(source)), "import another folder"))
    if (source / config.FILE).is_file():
        fact = "this is a project of kb, not an export"
        hint = f"`kb -C {source} export notes.jsonl`, then import that"
        raise KbError(Problem("own-source", fact, Place(str(source)), hint))


def _checked(project: Project, change: Change, files: frozenset[str]) -> Change:
    """The change, or a conflict where the disk cannot hold it beside what is and comes there."""
    if change.kind is not Admission.CREATED:
        return change
    fact = _obstacle(project, change, files)
    if not fact:
        return change
    problem = Problem("import-conflict", f"{change.path} {fact}", change.copy.place, "move it away")
    return Change(Admission.CONFLICT, change.copy, change.path, problem)


def _obstacle(project: Project, change: Change, files: frozenset[str]) -> str:
    if len(change.path) > LONGEST_PATH:
        return "has a name that is too long"
    path, articles = project.root / change.path, project.content / "articles"
    ways = [way for way in path.parents if way.is_relative_to(articles) and way.exists()]
    if path.exists() or path.is_symlink():
        return "is there already, and is no record"
    if not path.resolve().is_relative_to(articles.resolve()):
        return "would lead out of the folder of articles"
    above = {way.as_posix() for way in Path(change.path).parents}
    if not all(way.is_dir() for way in ways) or above & files:
        return "would lie in a file"
    return ""


def _write(project: Project, made: Plan, present: Present) -> None:
    """Records first: what dies in between is simply run again, and takes none for deleted."""
    for change in made.written():
        disk.write(project.root / change.path, change.copy.text.encode(), project.cache)
    learnt = {**made.learnt(), **present.ledger}
    if learnt != present.ledger:
        disk.write(project.content / ledgers.FILE, ledgers.render(learnt), project.cache)


def _unknown_topics(project: Project, made: Plan) -> tuple[Problem, ...]:
    """A warning for each topic of what came in that the project has not."""
    known = read_taxonomy(project).by_id
    articles = (c.copy.record.article for c in made.written() if c.copy.record)
    strange = {article.topic: article for article in articles if article.topic not in known}
    hint = "bring the other project's content/topics.yaml along"
    return tuple(
        Problem(
            "unknown-topic",
            f'no topic is called "{topic}"',
            Place(article.path),
            hint,
            Severity.WARNING,
        )
        for topic, article in strange.items()
    )


def _outcome(found: Arrived, made: Plan, problems: tuple[Problem, ...]) -> dict[str, object]:
    return {
        "version": 1,
        "articles": made.counts(),
        "changes": [
            {
                "kind": change.kind,
                "id": change.copy.id,
                "title": change.title,
                "file": change.path,
                "source": str(change.copy.place),
            }
            for change in made.changes
            if change.kind is not Admission.KEPT
        ],
        "left": found.left,
        "problems": [problem_entry(problem) for problem in ordered(problems)],
    }


def _summary(found: Arrived, made: Plan, *, dry_run: bool) -> str:
    done = ", ".join(f"{count:,} {kind}" for kind, count in made.counts().items() if count)
    mood = " (nothing written)" if dry_run else ""
    left = f"; {counted(len(found.left), 'other file')} left (-v tells which)" if found.left else ""
    return f"{counted(len(made.changes), 'article')}{mood}: {done or 'none'}{left}"


def _table(made: Plan) -> Table:
    table = Table("change", "title", "file", "from", box=None, pad_edge=False)
    for change in made.changes:
        if change.kind is not Admission.KEPT:
            table.add_row(change.kind, change.title, change.path, str(change.copy.place))
    return table
