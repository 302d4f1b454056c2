"""Which texts share so much with others that they may be the same article, and how much is it?

Candidates come from an index of sampled shingles, the decision from the real containment of the
texts' shingles, never from the sample.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from kb.ingest.identity import HEAD
from kb.model import Match

SHINGLE = 5
"""Characters of a shingle. Different articles shared at most 0.44 of the shorter text's shingles,
variants of one at least 0.80, measured on 308 excerpts with 13 kinds of variant."""
CONTAINED = 0.65
"""Share of the shorter text's shingles in the longer from which they are one article."""
LONGEST_EDIT = 36
"""Characters that differ in one place and are still an edit, not another article of a series."""
PREPENDED = 80
"""Folded characters that a title prepended to a text may have."""
SAMPLED_SHINGLE = 8
ONE_IN = 8
FEWEST_SHARED = 0.4
SPARED = 2
"""A comparison is worth its time from this share of the shorter text's samples, less a few for
chance: a text that has CONTAINED of its 5-character shingles keeps near half of those of 8."""
MOST_OWNERS = 50
"""Texts up to which a sample says something; what more have is boilerplate. A text that has hardly
another sample is looked for by the first so many owners of those."""
HARDLY = 0.25
"""Share of a text's samples."""
MOST_COMPARED = 50
LONGEST_COMPARED = 20_000
"""Characters of a text, from its start, whose shingles count: a bound on time and memory."""

# The powers of 2^64 divided by the golden ratio: odd numbers without a pattern.
_MIX = np.cumprod(np.full(SAMPLED_SHINGLE, 0x9E3779B97F4A7C15, np.uint64))
_CHOOSING = np.uint64(29)
"""Bits below those that choose samples: the lowest of a product are those of its factors alone."""
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_Numbers = NDArray[np.uint64]
_Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sampled:
    """The sampled shingles of texts.

    `samples` are sorted pairs of a text's place (high 32 bits) and a hash (low 32 bits), `counts`
    tell how many each text has.
    """

    samples: _Numbers
    counts: _Counts

    def only(self, is_chosen: NDArray[np.bool_]) -> "Sampled":
        """The samples of some of the texts; the others have none."""
        kept = self.samples[is_chosen[self.samples >> _HALF]]
        return Sampled(kept, np.where(is_chosen, self.counts, 0))


@dataclass(frozen=True, slots=True)
class Shared:
    """Texts that share samples: places of the one, numbers of the other, how many they share.

    `fewest` is how many make a comparison worth its time, were the other text the longer.
    """

    places: _Counts
    numbers: _Counts
    counts: _Counts
    fewest: NDArray[np.float64]


class SampleIndex:
    """Texts by sampled shingle, in segments: sorted pairs of a hash and a text's number."""

    def __init__(self) -> None:
        self._segments: list[_Numbers] = []

    def add(self, sampled: Sampled, numbers: _Numbers) -> None:
        """Add texts; text `i` of `sampled` is known as `numbers[i]`."""
        self._segments.append(_segment(sampled, numbers))
        while len(self._segments) > 1 and 2 * len(self._segments[-1]) > len(self._segments[-2]):
            last = self._segments.pop()
            self._segments[-1] = np.sort(np.concatenate((self._segments[-1], last)), kind="stable")

    def shared(self, sampled: Sampled, numbers: _Numbers) -> Shared:
        """What the texts share with those of the index and, known as `numbers`, with each other."""
        segments = [*self._segments, _segment(sampled, numbers)]
        asked = np.sort((sampled.samples << _HALF) | (sampled.samples >> _HALF))
        places = (asked & _LOW).astype(np.int64)  # in order of the hash: near in a segment, too
        firsts = [np.searchsorted(segment, asked & ~_LOW) for segment in segments]
        ends = [np.searchsorted(segment, asked | _LOW, side="right") for segment in segments]
        owners = [end - first for first, end in zip(firsts, ends, strict=True)]
        telling = np.sum(owners, axis=0) <= MOST_OWNERS
        told = np.bincount(places[telling], minlength=len(sampled.counts))
        is_poor = told < HARDLY * sampled.counts
        limit = np.where(telling | is_poor[places], MOST_OWNERS, 0)
        found = [
            _pairs(segment, first, np.minimum(count, limit), places)
            for segment, first, count in zip(segments, firsts, owners, strict=True)
        ]
        pairs, counts = np.unique(np.concatenate(found), return_counts=True)
        fewest = np.where(is_poor, sampled.counts, told) * FEWEST_SHARED - SPARED
        places = (pairs >> _HALF).astype(np.int64)
        return Shared(places, (pairs & _LOW).astype(np.int64), counts, fewest[places])


def _segment(sampled: Sampled, numbers: _Numbers) -> _Numbers:
    places, hashes = sampled.samples >> _HALF, sampled.samples & _LOW
    return np.sort((hashes << _HALF) | numbers[places])


