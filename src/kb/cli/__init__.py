"""What can a person ask of kb on the command line?"""

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import cast

import click

from kb import __version__
from kb.cli import articles, setup, site, travel
from kb.cli.session import PROBLEMS, Group, Session
from kb.console import Color, Console

FINE, INTERRUPTED = 0, 130
COMMANDS = (
    site.init,
    articles.new,
    site.ingest,
    site.build,
    site.serve,
    site.check,
    articles.list_,
    articles.explain,
    articles.topics,
    travel.export,
    travel.import_,
    site.clean,
    setup.config,
    setup.doctor,
    setup.completion,
)
"""In the order in which a person needs them."""


@click.group(cls=Group, commands=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
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
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colour what is printed; auto does on a terminal.",
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


def main() -> None:
    """Run kb: exit 0 fine, 1 problems, 2 usage, 130 interrupted."""
    _open_streams()
    try:
        code = cli(prog_name="kb", standalone_mode=False) or FINE
        sys.stdout.flush()
        sys.exit(code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(INTERRUPTED)
    except OSError as error:  # of stdout: others are problems already
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            sys.stderr.write(f"kb: stdout cannot be written: {error.strerror}\n")
        sys.exit(PROBLEMS)


def _open_streams() -> None:
    """Let a shell close stdout or stderr, and show what their encoding lacks by its number."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - for good
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
