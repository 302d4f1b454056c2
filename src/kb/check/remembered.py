"""What did an earlier check read in the files of the site, that this one need not read again?

A file is known by what the system says of it: size, times, inode. What was written less than two
seconds before it was read may be written again in the same tick, and is not remembered.
"""

import os
from array import array
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import msgspec
import selectolax

from kb import disk
from kb.build.fingerprints import code
from kb.check.address import Stand
from kb.check.crawl import Batch, Named, Row
from kb.check.mentions import Fault, Seen
from kb.sealed import sealed, unsealed

FILE = "check.msgpack"
TICK = 2 * 10**9
"""Nanoseconds within which a file system may give two times alike: FAT's, the coarsest."""


class _Entry(NamedTuple):
    """A row as it is stored, after the stamp of its file."""

    stamp: tuple[int, ...]
    path: str
    mentions: bytes
    times: bytes
    ids: str | None
    wordless: tuple[str, ...]
    faults: tuple[Fault, ...]
    is_page: bool
    is_moved: bool


class _Stored(NamedTuple):
    by: str
    named: tuple[Named, ...]
    entries: tuple[_Entry, ...]


_DECODER = msgspec.msgpack.Decoder(_Stored)


@dataclass(frozen=True, slots=True)
class Memory:
    """Where a check remembers what it read of the site in a folder that stands somewhere."""

    cache: Path
    output: Path
    stand: Stand

    def recall(self) -> Batch:
        """The rows of the files that are as they were."""
        content = unsealed(disk.read_if_there(self.cache / FILE) or b"")
        try:
            stored = _DECODER.decode(content) if content else None
        except (msgspec.MsgspecError, UnicodeError, RecursionError):
            return Batch()
        if stored is None or stored.by != self._by():
            return Batch()
        rows = (_row(entry) for entry in stored.entries if self._stamp(entry.path) == entry.stamp)
        return Batch(stored.named, tuple(rows))

    def keep(self, batch: Batch) -> None:
        """Remember rows that were just read, where the cache can be written."""
        with suppress(OSError):
            before = disk.now(self.cache) - TICK
            stamps = ((self._stamp(row.path), row) for row in batch.rows)
            entries = (_entry(stamp, row) for stamp, row in stamps if max(stamp[1:3]) < before)
            stored = _Stored(self._by(), batch.named, tuple(entries))
            disk.write(self.cache / FILE, sealed(msgspec.msgpack.encode(stored)), self.cache)

    def _stamp(self, path: str) -> tuple[int, ...]:
        """What the system says of a file: size, mtime, ctime, inode, mode; zeros without one."""
        found = disk.stamp(os.fsencode(self.output / path))
        return found[1:] if found else (0, 0, 0, 0, 0)

    def _by(self) -> str:
        return f"{code()} {selectolax.__version__} {self.output} {self.stand}"


def _entry(stamp: tuple[int, ...], row: Row) -> _Entry:
    seen = row.seen
    told = (seen.wordless, seen.faults, seen.is_page, seen.is_moved)
    return _Entry(stamp, row.path, row.mentions.tobytes(), row.times.tobytes(), row.ids, *told)


def _row(entry: _Entry) -> Row:
    seen = Seen((), frozenset(), entry.wordless, entry.faults, entry.is_page, entry.is_moved)
    return Row(entry.path, array("I", entry.mentions), array("I", entry.times), entry.ids, seen)
