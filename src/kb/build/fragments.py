"""What is the same on many pages, so that it is rendered once?"""

from collections.abc import Callable, Hashable, Iterable

from kb.routes import folder_of

MOST = 1024
"""Fragments that are kept; a theme that asks for more begins anew."""

Address = Callable[[str], str]
Seat = tuple[str, int]
"""Where a page stands: the nearest folder of the trunk, and how many folders it is below that."""


class Fragments:
    """What a macro made of its values, for all pages that stand alike.

    A macro that is imported without the context of a page is a function of its values, of the
    site, and of the addresses that it asks for. An address on a page depends on the folders that
    the page and the file have in common. All folders of the files in the trunk are of the trunk:
    so to each of these an address is the same on all pages of one seat, and what asks for others
    is not kept.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        self._trunk = _with_parents(map(folder_of, paths))
        self._made: dict[tuple[Hashable, ...], str] = {}

    def seat(self, path: str) -> Seat:
        """Where the page at `path` stands."""
        folder, below = folder_of(path), 0
        while folder not in self._trunk:
            folder, below = folder_of(folder), below + 1
        return folder, below

    def known(self, key: tuple[Hashable, ...]) -> str | None:
        """What was kept."""
        return self._made.get(key)

    def keep(self, key: tuple[Hashable, ...], made: str, asked: Iterable[str]) -> None:
        """Keep what was made if the files that it `asked` the address of are in the trunk."""
        if len(self._made) >= MOST:
            self._made.clear()
        if all(folder_of(path) in self._trunk for path in asked):
            self._made[key] = made


def _with_parents(folders: Iterable[str]) -> frozenset[str]:
    found = {""}
    for folder in folders:
        while folder not in found:
            found.add(folder)
            folder = folder_of(folder)  # noqa: PLW2901 - up to the root
    return frozenset(found)
