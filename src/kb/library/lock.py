"""How is it made sure that one kb at a time writes to a project?"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from kb.problems import KbError, Place, Problem

PATIENCE = 10.0
"""Seconds to wait for another kb to finish."""


@contextmanager
def only_writer(cache: Path) -> Iterator[None]:
    """Hold the project's lock. Raises KbError if another kb holds it for PATIENCE seconds."""
    cache.mkdir(parents=True, exist_ok=True)
    lock = FileLock(cache / "lock", timeout=PATIENCE)
    try:
        lock.acquire()
    except Timeout:
        fact = "another kb is at work in this project"
        hint = "wait for it to finish, or stop it"
        raise KbError(Problem("locked", fact, Place(str(cache / "lock")), hint)) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def only_writer_if_any(cache: Path) -> Iterator[None]:
    """Hold the project's lock to read from it; where nobody can write to it, none is needed."""
    with ExitStack() as stack:
        with suppress(OSError):
            stack.enter_context(only_writer(cache))
        yield
