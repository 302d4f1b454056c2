"""What can a person ask of kb on the command line?"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NoReturn, cast

import click

from kb import __version__
from kb.console import Color, Console, ordered, problem_entry
from kb.problems import KbError, Place, Problem, is_fatal

if TYPE_CHECKING:  # a build that finds nothing to do is over before it is loaded
    from kb.project import Project

FINE, PROBLEMS, INTERRUPTED = 0, 1, 130


@dataclass(frozen=True, slots=True)
class Session:
    """What all commands share."""

    folder: Path
    console: Console

    def project(self) -> "Project":
        """The project that the command was run in. Raises KbError."""
        from kb.project import open_project

        return open_project(self.folder)


class _Group(click.Group):
    """Commands in the order in which a person needs them, whose problems are shown, not raised."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except KbError as error:
            return _fail(ctx, error.problems)
        except BrokenPipeError:
            raise
        except OSError as error:
            return _fail(ctx, (_unreachable(error),))

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        return list(self.commands)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="Work in this folder.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Say more.")
@click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True
)
@click.version_option(__version__, prog_name="kb")
@click.pass_context
def cli(ctx: click.Context, folder: Path, color: str, *, quiet: bool, verbose: bool) -> None:
    """Scraped text dumps and your own Markdown in, a static site out.

    \b
    kb init my-notes && cd my-notes       a project that builds at once
    cp ~/dumps/*.txt content/transmissions/
    kb build                              file the dumps, write site/
    kb serve                              look at it, edit, see it change
    """
    verbosity = -1 if quiet else int(verbose)
    ctx.obj = Session(folder, Console(cast("Color", color), verbosity))


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def init(session: Session, folder: Path) -> None:
    """Make a new project in FOLDER, with samples, ready to build.

    \b
    kb init my-notes
    """
    from kb.commands.init import init as run

    run(session.folder / folder, session.console)


@cli.command()
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
    _leave(run(session.project(), session.console, request))


@cli.command()
@click.option("--base-url", metavar="URL", help="The site's address, instead of kb.yaml's.")
@click.option("--clean", is_flag=True, help="Forget the cache and make every page anew.")
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings as well.")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    help="Processes to work in; by default one on each core.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
@click.pass_obj
def build(session: Session, /, **options: Any) -> None:
    """Ingest, then write the site; only what differs is touched.

    \b
    kb build
    kb build --base-url https://example.org/kb
    kb -v build                           say why each page was made
    """
    from kb.commands.build import Request
    from kb.commands.build import build as run

    _leave(run(session.folder, session.console, Request(**options)))


@cli.command()
@click.option("-p", "--port", type=click.IntRange(1, 65535), help="8000, or the next free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--open", "open_browser", is_flag=True, help="Open the browser.")
@click.pass_obj
def serve(session: Session, port: int | None, host: str, *, open_browser: bool) -> None:
    """Preview the site; it is rebuilt and reloaded when you save.

    \b
    kb serve --open
    kb serve -p 9000
    """
    from kb.commands.serve import serve as run

    run(session.project(), session.console, host=host, port=port, open_browser=open_browser)


@cli.command("list")
@click.option("--topic", metavar="ID", help="Only articles under this topic.")
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
    _leave(run(project, console, topic=topic, review=review, as_json=as_json))


@cli.command()
@click.argument("article")
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


@cli.group(cls=_Group)
def topics() -> None:
    """See what another content/topics.yaml would change, and what yours lacks.

    \b
    kb topics preview
    kb topics suggest
    """


@topics.command()
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


@topics.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def suggest(session: Session, *, as_json: bool) -> None:
    """Group the articles that no topic fits, with the terms that they share.

    \b
    kb topics suggest
    """
    from kb.commands.topics import suggest as run

    run(session.project(), session.console, as_json=as_json)


@cli.command()
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
    _leave(run(session.project(), session.console, request))


@cli.command("import")
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
    _leave(run(session.project(), session.console, path, dry_run=dry_run, as_json=as_json))


@cli.command()
@click.pass_obj
def clean(session: Session) -> None:
    """Remove the pages that kb wrote, and its cache; other files stay.

    \b
    kb clean && kb build
    """
    from kb.commands.clean import clean as run

    run(session.project(), session.console)


def main() -> None:
    """Run kb: exit 0 fine, 1 problems, 2 usage, 130 interrupted."""
    try:
        sys.exit(cli(prog_name="kb", standalone_mode=False) or FINE)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(PROBLEMS)


def _fail(ctx: click.Context, problems: tuple[Problem, ...]) -> NoReturn:
    """Show what stopped a command, as JSON too where that was asked for."""
    session = ctx.find_object(Session)
    console = session.console if session else Console()
    if "--json" in sys.argv:
        console.json({"version": 1, "problems": [problem_entry(p) for p in ordered(problems)]})
    console.problems(problems)
    raise click.exceptions.Exit(PROBLEMS)


def _unreachable(error: OSError) -> Problem:
    fact = f"the file system says: {error.strerror or error}"
    return Problem("file-system", fact, Place(str(error.filename or ".")))


def _leave(problems: tuple[Problem, ...]) -> None:
    if is_fatal(problems):
        raise click.exceptions.Exit(PROBLEMS)
