"""How do we touch the file system? Nobody else does."""

import errno
import os
from collections.abc import Container, Iterable, Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from stat import S_ISLNK, S_ISREG
from typing import AnyStr

TEMPORARY = ".kb-next.tmp"
"""The file that is about to become another; there is one writer at a time."""

CLOCK = ".kb-clock.tmp"
"""A file that is written to learn the time by which the file system stamps others."""
_REPLACE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
Row = tuple[bytes, int, int, int, int, int]
"""What the file system says of a file: path, size, mtime and ctime in ns, inode, mode."""


def read(path: Path) -> bytes:
    """The bytes of a file. Raises OSError."""
    return path.read_bytes()


def read_part(path: Path, start: int, end: int) -> bytes:
    """The bytes of a file from one place to another. Raises OSError."""
    with path.open("rb") as file:
        file.seek(start)
        return file.read(end - start)


def read_if_there(path: Path) -> bytes | None:
    """The bytes of a file, or None where there is none. Raises OSError where it is a pipe."""
    try:
        with open(path, "rb", opener=_unwaiting) as file:
            if not S_ISREG(os.fstat(file.fileno()).st_mode):
                raise OSError(errno.EINVAL, "this is no file of its own", str(path))
            return file.read()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def _unwaiting(path: str, flags: int) -> int:
    """Open a file without waiting for what nobody may ever write into a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def read_if_plain(path: Path) -> bytes | None:
    """The bytes of a file, or None where there is none, it is a pipe, or we may not read it."""
    try:
        return path.read_bytes() if path.is_file() else None
    except (FileNotFoundError, IsADirectoryError, PermissionError):
        return None


def mode(path: str) -> int | None:
    """What stands at a path and who may do what with it, as in `stat`; None where nothing does."""
    try:
        return os.lstat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None


def size(path: Path) -> int:
    """The bytes of a file, 0 where there is none."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def write(path: Path, content: bytes, scratch: Path | None = None, mode: int | None = None) -> None:
    """Replace a file in one step, so that a reader sees the old bytes or the new, never a part.

    The bytes wait in `scratch` where that is on the same file system, else beside the file, under
    one name: what a killed run left there, the next write replaces. Without a `mode` the file
    keeps its own.
    """
    if mode is None and path.exists():
        mode = path.stat().st_mode & 0o777
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = (scratch or path.parent) / TEMPORARY
    if path.parent == scratch:  # a run that finds nothing to do writes there beside another run
        temporary = scratch / f"{path.name}.tmp"
    temporary.parent.mkdir(parents=True, exist_ok=True)
    try:
        _fill(temporary, content)
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(path)
    except BaseException as error:
        with suppress(OSError):  # where nothing can be written, nothing can be removed
            temporary.unlink()
        if scratch is None or getattr(error, "errno", None) != errno.EXDEV:
            raise
        write(path, content, mode=mode)


def put(path: str, content: bytes) -> None:
    """Write a file of the cache, which nobody else reads while it is written."""
    try:
        file = os.open(path, _REPLACE)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 - as below
        file = os.open(path, _REPLACE)
    try:
        while content:
            content = content[os.write(file, content) :]
    except OSError as error:
        error.filename = path
        raise
    finally:
        os.close(file)


