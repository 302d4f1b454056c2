"""What changes in a folder of Markdown that was exported before?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.exchange.copies import digest
from kb.exchange.folder import Listing, Note
from kb.exchange.names import folded
from kb.problems import Place, Problem


@dataclass(frozen=True, slots=True)
class Update:
    """The files to remove, then those to write, and what the sidecar will list."""

    removed: tuple[str, ...]
    written: Mapping[str, bytes]
    unchanged: int
    listings: tuple[Listing, ...]
    problems: tuple[Problem, ...]


def update(
    notes: Iterable[Note],
    before: Iterable[Listing],
    present: Mapping[str, bytes | None],
    broken: frozenset[str],
) -> Update:
    """What makes the folder hold `notes`.

    `before` is what its sidecar lists, `present` has the bytes of every file that these name. A
    file whose bytes are not those that were exported was edited there: it stays, as a problem.
    So stay the files of records in `broken`, which cannot be read now.
    """
    everything = tuple(notes)
    own = {note.listing.file: note for note in everything if note.listing.file}
    old = {listing.file: listing for listing in before if listing.file}
    wanted = {name: note for name, note in own.items() if present.get(name) != note.content}
    stale = {
        name: listing
        for name, listing in old.items()
        if name not in own and listing.path not in broken and present.get(name) is not None
    }
    removed = tuple(sorted(name for name in stale if _is_ours(name, old, present)))
    edited = sorted(stale.keys() - {*removed})
    gone = {folded(name) for name in removed}
    blocked = sorted(
        name for name in wanted if folded(name) not in gone and not _is_ours(name, old, present)
    )
    listings = (
        *(note.listing for note in everything if note.listing.file not in blocked),
        *(old[name] for name in (*edited, *blocked) if name in old),
        *(listing for name, listing in old.items() if name not in own and listing.path in broken),
    )
    return Update(
        removed,
        {name: note.content for name, note in sorted(wanted.items()) if name not in blocked},
        len(own) - len(wanted),
        listings,
        tuple(_conflict(name, is_old=name in old) for name in (*edited, *blocked)),
    )


def _is_ours(name: str, old: Mapping[str, Listing], present: Mapping[str, bytes | None]) -> bool:
    """Whether a file is not there, or still what was exported."""
    content = present.get(name)
    return content is None or (name in old and digest(content) == old[name].digest)


def _conflict(name: str, *, is_old: bool) -> Problem:
    if is_old:
        fact = "this file was edited since it was exported, and stays as it is"
        hint = "`kb import` takes the edit into a project; or remove the file and export again"
    else:
        fact = "this file stands where an article goes, and is none that kb exported"
        hint = "rename it, and export again"
    return Problem("export-conflict", fact, Place(name), hint)
