"""`kb ingest`: which records do the transmissions ask for?"""

from dataclasses import dataclass

from rich.table import Table

from kb.console import Console, ordered, problem_entry
from kb.ingest.changes import ChangeKind
from kb.ingest.run import Ingested, prepare
from kb.ingest.summary import summary
from kb.ingest.write import write
from kb.library.lock import only_writer, only_writer_if_any
from kb.problems import Problem
from kb.project import Project


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for; `jobs` are processes, 0 for one on each core."""

    dry_run: bool
    as_json: bool
    jobs: int


def ingest(project: Project, console: Console, request: Request) -> tuple[Problem, ...]:
    """Show the plan, write it unless this is a dry run; the problems found."""
    lock = only_writer_if_any if request.dry_run else only_writer
    with lock(project.cache), console.working("reading transmissions"):
        ingested = prepare(project, jobs=request.jobs)
        if not request.dry_run:
            write(project, ingested)
    if request.as_json:
        console.json(outcome(ingested))
    else:
        if request.dry_run:
            console.table(_table(ingested))
        console.say(summary(ingested, written=not request.dry_run))
    problems = (*ingested.problems, *ingested.unreadable)
    console.problems(problems)
    return problems


def outcome(ingested: Ingested) -> dict[str, object]:
    """What programs read."""
    return {
        "version": 1,
        "transmissions": ingested.scan.dumps,
        "lines": ingested.scan.lines,
        "articles": ingested.plan.articles(),
        "duplicates": ingested.plan.duplicates(),
        "changes": [
            {
                "kind": change.kind,
                "id": change.id,
                "title": change.title,
                "topic": change.topic,
                "file": change.path,
                "fields": change.fields,
                "review": change.review,
            }
            for change in ingested.plan.changes
            if change.kind is not ChangeKind.KEPT
        ],
        "problems": [
            problem_entry(problem)
            for problem in ordered((*ingested.problems, *ingested.unreadable))
        ],
    }


def _table(ingested: Ingested) -> Table:
    table = Table("change", "title", "topic", "fields", "look at", box=None, pad_edge=False)
    for change in ingested.plan.changes:
        if change.path and change.kind is not ChangeKind.KEPT:
            fields = ", ".join(change.fields)
            table.add_row(change.kind, change.title, change.topic, fields, change.review)
    return table