def _pairs(segment: _Numbers, first: _Counts, counts: _Counts, places: _Counts) -> _Numbers:
    """Pairs of a sample's place (high 32 bits) and each of the sample's first owners."""
    begins = np.cumsum(counts) - counts
    within = np.arange(counts.sum()) - np.repeat(begins, counts)
    owners: _Numbers = segment[np.repeat(first, counts) + within] & _LOW
    return (np.repeat(places.astype(np.uint64), counts) << _HALF) | owners


def sample(keys: Sequence[str]) -> Sampled:
    """The sampled shingles of folded texts: one in ONE_IN of their hashes, whatever the text.

    The head of a text is one of its samples, so that a short text, too, finds what it begins.
    """
    texts = [key[:LONGEST_COMPARED] for key in keys]
    codes = _codes("".join(texts))
    sizes = np.array([len(text) for text in texts], np.int64)
    if len(codes) < SAMPLED_SHINGLE:
        return Sampled(np.empty(0, np.uint64), np.zeros(len(texts), np.int64))
    hashes = _hashes(codes, SAMPLED_SHINGLE)
    places = np.repeat(np.arange(len(texts)), sizes)
    is_inside = places[: len(hashes)] == places[SAMPLED_SHINGLE - 1 :]
    chosen = is_inside & ((hashes >> _CHOOSING) % np.uint64(ONE_IN) == 0)
    pairs = (places[: len(hashes)][chosen].astype(np.uint64) << _HALF) | (hashes[chosen] >> _HALF)
    heads = np.array([crc32(key[:HEAD].encode("utf-8", "surrogatepass")) for key in keys])
    numbered = np.arange(len(texts), dtype=np.uint64) << _HALF
    ordered = np.sort(np.concatenate((pairs, numbered | heads.astype(np.uint64))))
    samples = ordered[np.diff(ordered, prepend=ordered[:1] ^ _LOW) != 0]
    counts = np.bincount((samples >> _HALF).astype(np.int64), minlength=len(texts))
    return Sampled(samples, counts)


def _hashes(codes: NDArray[np.uint32], size: int) -> _Numbers:
    """The hash of every run of `size` characters: the sum of their products with `_MIX`."""
    if len(codes) < size:
        return np.empty(0, np.uint64)
    hashes: _Numbers = np.convolve(codes.astype(np.uint64), _MIX[:size], "valid").view(np.uint64)
    return hashes


def compare(one: str, other: str) -> tuple[Match, float]:
    """How two folded texts match, and the containment of the shorter in the longer (0 to 1).

    Texts that go different ways for longer than an edit do not match at all, however much of an
    introduction or a licence they share.
    """
    short, long = sorted((one, other), key=lambda text: (len(text), text))
    if 0 <= long.find(short) <= PREPENDED:
        return (Match.EXACT if short == long else Match.PREFIX), 1.0
    pieces, whole = _shingles(short), _shingles(long)
    if not len(pieces):
        return Match.NEAR, 0.0
    score = _common(pieces.distinct, whole.distinct) / len(pieces.distinct)
    if score >= CONTAINED and _go_apart(pieces.ordered, whole.ordered, whole.distinct):
        return Match.NEAR, 0.0
    return Match.NEAR, float(score)


def _go_apart(short: _Numbers, long: _Numbers, distinct: _Numbers) -> bool:
    """Whether a run of the shorter text, longer than an edit, stands where the other has its own.

    What only one of them has, a title in front or a sentence put in, is no such run.
    """
    is_shared = np.concatenate(([True], _are_in(short, distinct), [True]))
    bounds = np.flatnonzero(is_shared)
    for gap in np.flatnonzero(np.diff(bounds) > LONGEST_EDIT):
        begin, end = int(bounds[gap]), int(bounds[gap + 1]) - 1  # in `short`, the gap is between
        first = _place(short[begin - 1], long) + 1 if begin else 0
        last = _place(short[end], long) if end < len(short) else len(long)
        if last - first > LONGEST_EDIT:
            return True
    return False


def _place(piece: np.uint64, long: _Numbers) -> int:
    return int(np.flatnonzero(long == piece)[0])


def _common(one: _Numbers, other: _Numbers) -> int:
    """How many hashes two texts have in common, of each the distinct ones."""
    both = np.concatenate((one, other))
    both.sort()
    return int(np.count_nonzero(both[1:] == both[:-1]))


def _are_in(pieces: _Numbers, whole: _Numbers) -> NDArray[np.bool_]:
    """Which of the pieces are in `whole`, which is sorted."""
    nearest = whole[np.minimum(np.searchsorted(whole, pieces), len(whole) - 1)]
    return np.asarray(nearest == pieces)


@dataclass(frozen=True, slots=True)
class _Shingles:
    """The hashes of a text's shingles, of 64 bits, so that no two are alike by chance."""

    ordered: _Numbers
    distinct: _Numbers

    def __len__(self) -> int:
        return len(self.ordered)


@lru_cache(maxsize=512)
def _shingles(key: str) -> _Shingles:
    ordered = _hashes(_codes(key[:LONGEST_COMPARED]), SHINGLE)
    hashes = np.sort(ordered)
    is_new = hashes[1:] != hashes[:-1]
    distinct = hashes if is_new.all() else hashes[np.concatenate(([True], is_new))]
    return _Shingles(ordered, distinct)


def _codes(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
