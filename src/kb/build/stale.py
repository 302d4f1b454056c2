"""Which files of a project were edited after its site was built?"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from kb import disk
from kb.build.rows import read_rows
from kb.build.unchanged import Folders, Survey, last_build
from kb.disk import Row
from kb.folder import CACHE
from kb.folder import FILE as CONFIG


def edited_since(root: Path, found: Survey) -> tuple[str, ...]:
    """Paths in the project of sources that came, went or changed; none where nobody knows.

    `found` is what the file system says now.
    """
    last = last_build(root)
    before = read_rows(root / CACHE, last.rows) if last else []
    if last is None or not before:
        return ()
    then, now = _own(root, last.folders, before), _own(root, last.folders, found.sources)
    names = {name for name in then.keys() | now.keys() if then.get(name) != now.get(name)}
    young = {name: digest for name, digest in last.young.items() if name in now}
    names |= {name for name, digest in young.items() if disk.digest(_path(name)) != digest}
    start = len(os.fsencode(root)) + 1
    return tuple(sorted(os.fsdecode(name[start:]).replace(os.sep, "/") for name in names))


def _own(root: Path, folders: Folders, rows: Iterable[Row]) -> Mapping[bytes, Row]:
    """The rows of the project's own sources, by their path."""
    inside = (folders.content, folders.templates, folders.static)
    starts = tuple(os.fsencode(root / folder) + os.fsencode(os.sep) for folder in inside)
    config = os.fsencode(root / CONFIG)
    return {row[0]: row for row in rows if row[0].startswith(starts) or row[0] == config}


def _path(name: bytes) -> Path:
    return Path(os.fsdecode(name))
