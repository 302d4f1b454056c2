"""Is everything still as the last good build left it, so that there is nothing to do?

What the file system says of every file that a build reads or writes, kb's own code included, is
compared with what it said then. Where that is no proof, because a file was changed in the tick of
the clock in which it was looked at, its content decides, as in Git:
https://git-scm.com/docs/racy-git
"""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING

import msgspec

from kb import disk
from kb.build.rows import read_rows, write_rows
from kb.disk import Row
from kb.folder import CACHE, MEMO, TEXTS
from kb.folder import FILE as CONFIG
from kb.problems import Problem
from kb.sealed import sealed, unsealed

if TYPE_CHECKING:  # slow to load
    from kb.config import Config

FILE = "unchanged.msgpack"
NO_OPTIONS = repr(None)
"""The options of a build that has none."""
_PACKAGE = Path(__file__).parents[1]
_TICK = 100_000_000
"""Nanoseconds between two times that a file system surely tells apart."""
_COARSE_TICK = 2_500_000_000
"""The same for one that knows whole seconds only, or every second one: HFS+, FAT."""


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of a project as configured: what a build reads, and what it writes."""

    content: str
    templates: str
    static: str
    output: str


@dataclass(frozen=True, slots=True)
class Survey:
    """What the file system said, at a time in ns, of all that a build reads, and of its output.

    `young` has the digests of the sources that were too new for that to be a proof.
    """

    time: int
    sources: tuple[Row, ...]
    output: tuple[Row, ...]
    young: dict[bytes, str]


@dataclass(frozen=True, slots=True)
class Said:
    """What a build that finds nothing to do says."""

    summary: str
    files: int
    output: str
    has_address: bool
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Last:
    """The state that the last good build left, and what is to be said while it lasts.

    `rows` is the digest of the rows of all files; `young` has the digests of those of which the
    rows are no proof, `memo` is the row of what builds remember. The problems are JSON, as a line
    of a dump that is no text cannot be encoded otherwise.
    """

    options: str
    folders: Folders
    rows: bytes
    memo: Row | None
    young: dict[bytes, str]
    quiet: Said
    problems: str

    @property
    def said(self) -> Said:
        """What the last build said."""
        found = json.loads(self.problems) if self.problems else ()
        return replace(self.quiet, problems=msgspec.convert(found, tuple[Problem, ...]))


@dataclass(frozen=True, slots=True)
class Look:
    """What the last good build left, and what the file system says now."""

    root: Path
    last: Last
    found: Survey

    def is_still(self) -> bool:
        """Whether everything is as the last build left it."""
        if _digest(self.found.sources, self.found.output) != self.last.rows:
            return False
        try:
            if any(disk.digest(_path(path)) != was for path, was in self.last.young.items()):
                return False
        except OSError:
            return False
        if self.last.young:  # the clock has ticked since: what the file system says will do now
            rows = chain(self.found.sources, self.found.output)
            still = {row[0] for row in rows if is_young(row, self.found.time)}
            young = {path: was for path, was in self.last.young.items() if path in still}
            with suppress(OSError):  # another kb does the same, or nobody may write here
                _write(self.root / CACHE, replace(self.last, young=young))
        return True

    def is_last(self) -> bool:
        """Whether no other kb has built since."""
        return _read(self.root / CACHE) == self.last

    def edited(self) -> tuple[str, ...]:
        """The texts that were edited, by their path in the project, if nothing else differs.

        Nothing where a file came or went, or is no text of the content. Raises OSError.
        """
        if _row_of_memo(self.root / CACHE) != self.last.memo:  # and so it may say anything
            return ()
        now = [*self.found.sources, *self.found.output]
        before = read_rows(self.root / CACHE, self.last.rows)
        if len(before) != len(now):
            return ()
        changed = [(old[0], new[0]) for old, new in zip(before, now, strict=True) if old != new]
        content = self.root / self.last.folders.content
        if any(old != new or not _is_text(new, content) for old, new in changed):
            return ()
        rewritten = (n for n, was in self.last.young.items() if disk.digest(_path(n)) != was)
        names = sorted({*(name for _, name in changed), *rewritten})
        if not all(_is_text(name, content) for name in names):
            return ()
        if sum(row[0] in names for row in now) > len(names):  # static too, or a link's target
            return ()
        start = len(os.fsencode(self.root)) + 1
        return tuple(os.fsdecode(name[start:]) for name in names)


def forget(root: Path) -> None:
    """Take nothing for done any more, as a build begins that may leave anything."""
    (root / CACHE / FILE).unlink(missing_ok=True)


def nothing_to_do(root: Path, options: str) -> Said | None:
    """What to say where a build with these options would change nothing, else None."""
    found = look(root, options)
    return found.last.said if found and found.is_still() else None


def look(root: Path, options: str) -> Look | None:
    """What there is to compare, None where no build with these options has left anything."""
    last = _read(root / CACHE)
    if last is None or last.options != _with_program(options):
        return None
    try:
        return Look(root, last, survey(root, last.folders))
    except OSError:
        return None


def folders_of(config: "Config") -> Folders:
    """The folders of a project."""
    return Folders(config.content, config.templates, config.static, config.output)


def survey(root: Path, folders: Folders) -> Survey:
    """Look at every file of a project and of kb, at their names and times only. Raises OSError."""
    time = disk.now(root / CACHE)
    sources = (
        *disk.survey(root / folders.content, hidden=False),
        *disk.survey(root / folders.templates, hidden=False),
        *disk.survey(root / folders.static, hidden=True),
        *disk.rows((root / CONFIG,)),
        *_program(root),
    )
    output = disk.survey(root / folders.output, hidden=True, skip=(b".git",))
    young = (row[0] for row in sources if is_young(row, time) and S_ISREG(row[-1]))
    digests = {path: disk.digest(_path(path)) for path in young}
    return Survey(time, sources, tuple(output), digests)


def after(found: Survey, written: Iterable[Row], removed: Iterable[Path]) -> Survey:
    """What the file system says once a build has written and removed files of the output."""
    rows = {row[0]: row for row in chain(found.output, written)}
    for path in removed:
        rows.pop(os.fsencode(path), None)
    return replace(found, output=tuple(sorted(rows.values())))


@dataclass(frozen=True, slots=True)
class Case:
    """A build: of which project, with which options of the command line, in which folders."""

    root: Path
    options: str
    folders: Folders


def keep(case: Case, found: Survey, digests: Mapping[str, str], said: Said) -> None:
    """Remember the state that a good build left; `digests` are those of the files in the output."""
    now, output = disk.now(case.root / CACHE), case.root / case.folders.output
    names = (row[0] for row in found.output if is_young(row, now, found.time))
    young = {
        name: digests[inside]
        for name in names
        if (inside := _path(name).relative_to(output).as_posix()) in digests
    }
    rows = _digest(found.sources, found.output)
    options = _with_program(case.options)
    problems = json.dumps(msgspec.to_builtins(said.problems)) if said.problems else ""
    quiet = replace(said, problems=())
    memo = _row_of_memo(case.root / CACHE)
    last = Last(options, case.folders, rows, memo, {**found.young, **young}, quiet, problems)
    write_rows(case.root / CACHE, rows, (*found.sources, *found.output))
    _write(case.root / CACHE, last)


def _program(root: Path) -> Iterator[Row]:
    """Rows of kb's code, theme and topics, and of the folders that installing a library changes."""
    yield from disk.survey(_PACKAGE, hidden=False, skip=(b"__pycache__",))
    repository = _PACKAGE.parents[1]
    if not (_PACKAGE / "theme").is_dir():
        yield from disk.survey(repository / "templates", hidden=False)
        yield from disk.rows((repository / "content" / "topics.yaml",))
    for folder in sys.path:
        if folder and os.path.isdir(folder) and Path(folder) != root:  # noqa: PTH112 - a start of kb
            found = os.stat(folder)  # noqa: PTH116
            yield os.fsencode(folder), 0, found.st_mtime_ns, 0, found.st_ino, 0