def _fill(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        error.filename = error.filename or str(path)  # what fails amid the write names no file
        raise


def move(file: str, path: str, mode: int) -> None:
    """Put a file of the cache in the place of another in one step; it gets the mode."""
    os.chmod(file, mode)  # noqa: PTH101 - ten thousands of them
    try:
        _replace(file, path)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        write(Path(path), read(Path(file)), mode=mode)


def _replace(file: str, path: str) -> None:
    try:
        os.replace(file, path)  # noqa: PTH105 - as above
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 - as above
        os.replace(file, path)  # noqa: PTH105 - as above


def remove(path: Path, root: Path) -> None:
    """Remove a file, then the folders between it and `root` that this leaves empty.

    What is no file any more, because a person or a build that died changed it, stays; so does
    what stands behind a link.
    """
    inner = [folder for folder in path.parents if folder != root and folder.is_relative_to(root)]
    if any(folder.is_symlink() for folder in inner):
        return
    if path.is_symlink() or path.is_file():
        path.unlink()
    for folder in inner:
        try:
            folder.rmdir()
        except OSError:
            return


def remove_folder(path: Path) -> None:
    """Remove a folder of kb's own (never one of the person's) with all that is in it."""
    import shutil  # slow to load

    shutil.rmtree(path, ignore_errors=True)


def walk(root: Path, *, hidden: bool = False) -> Iterator[Path]:
    """All files below `root`, a folder's files before those of its folders, each sorted.

    Hidden files and folders are left out unless they are asked for, and what `passed_over` names.
    """
    return (path for path, fault in _entries(root, hidden=hidden) if not fault)


def passed_over(root: Path) -> Iterator[tuple[Path, str]]:
    """What `walk` leaves out below `root` although it is not hidden, and why."""
    return ((path, fault) for path, fault in _entries(root, hidden=False) if fault)


def _entries(root: Path, *, hidden: bool) -> Iterator[tuple[Path, str]]:
    waiting = [str(root)]
    while waiting:
        listed = [e for e in _listed(waiting.pop()) if hidden or not e.name.startswith(".")]
        listed.sort(key=lambda entry: entry.name)
        folders = []
        for entry in listed:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            else:
                yield Path(entry.path), _fault(entry, root)
        waiting += reversed(folders)


def _fault(entry: "os.DirEntry[str]", root: Path) -> str:
    try:
        entry.path[len(str(root)) :].encode()  # the folder above may be called as it likes
    except UnicodeEncodeError:
        return "has a name that is not UTF-8"
    if entry.is_symlink():  # realpath says of a link to itself where it stands, resolve raises
        target, inside = os.path.realpath(entry.path), os.path.realpath(root)
        if not Path(target).is_relative_to(inside):
            return "is a link that leads out of its folder"
    try:
        return "" if entry.is_file() else "is no file"
    except OSError:
        return "is a link that leads nowhere"


def survey(root: Path, *, hidden: bool, skip: Container[bytes] = ()) -> list[Row]:
    """A row for each file below `root`, and for what a link leads to, sorted; nothing is read.

    Hidden names and those in `skip` are left out. Raises OSError.
    """
    found: list[Row] = []
    folders = [os.fsencode(root)]
    for folder in folders:
        for entry in _listed(folder):
            name = entry.name
            if name in skip or (not hidden and name.startswith(b".")):
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
                continue
            found.append(_row(entry.path, entry.stat(follow_symlinks=False)))
            if S_ISLNK(found[-1][-1]) and (target := stamp(os.path.realpath(entry.path))):
                found.append(target)
    found.sort()
    return found


def rows(paths: Iterable[Path | str]) -> Iterator[Row]:
    """The row of each file that is there."""
    return (row for path in paths if (row := stamp(os.fsencode(path))))


def stamp(path: bytes) -> Row | None:
    """The row of one file, or of what a link leads to; None where there is none."""
    try:
        return _row(path, os.stat(path))  # noqa: PTH116 - ten thousands of them
    except OSError:
        return None


def digest(path: Path) -> str:
    """128 bits of BLAKE2b of a file's bytes, in hexadecimal. Raises OSError."""
    return blake2b(path.read_bytes(), digest_size=16).hexdigest()


def now(folder: Path) -> int:
    """The time by the clock of the file system of `folder`, in ns."""
    clock = folder / CLOCK
    clock.write_bytes(b"")
    return clock.stat().st_mtime_ns


def _row(path: bytes, found: os.stat_result) -> Row:
    mtime, ctime = found.st_mtime_ns, found.st_ctime_ns
    return path, found.st_size, mtime, ctime, found.st_ino, found.st_mode


def _listed(folder: AnyStr) -> "list[os.DirEntry[AnyStr]]":
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except (FileNotFoundError, NotADirectoryError):
        return []
