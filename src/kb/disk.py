"""How do we touch the file system? Nobody else does."""

import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

TEMPORARY = ".kb-next.tmp"
"""The file that is about to become another; there is one writer at a time."""


def read(path: Path) -> bytes:
    """The bytes of a file. Raises OSError."""
    return path.read_bytes()


def read_if_there(path: Path) -> bytes | None:
    """The bytes of a file, or None where there is none."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def write(path: Path, content: bytes, scratch: Path | None = None) -> None:
    """Replace a file in one step, so that a reader sees the old bytes or the new, never a part.

    The bytes wait in `scratch` where that is on the same file system, else beside the file, under
    one name: what a killed run left there, the next write replaces.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = (scratch or path.parent) / TEMPORARY
    temporary.parent.mkdir(parents=True, exist_ok=True)
    try:
        temporary.write_bytes(content)
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if scratch is None or getattr(error, "errno", None) != errno.EXDEV:
            raise
        write(path, content)


def remove(path: Path, root: Path) -> None:
    """Remove a file, then the folders between it and `root` that this leaves empty.

    What is no file any more, because a person or a build that died changed it, stays.
    """
    if path.is_symlink() or path.is_file():
        path.unlink()
    for folder in path.parents:
        if folder == root or not folder.is_relative_to(root):
            return
        try:
            folder.rmdir()
        except OSError:
            return


def remove_folder(path: Path) -> None:
    """Remove a folder of kb's own (never one of the person's) with all that is in it."""
    shutil.rmtree(path, ignore_errors=True)


def walk(root: Path) -> Iterator[Path]:
    """All files below `root` in sorted order, hidden ones and links out of `root` left out."""
    if not root.is_dir():
        return
    real_root = root.resolve()
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(folder) / name
            if not name.startswith(".") and path.resolve().is_relative_to(real_root):
                yield path
