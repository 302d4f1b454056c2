"""What does a command cost: seconds, processor seconds, memory of all its processes together?"""

import os
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from time import perf_counter
from typing import Self

EVERY = 0.02
"""Seconds between two looks at the memory."""
_PAGE = os.sysconf("SC_PAGE_SIZE")
_PROCESSES = Path("/proc")


@dataclass(frozen=True, slots=True)
class Cost:
    """Wall and processor seconds, peak memory in bytes, and the machine's load before."""

    wall: float
    cpu: float
    memory: int
    load: float


class FailedError(Exception):
    """A command ended with an error or was too slow, or what it made is wrong; and why."""


@dataclass(frozen=True, slots=True)
class Run:
    """A command: in which folder, in which environment, and after how many seconds it is ended."""

    command: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    timeout: float

    def cost(self, log: Path) -> Cost:
        """Run it, its words into the log. Raises FailedError.

        Processor seconds are those of the command and of all the processes it waited for. Memory is
        the largest sum of resident sizes seen, or that of the largest process if it is more: what
        processes share counts for each, which flatters nobody who starts many.
        """
        os.sync()  # what the command before left unwritten is not this one's burden
        load = os.getloadavg()[0]
        with log.open("wb") as words:
            start = perf_counter()
            running = subprocess.Popen(
                self.command,
                cwd=self.folder,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            with _Watch(running.pid, self.timeout) as watch:
                _, status, used = os.wait4(running.pid, 0)
            wall = perf_counter() - start
        running.returncode = os.waitstatus_to_exitcode(status)
        if running.returncode:
            last = log.read_text("utf-8", "replace")[-2000:]
            raise FailedError(f"ended with {running.returncode}: {last}")
        memory = max(watch.peak, used.ru_maxrss * 1024)
        return Cost(wall, used.ru_utime + used.ru_stime, memory, load)


class _Watch:
    """Looks at the memory of a tree of processes while the block lasts; ends them if it is long."""

    def __init__(self, root: int, timeout: float) -> None:
        self.peak = 0
        self._root, self._timeout, self._over = root, timeout, Event()
        self._thread = Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        end = perf_counter() + self._timeout
        while not self._over.wait(EVERY):
            self.peak = max(self.peak, sum(map(_resident, _tree(self._root))))
            if perf_counter() > end:
                os.killpg(self._root, signal.SIGKILL)
                return


def _tree(root: int) -> Iterator[int]:
    yield root
    for task in _listed(_PROCESSES / str(root) / "task"):
        try:
            children = (_PROCESSES / str(root) / "task" / task / "children").read_text()
        except OSError:  # it is over, or the system does not tell
            continue
        for child in children.split():
            yield from _tree(int(child))


def _listed(folder: Path) -> Sequence[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - fifty times a second
    except OSError:
        return ()


def _resident(number: int) -> int:
    """Bytes of a process that are in memory, 0 if it is over."""
    try:
        return int((_PROCESSES / str(number) / "statm").read_text().split()[1]) * _PAGE
    except OSError:
        return 0
