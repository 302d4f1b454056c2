"""How is work spread over the cores of this machine?"""

import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import get_context
from typing import TypeVar

from kb.problems import KbError, Place, Problem

T = TypeVar("T")
R = TypeVar("R")

SELDOM = 100_000, 20, 100
"""How often Python looks for circular garbage: a library has millions of values and no circle."""
AHEAD = 4
"""Tasks per core that wait or are done before their turn: a bound on memory."""
MOST_ON_WINDOWS = 61
"""Processes that one can wait for there.
https://docs.python.org/3/library/concurrent.futures.html#processpoolexecutor"""


@dataclass(frozen=True, slots=True)
class Cores:
    """Workers for tasks that are functions of a module; without an executor, this process."""

    executor: Executor | None = None
    count: int = 1

    def map(self, task: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
        """What the task makes of each item, in the order of the items.

        Raises what a task raises, and KbError where a worker is killed.
        """
        rest = iter(items)
        first = tuple(islice(rest, 2))
        if self.executor is None or len(first) < 2:  # one task is done before a worker has begun
            yield from map(task, chain(first, rest))
            return
        waiting: deque[Future[R]] = deque()
        try:
            for item in chain(first, rest):
                with _deaf():
                    waiting.append(self.executor.submit(task, item))
                if len(waiting) >= AHEAD * self.count:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenExecutor:
            fact = "one of kb's processes was killed"
            hint = "run it again; if memory was short, with fewer --jobs"
            raise KbError(Problem("worker-killed", fact, Place("kb"), hint)) from None


@contextmanager
def cores(jobs: int = 0) -> Iterator[Cores]:
    """Workers in `jobs` processes, 0 for one on each core; one job is this process itself."""
    count = jobs or _at_hand()
    if sys.platform == "win32":
        count = min(count, MOST_ON_WINDOWS)
    if count == 1:
        yield Cores()
        return
    executor = ProcessPoolExecutor(count, get_context("spawn"), initializer=_begin)
    try:
        yield Cores(executor, count)
    finally:
        executor.shutdown(cancel_futures=True)


def _at_hand() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _deaf() -> Iterator[None]:
    """Let Ctrl-C wait, so that a worker that starts meanwhile does not hear it before `_begin`."""
    if not hasattr(signal, "pthread_sigmask"):  # as on Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """Let the first process alone answer to Ctrl-C, and look for circular garbage seldom."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(*SELDOM)
