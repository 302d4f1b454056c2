"""`kb list`: which articles are there?"""

from rich.table import Table

from kb.build.shelf import read_library
from kb.console import Console
from kb.ingest.run import prepare
from kb.library.library import date_of
from kb.model import ArticleId
from kb.pages.api import article_entry
from kb.pages.paths import Paths
from kb.problems import KbError, Place, Problem, did_you_mean
from kb.project import Project


def list_articles(
    project: Project, console: Console, *, topic: str | None, review: bool, as_json: bool
) -> tuple[Problem, ...]:
    """Print the articles under a topic, or all; the problems of records that cannot be read.

    With `review` only those whose topic a person should look at, and why.
    """
    library, problems = read_library(project)
    reasons = _reasons(project) if review else {}
    if topic and topic not in library.taxonomy.by_id:
        fact = f'no topic is called "{topic}"'
        near = did_you_mean(topic, library.taxonomy.by_id)
        hint = near or "topics are listed in topics.yaml"
        raise KbError(Problem("unknown-topic", fact, Place("--topic"), hint))
    shown = library.under(topic) if topic else library.articles
    articles = [article for article in shown if not review or article.id in reasons]
    paths = Paths(library, project.config.urls)
    if as_json:
        entries = [(article.id, article_entry(article, paths)) for article in articles]
        console.json([{**e, "review": reasons[i]} if review else e for i, e in entries])
    else:
        last = "look at" if review else "date"
        table = Table("topic", "title", "tags", last, box=None, pad_edge=False)
        for article in articles:
            note = reasons[article.id] if review else date_of(article)
            table.add_row(article.topic, article.title, ", ".join(article.tags), note)
        console.table(table)
    console.problems(problems)
    return problems


def _reasons(project: Project) -> dict[ArticleId, str]:
    """Why a person should look at each record whose topic the machine was unsure of."""
    changes = prepare(project).plan.changes
    return {change.id: change.review for change in changes if change.review}
