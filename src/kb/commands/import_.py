"""`kb import`: what comes in, and what stays as it is?"""

import sys

from rich.table import Table

from kb import disk
from kb.commands.sources import Arrived, read_source
from kb.console import Console, ordered, problem_entry
from kb.exchange.plan import Admission, Change, Plan, Present, plan
from kb.library import ledger as ledgers
from kb.library.lock import only_writer
from kb.problems import Place, Problem, Severity
from kb.project import Project, read_ledger, read_records, read_taxonomy

STDIN = "-"


def import_(
    project: Project, console: Console, source: str, *, dry_run: bool, as_json: bool
) -> tuple[Problem, ...]:
    """Show the plan, write it unless `dry_run`; the problems found.

    `source` is a folder, a file of JSON Lines, or `-`. Raises KbError where it is neither.
    """
    piped = sys.stdin.buffer.read() if source == STDIN else None
    with only_writer(project.cache), console.working("importing"):
        present = Present.of(
            f"{project.config.content}/articles", read_records(project), read_ledger(project)
        )
        found = read_source(project, source, piped, present)
        made = Plan(
            tuple(_checked(project, change) for change in plan(found.copies, present).changes)
        )
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


def _checked(project: Project, change: Change) -> Change:
    """The change, or a conflict where the disk holds what no list of records tells."""
    if change.kind is not Admission.CREATED:
        return change
    path, articles = project.root / change.path, project.content / "articles"
    ways = [way for way in path.parents if way.is_relative_to(articles) and way.exists()]
    if path.exists() or path.is_symlink():
        fact = "is there already, and is no record"
    elif not path.resolve().is_relative_to(articles.resolve()):
        fact = "would lead out of the folder of articles"
    elif not all(way.is_dir() for way in ways):
        fact = "would lie in a file"
    else:
        return change
    problem = Problem("import-conflict", f"{change.path} {fact}", change.copy.place, "move it away")
    return Change(Admission.CONFLICT, change.copy, change.path, problem)


def _write(project: Project, made: Plan, present: Present) -> None:
    """Records first: what dies in between is simply run again, and takes none for deleted."""
    for change in made.created():
        disk.write(project.root / change.path, change.copy.text.encode(), project.cache)
    learnt = {**made.learnt(), **present.ledger}
    if learnt != present.ledger:
        disk.write(project.content / ledgers.FILE, ledgers.render(learnt), project.cache)


def _unknown_topics(project: Project, made: Plan) -> tuple[Problem, ...]:
    """A warning for each topic of what came in that the project has not."""
    known = read_taxonomy(project).by_id
    articles = (c.copy.record.article for c in made.created() if c.copy.record)
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
    done = ", ".join(f"{count} {kind}" for kind, count in made.counts().items() if count)
    mood = " (nothing written)" if dry_run else ""
    left = f"; {len(found.left)} other files left (-v names them)" if found.left else ""
    return f"{len(made.changes)} articles{mood}: {done or 'none'}{left}"


def _table(made: Plan) -> Table:
    table = Table("change", "title", "file", "from", box=None, pad_edge=False)
    for change in made.changes:
        if change.kind is not Admission.KEPT:
            table.add_row(change.kind, change.title, change.path, str(change.copy.place))
    return table
