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
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kb import disk
from kb.disk import Row
from kb.folder import CACHE
from kb.folder import FILE as CONFIG
from kb.problems import Problem

if TYPE_CHECKING:  # slow to load
    from kb.config import Config

FILE = "unchanged.msgpack"
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
class _Last:
    """The state that the last good build left, and what is to be said while it lasts.

    The problems are JSON, as a line of a dump that is no text cannot be encoded otherwise.
    """

    options: str
    folders: Folders
    rows: bytes
    young: dict[bytes, str]
    said: Said
    problems: str


def nothing_to_do(root: Path, options: str) -> Said | None:
    """What to say where a build with these options would change nothing, else None."""
    cache = root / CACHE
    last = _read(cache / FILE)
    if last is None or last.options != _with_program(options):
        return None
    try:
        found = survey(root, last.folders)
        if _digest(found.sources, found.output) != last.rows:
            return None
        if any(disk.digest(_path(path)) != was for path, was in last.young.items()):
            return None
    except OSError:
        return None
    if last.young:  # the clock has ticked since: now what the file system says will do for most
        rows = chain(found.sources, found.output)
        still = {row[0] for row in rows if is_young(row, found.time)}
        young = {path: was for path, was in last.young.items() if path in still}
        _write(cache, replace(last, young=young))
    return replace(last.said, problems=_problems(last.problems))


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
    young = (row[0] for row in sources if is_young(row, time))
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
    last = _Last(options, case.folders, rows, {**found.young, **young}, quiet, problems)
    _write(case.root / CACHE, last)


def _problems(text: str) -> tuple[Problem, ...]:
    return msgspec.convert(json.loads(text), tuple[Problem, ...]) if text else ()


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


def _read(path: Path) -> _Last | None:
    content = disk.read_if_there(path)
    try:
        return msgspec.msgpack.decode(content, type=_Last) if content else None
    except msgspec.MsgspecError:
        return None


def _write(cache: Path, last: _Last) -> None:
    disk.write(cache / FILE, msgspec.msgpack.encode(last), cache)
