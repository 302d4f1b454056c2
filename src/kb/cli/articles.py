"""Which commands show what kb knows of the articles and topics?"""

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from kb.cli.names import article_names, topic_names
from kb.cli.session import Group, Session, leave


@click.command()
@click.argument("title")
@click.option("--topic", metavar="ID", default="", help="Its topic.", shell_complete=topic_names)
@click.option("--tag", "tags", metavar="TAG", multiple=True, help="A tag; may be given again.")
@click.option("--page", "is_page", is_flag=True, help="A free page, such as about.")
@click.option("--draft", "is_draft", is_flag=True, help="Not on the site before you say so.")
@click.pass_obj
def new(session: Session, /, **options: Any) -> None:
    """Begin an article called TITLE, and print where it is.

    \b
    kb new "流匹配入门" --topic diffusion --tag flow
    kb new About --page
    $EDITOR "$(kb new 'A first note' --draft)"
    """
    from kb.commands.new import Request
    from kb.commands.new import new as run

    run(session.project(), session.console, Request(today=_today(), **options))


def _today() -> date:
    """The date here, or that of SOURCE_DATE_EPOCH: https://reproducible-builds.org/specs/."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = (
        datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now().astimezone()
    )
    return now.date()


@click.command("list")
@click.option(
    "--topic", metavar="ID", help="Only articles under this topic.", shell_complete=topic_names
)
@click.option("--review", is_flag=True, help="Only those whose topic is worth a look, and why.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def list_(session: Session, topic: str | None, *, review: bool, as_json: bool) -> None:
    """List the articles.

    \b
    kb list --topic diffusion
    kb list --review
    kb list --json | jq '.[].title'
    """
    from kb.commands.list import list_articles as run

    project, console = session.project(), session.console
    leave(run(project, console, topic=topic, review=review, as_json=as_json))


@click.command()
@click.argument("article", shell_complete=article_names)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def explain(session: Session, article: str, *, as_json: bool) -> None:
    """Tell why ARTICLE (a slug, title, id or file) is what it is.

    Where it was seen and how that was recognised, which rule named it, what speaks for its topic,
    and which fields are yours.

    \b
    kb explain lora
    """
    from kb.commands.explain import explain as run

    run(session.project(), session.console, article, as_json=as_json)


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, exists=True))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def preview(session: Session, file: Path | None, *, as_json: bool) -> None:
    """Show which records would move under FILE, or under topics.yaml as you edited it.

    \b
    kb topics preview
    kb topics preview ~/new-topics.yaml
    """
    from kb.commands.topics import preview as run

    run(session.project(), session.console, file, as_json=as_json)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def suggest(session: Session, *, as_json: bool) -> None:
    """Group the articles that no topic fits, with the terms that they share.

    \b
    kb topics suggest
    """
    from kb.commands.topics import suggest as run

    run(session.project(), session.console, as_json=as_json)


@click.group(cls=Group, commands=(preview, suggest))
def topics() -> None:
    """See what another content/topics.yaml would change, and what yours lacks.

    \b
    kb topics preview
    kb topics suggest
    """
