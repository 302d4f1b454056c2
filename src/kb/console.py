"""How does kb speak? Data goes to stdout, words to stderr, and nobody else prints."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from kb.problems import Problem, Severity

if TYPE_CHECKING:  # rich takes longer to load than a build that finds nothing to do
    from rich.console import Console as RichConsole
    from rich.status import Status
    from rich.table import Table
    from rich.text import Text

Color = Literal["auto", "always", "never"]
STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.NOTE: "bold cyan",
}
_SHOWN_FROM = {Severity.ERROR: -1, Severity.WARNING: 0, Severity.NOTE: 1}
"""The verbosity from which a problem is shown."""
LONGEST_SOURCE = 160
UNWRAPPED = 500
"""Columns of a table that another program reads: no cell is broken into lines."""


class Console:
    """Where a command says what it did; `verbosity` is -1 for quiet, 0, or 1 for more."""

    def __init__(self, color: Color = "auto", verbosity: int = 0) -> None:
        self._plain = color == "never" or (color == "auto" and bool(os.environ.get("NO_COLOR")))
        self._force = True if color == "always" else None
        self._verbosity = verbosity

    @cached_property
    def _out(self) -> "RichConsole":
        from rich.console import Console as RichConsole

        size = None if sys.stdout.isatty() else UNWRAPPED  # rich minds a width only with a height
        return RichConsole(
            no_color=self._plain,
            force_terminal=self._force,
            highlight=False,
            width=size,
            height=size,
        )

    @cached_property
    def _err(self) -> "RichConsole":
        from rich.console import Console as RichConsole

        return RichConsole(
            stderr=True,
            no_color=self._plain,
            force_terminal=self._force,
            highlight=False,
            soft_wrap=True,
        )

    def data(self, text: str) -> None:
        """A line of what was asked for, on stdout."""
        sys.stdout.write(f"{text}\n")

    def json(self, value: object) -> None:
        """What was asked for, as JSON on stdout."""
        self.lines(encoded(value))

    def lines(self, content: bytes) -> None:
        """Lines for programs on stdout, in UTF-8 whatever the terminal speaks."""
        sys.stdout.flush()
        sys.stdout.buffer.write(content)

    def table(self, table: "Table") -> None:
        """A table of what was asked for, on stdout."""
        self._out.print(table)

    def say(self, text: str) -> None:
        """A line of words, on stderr, unless quiet."""
        if self._verbosity >= 0:
            sys.stderr.write(f"{text}\n")

    def detail(self, text: str) -> None:
        """A line of words for those who asked for more."""
        if self._verbosity > 0:
            from rich.text import Text

            self._err.print(Text(text, style="dim"))

    def working(self, words: str) -> "AbstractContextManager[Status | None]":
        """Shows that something is going on, on a terminal only."""
        if self._verbosity < 0 or not (self._force or sys.stderr.isatty()):
            return nullcontext()
        return self._err.status(words)

    @contextmanager
    def counting(self, words: str) -> Iterator[Callable[[int, int], None]]:
        """The same, with how much is done, of how much: what it gives is to be told of both."""
        with self.working(words) as shown:

            def tell(done: int, total: int) -> None:
                if shown is not None:
                    shown.update(f"{words}: {done:,} of {total:,}")

            yield tell

    def problems(self, problems: Iterable[Problem]) -> None:
        """Every problem once, in order of its place; errors even when quiet, notes if verbose."""
        for problem in self._shown(problems):
            self._err.print(_drawn(problem))

    def findings(self, problems: Iterable[Problem]) -> None:
        """The same on stdout, where problems are what was asked for."""
        for problem in self._shown(problems):
            self._out.print(_drawn(problem), soft_wrap=True)

    def _shown(self, problems: Iterable[Problem]) -> list[Problem]:
        found = ordered(problems)
        return [problem for problem in found if self._verbosity >= _SHOWN_FROM[problem.severity]]


def encoded(value: object) -> bytes:
    """A value as JSON that a person can read."""
    import msgspec

    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, by its place; of two that differ in it, the one that has its source."""
    by_fact = {
        (p.place, p.code, p.message, p.hint): p for p in sorted(problems, key=lambda p: p.source)
    }
    return [by_fact[fact] for fact in sorted(by_fact)]


def problem_entry(problem: Problem) -> dict[str, object]:
    """A problem as programs read it."""
    return {
        "severity": problem.severity,
        "code": problem.code,
        "file": problem.place.path,
        "line": problem.place.line,
        "column": problem.place.column,
        "message": problem.message,
        "hint": problem.hint,
    }


def _drawn(problem: Problem) -> "Text":
    from rich.text import Text

    text = Text(f"{_clean(str(problem.place))}: ")
    text.append(f"{problem.severity}[{problem.code}]", STYLES[problem.severity])
    text.append(f": {_clean(problem.message)}")
    if problem.source and problem.place.line:
        number = f"{problem.place.line:>5}"
        text.append(f"\n{number} | ", "dim").append(_clean(problem.source[:LONGEST_SOURCE]))
        if 0 < problem.place.column <= LONGEST_SOURCE:
            before = " " * _cells(problem.source[: problem.place.column - 1])
            text.append(f"\n{' ' * len(number)} | ", "dim")
            text.append(f"{before}{'^' * problem.width}", STYLES[problem.severity])
    if problem.hint:
        text.append("\n  hint: ", "cyan").append(_clean(problem.hint))
    return text


def _clean(text: str) -> str:
    """Control characters of input shown, not obeyed."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def _cells(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(_clean(text))