def is_young(row: Row, time: int, start: int = 0) -> bool:
    """Whether a file was changed so late before `time` that a change after would have its time.

    A coarse clock is asked for the time before the `start` of what may have written the file.
    """
    _, _, mtime, ctime, _, mode = row
    if not mode or os.name == "nt":  # which has no time of the last change that programs cannot set
        return bool(mode)
    latest = max(mtime, ctime)
    is_coarse = latest % _TICK == 0
    return latest >= ((start or time) - _COARSE_TICK if is_coarse else time - _TICK)


def _path(name: bytes) -> Path:
    return Path(os.fsdecode(name))


def _with_program(options: str) -> str:
    return ascii((options, sys.version, os.name, sys.path))  # a path may be no text


def _digest(*rows: Iterable[Row]) -> bytes:
    return blake2b(msgspec.msgpack.encode(rows), digest_size=16).digest()


def _row_of_memo(cache: Path) -> Row | None:
    return disk.stamp(os.fsencode(cache / MEMO))


def _is_text(name: bytes, content: Path) -> bool:
    folders = tuple(os.fsencode(content / folder) + b"/" for folder in TEXTS)
    return name.startswith(folders) and name.endswith(b".md") and not _path(name).is_symlink()


def last_build(root: Path) -> Last | None:
    """The state that the last good build left, with any options."""
    return _read(root / CACHE)


def _read(cache: Path) -> Last | None:
    content = unsealed(disk.read_if_there(cache / FILE) or b"")
    try:
        return msgspec.msgpack.decode(content, type=Last) if content else None
    except msgspec.MsgspecError:  # another version of kb wrote it
        return None


def _write(cache: Path, last: Last) -> None:
    disk.write(cache / FILE, sealed(msgspec.msgpack.encode(last)), cache)
