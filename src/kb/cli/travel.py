"""Which commands take articles out of a project, and into another?"""

from typing import Literal, cast

import click

from kb.cli.session import Session, leave


@click.command()
@click.argument("target")
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "markdown"]),
    help="JSON Lines for - and a TARGET that ends in .jsonl, else Markdown.",
)
@click.option("--dry-run", is_flag=True, help="Show what would happen, write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
@click.pass_obj
def export(
    session: Session, target: str, form: str | None, *, dry_run: bool, as_json: bool
) -> None:
    """Copy all articles to TARGET, with what kb remembers of them.

    To a file of JSON Lines for programs (- is stdout), or to a folder of Markdown for Obsidian,
    Hugo and Zensical. `kb import` makes the same articles of either. Exporting again brings the
    copy up to date; a file of it that you edited stays.

    \b
    kb export notes.jsonl
    kb export - | jq -r .title
    kb export ~/vault
    """
    from kb.commands.export import STDOUT, Request
    from kb.commands.export import export as run

    made = form or ("jsonl" if target == STDOUT or target.endswith(".jsonl") else "markdown")
    if target == STDOUT and (as_json or made == "markdown"):
        raise click.UsageError("to stdout go JSON Lines, and nothing else")
    path = None if target == STDOUT else session.folder / target
    request = Request(path, cast("Literal['jsonl', 'markdown']", made), dry_run, as_json)
    leave(run(session.project(), session.console, request))


@click.command("import")
@click.argument("source")
@click.option("--dry-run", is_flag=True, help="Show what would happen, write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
@click.pass_obj
def import_(session: Session, source: str, *, dry_run: bool, as_json: bool) -> None:
    """Bring in the articles of SOURCE: what `kb export` wrote, or any folder of Markdown.

    Nothing that is here is overwritten: an article that is here and differs is a problem. Twice
    the same import changes nothing. An Obsidian vault or Hugo's content folder comes in as it is,
    with all of its front matter.

    \b
    kb import notes.jsonl
    kb import --dry-run ~/vault
    kb -C old export - | kb -C new import -
    """
    from kb.commands.import_ import STDIN
    from kb.commands.import_ import import_ as run

    path = source if source == STDIN else str(session.folder / source)
    leave(run(session.project(), session.console, path, dry_run=dry_run, as_json=as_json))
