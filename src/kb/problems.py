"""What can be wrong with what a person gave us, where, and what should they do?"""

import errno
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem matters: an error makes kb exit with 1, a warning in strict mode only.

    A note never does; it is shown to those who ask for more.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a file: a path as the person knows it, 1-based line and column, 0 for unknown."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        numbers = [str(number) for number in (self.line, self.column) if number]
        return ":".join([self.path, *numbers])


@dataclass(frozen=True, slots=True)
class Problem:
    """One fact that a person can mend.

    `code` is kebab-case and stable; `message` states the fact in a sentence; `hint` says what to
    do; `source` is the text of the line at `place`, `width` the characters of it to underline.
    """

    code: str
    message: str
    place: Place
    hint: str = ""
    severity: Severity = Severity.ERROR
    source: str = ""
    width: int = 1


_ROOM = "make room, then run kb again; every page that stands on the site is whole"
_RIGHTS = "let the user who runs kb read and write there, then run it again"
_HANDLES = "raise the limit on open files (`ulimit -n`), or ask for fewer --jobs"
_REMEDIES = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
    errno.EFBIG: "raise the limit on the size of files (`ulimit -f`), then run kb again",
    errno.EROFS: _RIGHTS,
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EMFILE: _HANDLES,
    errno.ENFILE: _HANDLES,
    errno.ENAMETOOLONG: "give it a shorter name",
    errno.ELOOP: "a link there leads back to itself: remove it",
    errno.EIO: "the disk may be failing: save what matters, then check it",
}


class KbError(Exception):
    """The problems that stop a step; the only exception for what a person can mend."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("; ".join(f"{p.place}: {p.code}: {p.message}" for p in self.problems))


def refused(error: OSError) -> Problem:
    """What the file system would not do, where, and what a person can do about it."""
    fact = f"the file system says: {error.strerror or error}"
    place = Place(str(error.filename2 or error.filename or "."))
    return Problem("file-system", fact, place, _REMEDIES.get(error.errno or 0, ""))


def is_fatal(problems: Iterable[Problem]) -> bool:
    """Whether any of them is an error."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def strict(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems with warnings as errors."""
    return tuple(
        replace(problem, severity=Severity.ERROR)
        if problem.severity is Severity.WARNING
        else problem
        for problem in problems
    )


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean "x"?` for the nearest known word, or an empty string."""
    from difflib import get_close_matches  # slow to load, and seldom asked

    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f'did you mean "{near[0]}"?' if near else ""


def with_source(problem: Problem, text: str) -> Problem:
    """The problem with the line of `text` that its place names; a line ends with a line feed."""
    lines = text.split("\n")
    line = problem.place.line
    if not 0 < line <= len(lines):
        return problem
    return replace(problem, source=lines[line - 1].removesuffix("\r"))
