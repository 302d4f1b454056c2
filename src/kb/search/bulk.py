"""How are the postings of ten thousand documents sorted without holding them all?

In two steps, each of tasks of which none needs another: documents to *runs*, which are postings
sorted by bucket, then the runs of a bucket to its shards. A bucket is some shards that stand side
by side. A pair of characters is a number here: its code points of 21 bits each.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec
import numpy as np
from numpy.typing import NDArray

from kb.search.blocks import Document
from kb.search.places import MIX, MULTIPLIER, shard_of
from kb.search.postings import ALPHABET, IMPACT, LAST, SHIFT
from kb.search.terms import MARKED, MOST, TITLE, Fields, facets, fields, word_terms

BUCKET = 5
"""Bits of a shard's number within its bucket."""

_POINT = 21
_DOCUMENT = 12
_KIND = 2
_COUNTED, _MARKED, _TITLE = 0, 1, 2
_DIGITS = np.frombuffer(ALPHABET.encode(), np.uint8)
_STARTS = (2, 4, 8)
"""How often a term must be there for each further step of impact."""

Numbers = NDArray[np.uint64]
Postings = NDArray[np.uint32]
Run = tuple[bytes, bytes, bytes, dict[str, bytes]]
"""Of one bucket: pairs, how many postings each has, these, and the postings of other terms."""
MOST_DOCUMENTS = 1 << _DOCUMENT
"""Documents of one run at most."""


def buckets_of(shards: int) -> int:
    """How many buckets there are."""
    return max(1, shards >> BUCKET)


def shards_in(bucket: int, shards: int) -> range:
    """The numbers of the shards of a bucket."""
    return range(bucket << BUCKET, min(shards, (bucket + 1) << BUCKET))


def runs(documents: Mapping[int, Document], shards: int) -> list[Run]:
    """The run of each bucket for some documents by slot, which must be in the order of slots."""
    searched = [fields(document) for document in documents.values()]
    slots = np.fromiter(documents, np.uint32, len(searched))
    keys, unsorted = _pairs(searched, slots)
    pairs, counts, postings, buckets = _by_bucket(keys, unsorted, shards)
    others = _others(documents, searched, shards)
    ends = np.searchsorted(buckets, np.arange(buckets_of(shards) + 1))
    sums = np.concatenate(([0], np.cumsum(counts, dtype=np.intp)))
    return [
        (
            pairs[start:end].tobytes(),
            counts[start:end].tobytes(),
            postings[sums[start] : sums[end]].tobytes(),
            others.get(bucket, {}),
        )
        for bucket, (start, end) in enumerate(pairwise(ends))
    ]


def encoded(run: Run) -> bytes:
    """A run as bytes."""
    return msgspec.msgpack.encode(run)


def lists(found: Iterable[bytes], shards: int) -> dict[int, dict[str, str]]:
    """The written postings by term of each shard of a bucket that has any.

    `found` are the encoded runs of this bucket for all documents, in the order of their slots.
    """
    read = [msgspec.msgpack.decode(run, type=Run) for run in found]
    made: defaultdict[int, dict[str, str]] = defaultdict(dict)
    pairs = np.frombuffer(b"".join(run[0] for run in read), np.uint64)
    counts = np.frombuffer(b"".join(run[1] for run in read), np.uint32)
    postings = np.frombuffer(b"".join(run[2] for run in read), np.uint32)
    of_pairs = np.repeat(pairs, counts)
    order = np.argsort(of_pairs, kind="stable")
    unique, starts = _starts(of_pairs[order])
    numbers = (_shards(unique) & np.uint32(shards - 1)).tolist()
    texts = _written(postings[order], starts)
    for pair, shard, text in zip(unique.tolist(), numbers, texts, strict=True):
        made[shard][_characters(pair)] = text
    for term, text in _written_others(run[3] for run in read):
        made[shard_of(term, shards)][term] = text
    return dict(made)


def _pairs(searched: Sequence[Fields], slots: Postings) -> tuple[Numbers, Postings]:
    """Each pair or character above ASCII in each document once, sorted, and its posting."""
    found = _occurrences(searched)
    found.sort()
    keys, starts = _starts(found >> np.uint64(_KIND))
    kinds = found & np.uint64(3)
    counted = np.add.reduceat(kinds == _COUNTED, starts, dtype=np.uint32)
    marked = np.add.reduceat(kinds == _MARKED, starts, dtype=np.uint32) > 0
    titled = kinds[np.append(starts, len(kinds))[1:] - 1] == _TITLE
    level = sum((counted >= start).astype(np.uint32) for start in _STARTS)
    impact = np.minimum(level + marked * np.uint32(MARKED), MOST) + titled * np.uint32(TITLE)
    slot = slots[(keys & np.uint64(MOST_DOCUMENTS - 1)).astype(np.intp)]
    return keys >> np.uint64(_DOCUMENT), slot << np.uint32(IMPACT) | impact.astype(np.uint32)


