"""Which published files still hold what the last build wrote, without reading them all?"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from stat import S_ISLNK

import msgspec

from kb import disk
from kb.build.publish import is_intact
from kb.build.unchanged import Survey, is_young
from kb.disk import Row

UNPROVEN = b""
"""The stamp of a file that was too new for what the file system says of it to be a proof."""


class Standing:
    """The files of an output folder, by what the file system says of them, else by content."""

    def __init__(self, output: Path, found: Survey) -> None:
        self._output, self._time = output, found.time
        self._start = len(os.fsencode(output)) + 1
        self._rows = {os.fsdecode(row[0][self._start :]): row for row in found.output}
        self._stamps: dict[str, bytes] = {}

    def holds(self, path: str, digest: str, stamp: bytes) -> bool:
        """Whether a file has this digest; its `stamp` is of when it surely had."""
        row = self._rows.get(path)
        if row is None:
            return False
        now = stamp_of(row)
        if now == stamp and stamp and not S_ISLNK(row[-1]):
            self._stamps[path] = stamp
            return True
        if not is_intact(self._output, path, digest):
            return False
        self._stamps[path] = UNPROVEN if is_young(row, self._time) else now
        return True

    def stamps(self) -> Mapping[str, bytes]:
        """The stamp of each file that was found to hold what it should."""
        return self._stamps


def proofs(
    written: Iterable[Row], found: Survey, output: Path, scratch: Path
) -> Mapping[str, bytes]:
    """The stamp of each file that was written after the survey `found`."""
    time, start = disk.now(scratch), len(os.fsencode(output)) + 1
    return {
        os.fsdecode(row[0][start:]): UNPROVEN if is_young(row, time, found.time) else stamp_of(row)
        for row in written
    }


def stamp_of(row: Row) -> bytes:
    """What the file system says of a file, but for its path."""
    return msgspec.msgpack.encode(row[1:])
