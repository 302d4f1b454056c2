"""`kb list`: which articles are there?"""

from rich.table import Table

from kb.build.shelf import read_library
from kb.console import Console
from kb.library.library import date_of
from kb.pages.machine import article_entry
from kb.pages.paths import Paths
from kb.problems import KbError, Place, Problem, did_you_mean
from kb.project import Project


def list_articles(
    project: Project, console: Console, *, topic: str | None, as_json: bool
) -> tuple[Problem, ...]:
    """Print the articles under a topic, or all; the problems of records that cannot be read."""
    library, problems = read_library(project)
    if topic and topic not in library.taxonomy.by_id:
        fact = f'no topic is called "{topic}"'
        hint = did_you_mean(topic, library.taxonomy.by_id)
        raise KbError(Problem("unknown-topic", fact, Place("--topic"), hint))
    articles = library.under(topic) if topic else library.articles
    paths = Paths(library, project.config.urls)
    if as_json:
        console.json([article_entry(article, paths) for article in articles])
    else:
        table = Table("topic", "title", "tags", "date", box=None, pad_edge=False)
        for article in articles:
            table.add_row(article.topic, article.title, ", ".join(article.tags), date_of(article))
        console.table(table)
    console.problems(problems)
    return problems
