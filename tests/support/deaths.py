"""How does a test run kb in a process that is killed, or refused by the system, at a chosen step?

A step is what may change a file below a folder: Python tells of each before it is taken, whoever
takes it (https://docs.python.org/3/library/audit_events.html), and SQLite's statements are counted
as well. This module knows nothing of kb and nothing of it is in kb.
"""

import ctypes
import gc
import os
import signal
import sqlite3
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile

RENAMES = frozenset({"os.rename", "os.remove", "os.rmdir"})
"""What puts a file in its place, or takes it away."""
STEPS = RENAMES | {"os.mkdir", "os.link", "os.symlink", "os.truncate", "open", "sqlite"}
"""Whatever changes a name or a byte."""
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC

Refusal = Callable[[str, str], BaseException]
"""What the system answers to a step of this kind, at this path."""


def killed(_kind: str, _path: str) -> BaseException:
    """No answer: the process is gone."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def refused(code: int, kind: str, path: str) -> BaseException:
    """The answer of a system that is out of something."""
    if kind == "sqlite":
        return sqlite3.OperationalError("database or disk is full")
    return OSError(code, os.strerror(code), path)


@dataclass
class Fate:
    """Ends this process at the step numbered `last` of these kinds below `root`.

    `lasting`: every later step meets the same refusal, as where a disk stays full. Steps below
    `spared` do not count.
    """

    root: Path
    last: int
    refusal: Refusal = killed
    kinds: frozenset[str] = STEPS
    lasting: bool = False
    spared: Path = Path("nothing")
    taken: int = 0
    _is_ours: bool = field(default=False, init=False)

    def begin(self) -> None:
        """Count from here on; there is no way back but the end of the process."""
        sys.addaudithook(self._hear)
        sqlite3.connect = partial(sqlite3.connect, factory=partial(_Counted, self.step))  # type: ignore[assignment]

    def step(self, kind: str, path: str) -> None:
        """Take one step, or none any more."""
        is_last = self.taken == self.last or (self.lasting and self.taken > self.last >= 0)
        self.taken += 1
        if is_last:
            self._is_ours = True
            if kind == "open" and self.refusal is killed and Path(path).parent.is_dir():
                Path(path).write_bytes(b"half a f")  # it dies amid the write
            answer = self.refusal(kind, path)
            self._is_ours = False
            raise answer

    def _hear(self, event: str, values: tuple[object, ...]) -> None:
        if self._is_ours or event not in self.kinds:
            return
        path = values[1] if event in {"os.rename", "os.link", "os.symlink"} else values[0]
        if isinstance(path, int) or (event == "open" and not _writes(values)):
            return
        name = Path(os.fsdecode(path))  # type: ignore[arg-type]
        if name.is_absolute() and not name.is_relative_to(self.root):
            return
        if name.is_relative_to(self.spared):
            return
        if event != "os.mkdir" or not name.exists():
            self.step(event, str(name))


def _writes(values: tuple[object, ...]) -> bool:
    flags = values[2]
    return isinstance(flags, int) and bool(flags & WRITING)


class _Counted(sqlite3.Connection):
    """A connection whose statements are steps, when they may write."""

    def __init__(self, step: Callable[[str, str], None], path: str, **more: object) -> None:
        super().__init__(path, timeout=1.0)
        assert more.keys() <= {"timeout", "factory"}
        self._step = partial(step, "sqlite", os.fspath(path))

    def execute(self, query: str, *rest: object) -> sqlite3.Cursor:
        if not query.startswith(("select", "pragma")):
            self._step()
        return super().execute(query, *rest)  # type: ignore[arg-type]

    def executemany(self, query: str, *rest: object) -> sqlite3.Cursor:
        self._step()
        return super().executemany(query, *rest)  # type: ignore[arg-type]

    def executescript(self, script: str, /) -> sqlite3.Cursor:
        self._step()
        return super().executescript(script)

    def commit(self) -> None:
        self._step()
        super().commit()

    def __exit__(self, *error: object) -> bool:  # type: ignore[override]
        if error[0] is None:
            self._step()
        return super().__exit__(*error)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: its exit code or the signal as a negative one, and what it said."""

    code: int
    said: str


def in_a_process(work: Callable[[], object]) -> Ended:
    """Do the work in a fork of this process, which is what the system sees of any other."""
    with TemporaryFile() as words:
        gc.freeze()  # or the child copies all memory, for its collector to look at
        child = os.fork()
        if child == 0:
            _be_a_process(work, words.fileno())
        gc.unfreeze()
        _, status = os.waitpid(child, 0)
        words.seek(0)
        return Ended(os.waitstatus_to_exitcode(status), words.read().decode(errors="replace"))


def _be_a_process(work: Callable[[], object], words: int) -> None:
    code = 70
    try:
        for stream in (1, 2):
            os.dup2(words, stream)
        sys.stdout, sys.stderr = (
            os.fdopen(stream, "w", encoding="utf-8", closefd=False) for stream in (1, 2)
        )
        work()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    except BaseException:  # noqa: BLE001 - as Python does at the end of a process
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def kb_in_a_process(root: Path, *arguments: str, before: Callable[[], object] = int) -> Ended:
    """Run kb's command line in a fork of this process, once `before` is done there."""
    from kb.cli import main

    def work() -> None:
        sys.argv = ["kb", *arguments]
        os.chdir(root)
        before()
        main()

    return in_a_process(work)


def unprivileged() -> None:
    """Let what is closed to its owner be closed to this process, though it may be root's."""
    if os.geteuid() == 0:
        header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # the version that man 2 capset asks for
        nothing = (ctypes.c_uint32 * 6)()
        assert ctypes.CDLL(None).capset(header, nothing) == 0
