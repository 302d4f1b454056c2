"""What changes in a folder of Markdown that was exported before?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from kb.exchange.folder import Note
from kb.exchange.names import folded
from kb.exchange.sidecar import Listing, Stage, digest
from kb.problems import Place, Problem


@dataclass(frozen=True, slots=True)
class File:
    """A file in the folder; `key` is one for two names that this disk takes for the same."""

    content: bytes
    key: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Update:
    """What to do, in this order, so that no step that is the last one loses an article.

    The sidecar lists what is `meanwhile`; `written` are the files to write, before each the name
    of it in `renamed` goes, which is the same file where case does not count; `removed` go; the
    sidecar has `listings`.
    """

    meanwhile: tuple[Listing, ...]
    written: Mapping[str, bytes]
    renamed: Mapping[str, str]
    removed: tuple[str, ...]
    listings: tuple[Listing, ...]
    unchanged: int
    problems: tuple[Problem, ...]


def update(
    notes: Iterable[Note],
    before: Iterable[Listing],
    present: Mapping[str, File],
    broken: frozenset[str],
) -> Update:
    """What makes the folder hold `notes`.

    `before` is what its sidecar lists, `present` has the files of all names in both that are there.
    A file whose bytes are not those that were exported was edited there: it stays, as a problem.
    So stay the files of records in `broken`, which cannot be read now.
    """
    everything = tuple(notes)
    work = _Work(
        {note.listing.file: note for note in everything if note.listing.file},
        tuple(listing for listing in before if listing.file),
        present,
        broken,
    )
    memory = tuple(note.listing for note in everything if not note.listing.file)
    own = tuple(work.own[name].listing for name in work.own if name not in work.blocked)
    going = {listing.article for listing in work.going}
    written = {name: work.own[name].content for name in work.wanted if name not in work.blocked}
    return Update(
        (
            *(_coming(one) if one.file in written else one for one in own),
            *work.going,
            *work.kept,
            *(listing for listing in memory if listing.article not in going),
        ),
        written,
        {name: work.other_names(name)[0] for name in written if work.other_names(name)},
        work.removed,
        (*own, *work.kept, *memory),
        len(work.own) - len(work.wanted),
        tuple(_conflict(name, is_old=bool(work.listed(name))) for name in work.conflicts),
    )


def nothing(written: Mapping[str, bytes], unchanged: int) -> Update:
    """The update of a target that is no folder."""
    return Update((), written, {}, (), (), unchanged, ())


@dataclass(frozen=True, eq=False)
class _Work:
    """What an update knows: the new notes by file, the old listings, and what is there."""

    own: Mapping[str, Note]
    old: tuple[Listing, ...]
    present: Mapping[str, File]
    broken: frozenset[str]

    def listed(self, name: str) -> list[Listing]:
        """What the sidecar tells of a file, under whatever name."""
        return self._listed.get(self._identity(name), [])

    def other_names(self, name: str) -> list[str]:
        """The names of a file that the sidecar has, and that differ from `name` in case only."""
        return sorted({listing.file for listing in self.listed(name)} - {name})

    @cached_property
    def wanted(self) -> tuple[str, ...]:
        """The new names under which not yet the new bytes are."""
        return tuple(name for name in sorted(self.own) if not self._is_done(name))

    @cached_property
    def blocked(self) -> tuple[str, ...]:
        """The new names under which there is what is not kb's to replace."""
        return tuple(name for name in self.wanted if not self._is_ours(name))

    @cached_property
    def removed(self) -> tuple[str, ...]:
        """The old names that go."""
        return tuple(name for name in self._stale if self._is_ours(name))

    @cached_property
    def conflicts(self) -> tuple[str, ...]:
        """The names of files that stay although they are in the way."""
        return (*(name for name in self._stale if not self._is_ours(name)), *self.blocked)

    @cached_property
    def kept(self) -> tuple[Listing, ...]:
        """The old listings that stay."""
        found = (self.listed(name) for name in self.conflicts)
        latest = (max(one, key=lambda it: it.stage is Stage.COMING) for one in found if one)
        return (
            *(replace(listing, stage=Stage.SETTLED) for listing in latest),
            *(one for one in self.old if one.path in self.broken and not self._is_taken(one.file)),
        )

    @cached_property
    def going(self) -> tuple[Listing, ...]:
        """The old listings of the files that go, or become others."""
        names = (*self.removed, *(name for name in self.wanted if name not in self.blocked))
        return tuple(
            replace(listing, stage=Stage.GOING)
            for name in names
            for listing in self.listed(name)
            if name in self.present and listing.digest == digest(self.present[name].content)
        )

    @cached_property
    def _stale(self) -> tuple[str, ...]:
        lost = {listing.file for listing in self.old if listing.path in self.broken}
        names = {listing.file for listing in self.old} & self.present.keys()
        return tuple(sorted(name for name in names - lost if not self._is_taken(name)))

    @cached_property
    def _listed(self) -> dict[object, list[Listing]]:
        found: dict[object, list[Listing]] = {}
        for listing in self.old:
            found.setdefault(self._identity(listing.file), []).append(listing)
        return found

    @cached_property
    def _taken(self) -> frozenset[object]:
        return frozenset(self._identity(name) for name in self.own)

    def _is_taken(self, name: str) -> bool:
        return self._identity(name) in self._taken

    def _is_done(self, name: str) -> bool:
        file = self.present.get(name)
        is_same = file is not None and file.content == self.own[name].content
        return is_same and not self.other_names(name)

    def _is_ours(self, name: str) -> bool:
        """Whether a file is not there, or still what was exported."""
        file = self.present.get(name)
        return file is None or digest(file.content) in {one.digest for one in self.listed(name)}

    def _identity(self, name: str) -> object:
        """What the names of one file have in common; a link of another name is another file."""
        file = self.present.get(name)
        return (folded(name), file.key) if file else name


def _coming(listing: Listing) -> Listing:
    return replace(listing, stage=Stage.COMING)


def _conflict(name: str, *, is_old: bool) -> Problem:
    if is_old:
        fact = "this file was edited since it was exported, and stays as it is"
        hint = "`kb import` takes the edit into a project; or remove the file and export again"
    else:
        fact = "this file stands where an article goes, and is none that kb exported"
        hint = "rename it, and export again"
    return Problem("export-conflict", fact, Place(name), hint)
