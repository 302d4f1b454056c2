"""How are the shards of a large site made on all cores, in bounded memory?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from kb import disk
from kb.build.press import FOLDER, Made
from kb.build.search import put
from kb.cores import Cores
from kb.search.blocks import Document, documents_in
from kb.search.bulk import buckets_of, encoded, lists, runs, shards_in
from kb.search.shards import shard_bytes

TASK = 64
"""Text blocks that one task reads: some 150 documents, and 30 MB while they are sorted."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """The files of text blocks whose postings go into the file `to`, for so many shards."""

    files: tuple[Path, ...]
    to: Path
    shards: int


@dataclass(frozen=True, slots=True)
class _Merging:
    """A bucket of so many shards: where its runs are, in files from one byte to another."""

    bucket: int
    runs: tuple[tuple[Path, int, int], ...]
    cache: Path
    shards: int


def shards_of_blocks(
    files: Sequence[Path], shards: int, cache: Path, workers: Cores
) -> Iterator[Made]:
    """All shards of the text blocks in these files, in their order, in the cache folder."""
    starts, folder = range(0, len(files), TASK), cache / FOLDER
    readings = [_Reading(tuple(files[s : s + TASK]), folder / f"{s}.runs", shards) for s in starts]
    ends = list(workers.map(_sorted, readings))
    spooled = [(reading.to, (0, *end)) for reading, end in zip(readings, ends, strict=True)]
    mergings = (
        _Merging(b, tuple((to, end[b], end[b + 1]) for to, end in spooled), cache, shards)
        for b in range(buckets_of(shards))
    )
    for made in workers.map(_merged, mergings):
        yield from made


def _sorted(task: _Reading) -> tuple[int, ...]:
    """Where the run of each bucket ends."""
    documents: dict[int, Document] = {}
    for file in task.files:
        documents |= documents_in(disk.read(file))
    found = [encoded(run) for run in runs(documents, task.shards)]
    disk.put(str(task.to), b"".join(found))
    return tuple(accumulate(map(len, found)))


def _merged(task: _Merging) -> tuple[Made, ...]:
    found = lists((disk.read_part(*run) for run in task.runs), task.shards)
    numbers = shards_in(task.bucket, task.shards)
    return tuple(put(((n, shard_bytes(n, found.get(n, {}))) for n in numbers), task.cache))
