"""How is work spread over the cores of this machine?"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import get_context
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 4
"""Tasks per core that wait or are done before their turn: a bound on memory."""


@dataclass(frozen=True, slots=True)
class Cores:
    """Workers for tasks that are functions of a module; without an executor, this process."""

    executor: Executor | None = None
    count: int = 1

    def map(self, task: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
        """What the task makes of each item, in the order of the items."""
        rest = iter(items)
        first = tuple(islice(rest, 2))
        if self.executor is None or len(first) < 2:  # one task is done before a worker has begun
            yield from map(task, chain(first, rest))
            return
        waiting: deque[Future[R]] = deque()
        for item in chain(first, rest):
            waiting.append(self.executor.submit(task, item))
            if len(waiting) >= AHEAD * self.count:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


@contextmanager
def cores(jobs: int = 0) -> Iterator[Cores]:
    """Workers in `jobs` processes, 0 for one on each core; one job is this process itself."""
    count = jobs or os.cpu_count() or 1
    if count == 1:
        yield Cores()
        return
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as executor:
        yield Cores(executor, count)
