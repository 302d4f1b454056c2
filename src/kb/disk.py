"""How do we touch the file system? Nobody else does."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile


def read(path: Path) -> bytes:
    """The bytes of a file. Raises OSError."""
    return path.read_bytes()


def read_if_there(path: Path) -> bytes | None:
    """The bytes of a file, or None where there is none."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def write(path: Path, content: bytes, scratch: Path | None = None) -> None:
    """Replace a file in one step, so that a reader sees the old bytes or the new, never a part.

    The temporary file stands in `scratch` (on the same file system), by default beside the file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    folder = scratch or path.parent
    with NamedTemporaryFile(dir=folder, prefix=".kb-", suffix=".tmp", delete=False) as file:
        temporary = Path(file.name)
        try:
            file.write(content)
            file.close()
            temporary.chmod(0o644)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def remove(path: Path, root: Path) -> None:
    """Remove a file, then the folders between it and `root` that this leaves empty."""
    path.unlink(missing_ok=True)
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
