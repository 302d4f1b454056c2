"""Which commands make a project and its site?"""

from pathlib import Path
from typing import Any

import click

from kb.cli.session import Session, leave


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def init(session: Session, folder: Path) -> None:
    """Make a new project in FOLDER, with samples, ready to build.

    \b
    kb init my-notes
    """
    from kb.commands.init import init as run

    run(session.folder / folder, session.console)


@click.command()
@click.option("--dry-run", is_flag=True, help="Show what would happen, write nothing.")
@click.option("-j", "--jobs", type=click.IntRange(1, 256), help="Processes; one on each core.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
@click.pass_obj
def ingest(session: Session, *, dry_run: bool, jobs: int | None, as_json: bool) -> None:
    """File what is new in content/transmissions as articles.

    Never changes what you edited, never brings back what you deleted. `kb build` does this too.

    \b
    kb ingest --dry-run
    kb ingest --json > outcome.json
    """
    from kb.commands.ingest import Request
    from kb.commands.ingest import ingest as run

    request = Request(dry_run=dry_run, as_json=as_json, jobs=jobs or 0)
    leave(run(session.project(), session.console, request))


@click.command()
@click.option("--base-url", metavar="URL", help="The site's address, instead of kb.yaml's.")
@click.option("--clean", is_flag=True, help="Forget the cache and make every page anew.")
@click.option("--strict", is_flag=True, help="Check the site too; exit with 1 for warnings.")
@click.option("-j", "--jobs", type=click.IntRange(1, 256), help="Processes; one on each core.")
@click.option("--profile", is_flag=True, help="Say where the time went.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
@click.pass_obj
def build(session: Session, /, **options: Any) -> None:
    """Ingest, then write the site; only what differs is touched.

    \b
    kb build
    kb build --base-url https://example.org/kb
    kb -v build                           say why each page was made
    kb build --profile                    say where the time went
    kb build --strict                     and check the site, as `kb check --strict` does
    """
    from kb.commands.build import Request
    from kb.commands.build import build as run

    leave(run(session.folder, session.console, Request(**options)))


@click.command()
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings as well.")
@click.option("--external", is_flag=True, help="Ask other hosts for the pages linked to.")
@click.option("-j", "--jobs", type=click.IntRange(1, 256), help="Processes; one on each core.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.pass_obj
def check(session: Session, /, **options: Any) -> None:
    """Look for what is wrong in the texts and on the built site.

    Links, anchors, images, styles and scripts, feeds and sitemap, titles, tags, formulas, pages
    that nothing leads to. Writes nothing but its cache. `check` in kb.yaml says how much each
    code matters: `check: {severity: {orphan: off}}`.

    \b
    kb build && kb check
    kb -v check                           show the notes too
    kb check --external                   ask other hosts, each page once a day
    kb check --strict --json > found.json
    """
    from kb.commands.check import Request
    from kb.commands.check import check as run

    leave(run(session.project(), session.console, Request(**options)))


@click.command()
@click.option("-p", "--port", type=click.IntRange(1, 65535), help="8000, or the next free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--open", "open_browser", is_flag=True, help="Open the browser.")
@click.option("--poll", is_flag=True, help="Look for changes, where the system tells of none.")
@click.pass_obj
def serve(session: Session, /, **options: Any) -> None:
    """Preview the site; it is rebuilt and reloaded when you save.

    \b
    kb serve --open
    kb serve -p 9000
    kb serve --poll                       on a network drive, in a container
    """
    from kb.commands.serve import Request
    from kb.commands.serve import serve as run

    run(session.project(), session.console, Request(**options))


@click.command()
@click.pass_obj
def clean(session: Session) -> None:
    """Remove the pages that kb wrote, and its cache; other files stay.

    \b
    kb clean && kb build
    """
    from kb.commands.clean import clean as run

    run(session.project(), session.console)
