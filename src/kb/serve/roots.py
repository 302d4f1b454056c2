"""Which folders have to be watched, and which changes in them matter?"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Watch:
    """A folder to watch, with or without the folders in it."""

    folder: Path
    recursive: bool


@dataclass(frozen=True, slots=True)
class Roots:
    """The watched files and folders (they may not exist yet) and the site, all as real paths."""

    paths: tuple[Path, ...]
    site: Path

    def concern(self, path: Path) -> bool:
        """Whether a change at `path` may call for a rebuild.

        It does at, below and above a root (above: the root may have come or gone with it), but
        not in the site and not in anything hidden below a root, as `.kb` and editors' files are.
        """
        if path.is_relative_to(self.site):
            return False
        return any(
            root.is_relative_to(path) or (path.is_relative_to(root) and not _hidden(path, root))
            for root in self.paths
        )

    def watches(self) -> frozenset[Watch]:
        """The watches that see every change that matters, as the folders are now.

        Each root that is a folder is watched with all that is in it. Its parent, or the parent of
        a file, or the nearest there is, is watched too: it tells when the root comes or goes.
        """
        deep = {path for path in self.paths if path.is_dir()}
        top = {path for path in deep if not _covered(path, deep - {path})}
        flat = {_nearest_folder(path.parent) for path in self.paths}
        return frozenset(
            {Watch(path, recursive=True) for path in top}
            | {Watch(path, recursive=False) for path in flat if not _covered(path, top)}
        )


def real_roots(paths: Iterable[Path], site: Path) -> Roots:
    """The roots by their real paths, which is how the system names what changes in them."""
    return Roots(tuple(sorted({path.resolve() for path in paths})), site.resolve())


def _hidden(path: Path, root: Path) -> bool:
    return any(name.startswith(".") for name in path.relative_to(root).parts)


def _covered(path: Path, folders: Iterable[Path]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)


def _nearest_folder(path: Path) -> Path:
    return next((folder for folder in (path, *path.parents) if folder.is_dir()), path)
