"""What do all commands share, and how does one end that meets a problem?"""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from kb.console import Console, ordered, problem_entry
from kb.folder import CACHE
from kb.problems import KbError, Place, Problem, is_fatal, refused

if TYPE_CHECKING:  # a build that finds nothing to do is over before it is loaded
    from kb.project import Project

PROBLEMS = 1
"""The exit code of a command that met problems."""


@dataclass(frozen=True, slots=True)
class Session:
    """What all commands share."""

    folder: Path
    console: Console

    def project(self) -> "Project":
        """The project that the command was run in. Raises KbError."""
        from kb.project import open_project

        return open_project(self.folder)


class Group(click.Group):
    """Commands in the order in which a person needs them, whose problems are shown, not raised."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was asked for, and end with 1 where it raises a problem."""
        try:
            return super().invoke(ctx)
        except KbError as error:
            return _fail(ctx, error.problems)
        except BrokenPipeError:
            raise
        except OSError as error:
            return _fail(ctx, (refused(error),))
        except Exception as error:
            if not _is_of_cache(error):
                raise
            return _fail(ctx, (_unusable_cache(error),))

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """The names as they were given: click sorts them."""
        return list(self.commands)


def leave(problems: tuple[Problem, ...]) -> None:
    """End the command with 1 where one of its problems is an error."""
    if is_fatal(problems):
        raise click.exceptions.Exit(PROBLEMS)


def _fail(ctx: click.Context, problems: tuple[Problem, ...]) -> NoReturn:
    """Show what stopped a command, as JSON too where that was asked for."""
    session = ctx.find_object(Session)
    console = session.console if session else Console()
    if "--json" in sys.argv:
        console.json({"version": 1, "problems": [problem_entry(p) for p in ordered(problems)]})
    console.problems(problems)
    raise click.exceptions.Exit(PROBLEMS)


def _is_of_cache(error: Exception) -> bool:
    sqlite = sys.modules.get("sqlite3")  # slow to load, and whoever raised its error has
    return sqlite is not None and isinstance(error, sqlite.Error)


def _unusable_cache(error: Exception) -> Problem:
    fact = f"the cache cannot be written: {error}"
    hint = "make room, or let the user who runs kb write there; deleting it costs only time"
    return Problem("file-system", fact, Place(CACHE), hint)
