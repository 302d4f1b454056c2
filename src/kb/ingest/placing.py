"""Which article does each new text join?

A text is compared with the longest text of an article only, its anchor, so that similarity does
not creep along a chain; texts are placed longest first, so that their order of arrival is nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from kb.ingest.identity import HEAD
from kb.ingest.rules import Rules
from kb.ingest.similarity import (
    CONTAINED,
    FEWEST_SHARED,
    MOST_COMPARED,
    SPARED,
    Sampled,
    SampleIndex,
    compare,
    sample,
)
from kb.ingest.variants import Variants
from kb.model import NOBODY, ArticleId, Match

BLOCK = 4096
"""Texts that are placed at once: a bound on memory."""


@dataclass(frozen=True, slots=True)
class Place:
    """The anchor that a text was compared with, itself where it begins an article, and the score.

    `article` is empty for one that is new.
    """

    anchor: int
    article: ArticleId = NOBODY
    match: Match = Match.FIRST
    score: float = 1.0


def placed(
    fresh: list[int], anchors: Mapping[int, ArticleId], variants: Variants, rules: Rules
) -> dict[int, Place]:
    """The place of each text in `fresh`, found among `anchors` and the texts before it."""
    long = sorted((n for n in fresh if variants.length(n) >= HEAD), key=variants.rank)
    known = [number for number in anchors if variants.length(number) >= HEAD]
    places = _Placing(variants, anchors, rules).run([*known, *long], len(known))
    return places | {n: Place(n) for n in fresh if variants.length(n) < HEAD}


class _Placing:
    """Texts in their order of rank, those that stand for an article in an index."""

    def __init__(self, variants: Variants, anchors: Mapping[int, ArticleId], rules: Rules) -> None:
        self._variants = variants
        self._articles = dict(anchors)
        self._rules = rules
        self._index = SampleIndex()
        self._places = {number: Place(number, anchors[number]) for number in anchors}
        self._names: dict[int, set[str]] = {}

    def run(self, ranked: list[int], known: int) -> dict[int, Place]:
        """The places of the texts after the first `known`, which are anchors."""
        samples = np.zeros(len(ranked), np.int64)
        for start in (*range(0, known, BLOCK), *range(known, len(ranked), BLOCK)):
            end = min(start + BLOCK, known if start < known else len(ranked))
            block = ranked[start:end]
            sampled = sample([self._variants.key(number) for number in block])
            samples[start:end] = sampled.counts
            ranks = np.arange(start, end, dtype=np.uint64)
            if start >= known:
                self._place(block, _Candidates(self._index, sampled, ranks, samples), ranked)
            begins = np.array([self._places[number].anchor == number for number in block])
            self._index.add(sampled.only(begins), ranks)
        return {number: self._places[number] for number in ranked[known:]}

    def _place(self, block: list[int], candidates: "_Candidates", ranked: list[int]) -> None:
        for number in block:
            self._places[number] = Place(number)
        for place, ranks in candidates:
            number = block[place]
            self._places[number] = self._best(number, [ranked[rank] for rank in ranks])

    def _best(self, number: int, candidates: list[int]) -> Place:
        key = self._variants.key(number)
        best = Place(number, score=0.0)
        for anchor in candidates:
            if self._places[anchor].anchor != anchor or self._are_apart(number, anchor):
                continue
            match, score = compare(key, self._variants.key(anchor))
            if score >= CONTAINED and score > best.score:
                best = Place(anchor, self._places[anchor].article, match, score)
            if score == 1.0:
                break
        if best.anchor == number:
            return Place(number)
        self._join(number, best.anchor)
        return best

    def _are_apart(self, number: int, anchor: int) -> bool:
        if not self._rules.never:
            return False
        own = self._rules.names_of(number, self._variants)
        return self._rules.part(own, self._names_of(anchor))

    def _join(self, number: int, anchor: int) -> None:
        if self._rules.never:
            self._names_of(anchor).update(self._rules.names_of(number, self._variants))

    def _names_of(self, anchor: int) -> set[str]:
        if anchor not in self._names:
            names = self._rules.names_of(anchor, self._variants)
            self._names[anchor] = names | {str(self._articles.get(anchor, ""))} - {""}
        return self._names[anchor]


class _Candidates:
    """For each text of a block the ranks of those before it that share samples, most first."""

    def __init__(
        self,
        index: SampleIndex,
        sampled: Sampled,
        ranks: NDArray[np.uint64],
        samples: NDArray[np.int64],
    ) -> None:
        shared = index.shared(sampled, ranks)
        fewest = np.minimum(shared.fewest, samples[shared.numbers] * FEWEST_SHARED - SPARED)
        is_before = shared.numbers < ranks[shared.places].astype(np.int64)
        is_good = is_before & (shared.counts >= fewest)
        places, numbers, counts = (
            array[is_good] for array in (shared.places, shared.numbers, shared.counts)
        )
        order = np.lexsort((numbers, -counts, places))
        self._places = places[order].tolist()
        self._numbers = numbers[order].tolist()

    def __iter__(self) -> Iterator[tuple[int, list[int]]]:
        pairs = zip(self._places, self._numbers, strict=True)
        for place, found in groupby(pairs, key=itemgetter(0)):
            yield place, [number for _, number in found][:MOST_COMPARED]
