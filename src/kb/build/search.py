"""Which shards of the search index differ, and what is in them now?

Shards are a function of the text blocks, and these are pages. So blocks before and after tell which
terms of which documents changed, and nothing but these is changed in the shards as they stand,
where all of it is surely what the last build left. Else the shards are made of all blocks.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kb import disk
from kb.build.compare import Comparison
from kb.build.fingerprints import code
from kb.build.manifest import content_digest
from kb.build.memo import Known
from kb.build.press import FOLDER, Made
from kb.cores import Cores
from kb.search.blocks import Document, documents_in
from kb.search.index import term_shards
from kb.search.places import BLOCK_FOLDER, SHARD_FOLDER, block_of, shard_of, shard_path
from kb.search.shards import Change, patched
from kb.search.terms import terms

MOST_EDITS = 64
"""Text blocks that are compared with what they were; of more all shards are made anew."""
MOST_TERMS = 2000
"""Terms that are changed in the shards as they stand, a millisecond each in a site of 10,000
articles: some more than a new article has. It takes less time to make all shards anew of more."""
FEW = 64
"""Blocks of which the shards are made in this process, sooner than a worker has loaded numpy."""


@dataclass(frozen=True, slots=True)
class Before:
    """What the last build left: an output folder, and what is known of a file in it."""

    output: Path
    known: Callable[[str], Known | None]

    def content(self, path: str) -> bytes | None:
        """The bytes of a file, none where none is known; None where they are not what is known."""
        known = self.known(path)
        if known is None:
            return b""
        content = disk.read_if_plain(self.output / path)
        is_known = content is not None and content_digest(content) == known.digest
        return content if is_known else None


@dataclass(frozen=True, slots=True)
class After:
    """What this build makes: all text blocks by path, the number of shards, a cache folder."""

    blocks: Mapping[str, "Block"]
    shards: int
    cache: Path


@dataclass(frozen=True, slots=True)
class Block:
    """A text block as it will be published: the digest of its bytes, and where these are now."""

    digest: str
    file: Path


def blocks_of(
    paths: Iterable[str], made: Mapping[str, Made], before: Before
) -> Iterator[tuple[str, Block]]:
    """The text blocks among the paths of a site: those that were made, and those that stay."""
    for path in sorted(filter(is_block, paths), key=block_of):
        if path in made:
            yield path, Block(made[path].digest, Path(made[path].file))
        elif known := before.known(path):
            yield path, Block(known.digest, before.output / path)


def is_block(path: str) -> bool:
    """Whether a path of the site is that of a text block."""
    return path.startswith(BLOCK_FOLDER)


def is_shard(path: str) -> bool:
    """Whether a path of the site is that of a shard."""
    return path.startswith(SHARD_FOLDER)


def fingerprint_of(digest: str) -> str:
    """The fingerprint of a shard with this digest, as this code made it."""
    return content_digest(f"{code()}{digest}".encode())


def made_shards(
    before: Before, comparison: Comparison, after: After, workers: Cores
) -> dict[str, Made]:
    """The shards that cannot stay as they are, as files in the cache folder, by path."""
    edited = _edited(comparison, after)
    patched = None if edited is None else edited_shards(before, edited, after.shards, after.cache)
    if patched is not None:
        return patched
    return {made.path: made for made in _all_shards(after, workers)}


def edited_shards(
    before: Before, edited: Mapping[str, Path | None] | Mapping[str, Path], shards: int, cache: Path
) -> dict[str, Made] | None:
    """The shards that edits of text blocks change.

    None where a file is not what is known of it, and where making all anew takes less time.
    `edited` are the new files of the blocks, None for one that goes.
    """
    changed: defaultdict[str, dict[int, int | None]] = defaultdict(dict)
    for path, file in edited.items():
        content = before.content(path)
        if content is None or len(edited) > MOST_EDITS:
            return None
        new = disk.read(file) if file else b""
        for term, slot, impact in _differences(_documents(content), _documents(new)):
            changed[term][slot] = impact
    if len(changed) > MOST_TERMS:
        return None
    changes: defaultdict[int, dict[str, Change]] = defaultdict(dict)
    for term, change in changed.items():
        changes[shard_of(term, shards)][term] = change
    contents = {number: before.content(shard_path(number)) for number in sorted(changes)}
    if None in contents.values():
        return None
    made = ((n, patched(was, n, changes[n])) for n, was in contents.items() if was is not None)
    return {shard.path: shard for shard in put(made, cache)}


def put(shards: Iterable[tuple[int, bytes]], cache: Path) -> Iterator[Made]:
    """Shards by their numbers, as files in the cache folder."""
    for number, content in shards:
        file = f"{cache / FOLDER}/search/{number:x}"
        disk.put(file, content)
        yield Made(shard_path(number), "", 0.0, content_digest(content), file)


def _edited(comparison: Comparison, after: After) -> dict[str, Path | None] | None:
    """The text blocks that are not what they were, by path; None where all shards must be made."""
    known = {path: page.digest for path, page in comparison.known.items() if is_block(path)}
    if known != {path: digest for path, digest in comparison.before.items() if is_block(path)}:
        return None
    gone: dict[str, Path | None] = dict.fromkeys(known.keys() - after.blocks.keys())
    new = {p: block.file for p, block in after.blocks.items() if known.get(p) != block.digest}
    return {**gone, **new} if _are_sound(comparison, after.shards) else None


def _are_sound(comparison: Comparison, count: int) -> bool:
    """Whether all shards that will be are there, made by this code of the blocks before."""
    shards = {path: known for path, known in comparison.known.items() if is_shard(path)}
    return shards.keys() == set(map(shard_path, range(count))) and all(
        known.fingerprint == fingerprint_of(known.digest) and comparison.holds(path)
        for path, known in shards.items()
    )


def _differences(
    was: Mapping[int, Document], now: Mapping[int, Document]
) -> Iterator[tuple[str, int, int | None]]:
    """Each term, slot and impact that is new; None for one that is gone."""
    for slot in was.keys() | now.keys():
        old = terms(was[slot]) if slot in was else {}
        new = terms(now[slot]) if slot in now else {}
        for term in old.keys() - new.keys():
            yield term, slot, None
        for term, impact in new.items():
            if old.get(term) != impact:
                yield term, slot, impact


def _documents(content: bytes) -> Mapping[int, Document]:
    return documents_in(content) if content else {}


def _all_shards(after: After, workers: Cores) -> Iterable[Made]:
    """Every shard, of all text blocks."""
    files = [block.file for block in after.blocks.values()]
    if len(files) > FEW:
        from kb.build.search_bulk import shards_of_blocks  # loads numpy

        return shards_of_blocks(files, after.shards, after.cache, workers)
    documents: dict[int, Document] = {}
    for file in files:
        documents |= documents_in(disk.read(file))
    return put(term_shards(documents, after.shards).items(), after.cache)