def _occurrences(searched: Sequence[Fields]) -> Numbers:
    """A number for each place of each pair or character: which, in which document and field."""
    parts = [
        (number, kind, text)
        for number, field in enumerate(searched)
        for kind, text in _kinds(field)
    ]
    lengths = np.array([len(text) + 1 for _, _, text in parts])
    where = [number << _KIND | kind for number, kind, _ in parts]
    places = np.repeat(np.array(where, np.uint64), lengths)
    points = np.frombuffer("".join(f"{text}\0" for *_, text in parts).encode("utf-32-le"), "<u4")
    wide = points.astype(np.uint64)
    first, second = wide[:-1], wide[1:]
    is_pair = (first > 0) & (second > 0)
    pairs = (first[is_pair] << np.uint64(_POINT) | second[is_pair]), places[:-1][is_pair]
    alone = wide[points > 0x7F], places[points > 0x7F]
    shift = np.uint64(_DOCUMENT + _KIND)
    return np.concatenate([which << shift | place for which, place in (pairs, alone)])


def _kinds(field: Fields) -> Iterator[tuple[int, str]]:
    yield _COUNTED, field.text
    for words in field.marked:
        yield _MARKED, words
    yield _TITLE, field.title


def _by_bucket(
    keys: Numbers, postings: Postings, shards: int
) -> tuple[Numbers, Postings, Postings, NDArray[np.uint16]]:
    """Pairs, the number of postings of each, the postings, and the buckets, in their order."""
    pairs, starts = _starts(keys)
    counts = np.diff(np.append(starts, len(keys))).astype(np.uint32)
    buckets = ((_shards(pairs) & np.uint32(shards - 1)) >> np.uint32(BUCKET)).astype(np.uint16)
    order = np.argsort(np.repeat(buckets, counts), kind="stable")
    by_bucket = np.argsort(buckets, kind="stable")
    return pairs[by_bucket], counts[by_bucket], postings[order], buckets[by_bucket]


def _others(
    documents: Mapping[int, Document], searched: Sequence[Fields], shards: int
) -> dict[int, dict[str, bytes]]:
    """The postings of words, topics and tags by bucket."""
    postings: defaultdict[str, list[int]] = defaultdict(list)
    for (slot, document), field in zip(documents.items(), searched, strict=True):
        found = word_terms(field) | dict.fromkeys(facets(document), 0)
        for term, impact in found.items():
            postings[term].append(slot << IMPACT | impact)
    made: defaultdict[int, dict[str, bytes]] = defaultdict(dict)
    for term, numbers in postings.items():
        made[shard_of(term, shards) >> BUCKET][term] = np.array(numbers, np.uint32).tobytes()
    return dict(made)


def _written_others(found: Iterable[Mapping[str, bytes]]) -> Iterator[tuple[str, str]]:
    postings: defaultdict[str, list[bytes]] = defaultdict(list)
    for run in found:
        for term, numbers in run.items():
            postings[term].append(numbers)
    joined = {term: b"".join(numbers) for term, numbers in postings.items()}
    lengths = np.array([len(numbers) // 4 for numbers in joined.values()], np.intp)
    everything = np.frombuffer(b"".join(joined.values()), np.uint32)
    return zip(joined, _written(everything, np.cumsum(lengths) - lengths), strict=True)


def _written(postings: Postings, starts: NDArray[np.intp]) -> Iterator[str]:
    """The text of the postings that begin at each of `starts`, as kb.search.postings says."""
    slots = (postings >> np.uint32(IMPACT)).astype(np.int64)
    before = np.concatenate(([-1], slots[:-1]))
    before[starts] = -1
    numbers = (slots - before - 1) << IMPACT | (postings & np.uint32((1 << IMPACT) - 1))
    lengths = _lengths(numbers)
    places = np.cumsum(lengths) - lengths
    digits = np.zeros(int(lengths.sum()), np.uint8)
    while len(numbers):
        goes_on = numbers >= LAST
        rest = numbers[goes_on] - LAST
        numbers[goes_on] = LAST + (rest & (1 << SHIFT) - 1)
        digits[places] = numbers
        numbers, places = rest >> SHIFT, places[goes_on] + 1
    text = _DIGITS[digits].tobytes().decode("ascii")
    ends = np.append(np.cumsum(lengths) - lengths, len(text))
    firsts = ends[np.append(starts, len(postings))].tolist()
    return (text[start:end] for start, end in pairwise(firsts))


def _lengths(numbers: NDArray[np.int64]) -> NDArray[np.intp]:
    """How many digits each number has."""
    lengths, least = np.ones(len(numbers), np.intp), LAST
    highest = numbers.max(initial=0)
    while least <= highest:
        lengths += numbers >= least
        least = LAST + (least << SHIFT)
    return lengths


def _starts(ordered: Numbers) -> tuple[Numbers, NDArray[np.intp]]:
    """The different numbers in their order, and where each begins."""
    is_first = np.ones(len(ordered), bool)
    is_first[1:] = ordered[1:] != ordered[:-1]
    starts = np.flatnonzero(is_first)
    return ordered[starts], starts


def _shards(pairs: Numbers) -> Postings:
    """The `spread` of each pair's characters, as kb.search.places says."""
    found = np.zeros(len(pairs), np.uint32)
    for point in (pairs >> np.uint64(_POINT), pairs & np.uint64((1 << _POINT) - 1)):
        found = (found ^ point.astype(np.uint32)) * np.uint32(MULTIPLIER)
        found ^= found >> np.uint32(MIX)
    return found


def _characters(pair: int) -> str:
    first, second = pair >> _POINT, pair & (1 << _POINT) - 1
    return chr(first) + chr(second) if first else chr(second)
