"""`kb topics`: what would another taxonomy change, and what does this one lack?"""

from pathlib import Path

from rich.table import Table

from kb.build.shelf import read_library
from kb.console import Console
from kb.counts import counted
from kb.ingest.run import prepare
from kb.ingest.suggest import suggest as run_suggest
from kb.library import taxonomy
from kb.library.taxonomy import OTHER
from kb.project import Project, read_records, read_text, shipped_topics


def preview(project: Project, console: Console, file: Path | None, *, as_json: bool) -> None:
    """Print the records that would move to another topic under `file` or the project's topics."""
    other = taxonomy.load(read_text(file, str(file)), str(file)) if file else None
    if other and not taxonomy.is_complete(other):
        other = taxonomy.completed(other, shipped_topics())
    ingested = prepare(project, other)
    topics = {r.article.id: r.article.topic for r in read_records(project).found}
    moves = [
        {"id": change.id, "title": change.title, "from": topics[change.id], "to": change.topic}
        for change in ingested.plan.changes
        if "topic" in change.fields
    ]
    if as_json:
        console.json(moves)
        return
    table = Table("from", "to", "title", box=None, pad_edge=False)
    for move in moves:
        table.add_row(move["from"], move["to"], move["title"])
    if moves:
        console.table(table)
    gone = shipped_topics().by_id.keys() - ingested.taxonomy.by_id.keys()
    if gone:
        name = file or project.name(project.content / taxonomy.FILE)
        count = len(ingested.taxonomy.by_id.keys() - {OTHER})
        console.say(
            f"{name} replaces the list that comes with kb: {counted(count, 'topic')},"
            f" {len(gone):,} of kb's not"
        )
    console.say(f"{counted(len(moves), 'record')} would move; nothing was written")


def suggest(project: Project, console: Console, *, as_json: bool) -> None:
    """Print groups of the articles under `other`, with the terms that they share."""
    library, problems = read_library(project)
    stray = library.by_topic.get(OTHER, ())
    found = run_suggest(stray, library.articles, library.taxonomy)
    if as_json:
        console.json([{"terms": s.terms, "articles": [a.slug for a in s.articles]} for s in found])
        return
    for suggestion in found:
        console.data(f"terms: [{', '.join(suggestion.terms)}]")
        for article in suggestion.articles:
            console.data(f"  {article.title}  {article.path}")
    grouped = sum(len(suggestion.articles) for suggestion in found)
    said = counted(len(stray), "article"), counted(len(found), "group")
    console.say(f"{said[0]} under {OTHER}, {grouped:,} of them in {said[1]}")
    console.problems(problems)
