"""Which article does each new text join?

A text is compared with the longest text of an article only, its anchor, so that similarity does
not creep along a chain, and a short text that several contain does not join them. Texts are placed
longest first, so that their order of arrival is nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from kb.ingest.identity import HEAD
from kb.ingest.rules import Rules, names_of
from kb.ingest.similarity import (
    CONTAINED,
    FEWEST_SHARED,
    LONGEST_COMPARED,
    MOST_COMPARED,
    SPARED,
    Sampled,
    SampleIndex,
    compare,
    sample,
)
from kb.ingest.variants import Variants
from kb.model import NOBODY, ArticleId, Match

BLOCK = 1_500_000
"""Characters of texts that are placed at once: a bound on memory."""
FAR_LESS = 0.7
"""Share of the samples that a text shares with its article below which no other can be nearer."""


@dataclass(frozen=True, slots=True)
class Placement:
    """The text for which a text was taken, itself where it begins an article, and how they match.

    `article` is empty for a new one; `score` is the containment (0 to 1).
    """

    anchor: int
    article: ArticleId = NOBODY
    match: Match = Match.FIRST
    score: float = 1.0


def placed(
    fresh: list[int], anchors: Mapping[int, ArticleId], variants: Variants, rules: Rules
) -> dict[int, Placement]:
    """The placement of each text in `fresh`, among `anchors` and the texts before it."""
    long = sorted((n for n in fresh if variants.length(n) >= HEAD), key=variants.rank)
    known = [number for number in anchors if variants.length(number) >= HEAD]
    found = _Placing(variants, anchors, rules).run([*known, *long], len(known))
    return found | {n: Placement(n) for n in fresh if variants.length(n) < HEAD}


class _Placing:
    """Texts in their order of rank, those that stand for an article in an index."""

    def __init__(self, variants: Variants, anchors: Mapping[int, ArticleId], rules: Rules) -> None:
        self._variants = variants
        self._rules = rules
        self._index = SampleIndex()
        self._placements = {number: Placement(number, anchors[number]) for number in anchors}
        self._standing = set(anchors)
        self._longest = {article: number for number, article in anchors.items()}
        self._names: dict[int, set[str]] = {}

    def run(self, ranked: list[int], known: int) -> dict[int, Placement]:
        """The placements of the texts after the first `known`, which are anchors."""
        samples = np.zeros(len(ranked), np.int64)
        for start, end in (*self._blocks(ranked, 0, known), *self._blocks(ranked, known)):
            block = ranked[start:end]
            keys = [self._variants.key(number) for number in block]
            sampled = sample(keys)
            samples[start:end] = sampled.counts
            ranks = np.arange(start, end, dtype=np.uint64)
            if start >= known:
                candidates = _Candidates(self._index, sampled, ranks, samples)
                self._place(dict(zip(block, keys, strict=True)), candidates, ranked)
            stands = np.array([number in self._standing for number in block])
            self._index.add(sampled.only(stands), ranks)
        return {number: self._placements[number] for number in ranked[known:]}

    def _blocks(
        self, ranked: list[int], start: int, end: int | None = None
    ) -> Iterator[tuple[int, int]]:
        size = 0
        for place in range(start, len(ranked) if end is None else end):
            size += min(self._variants.length(ranked[place]), LONGEST_COMPARED)
            if size >= BLOCK:
                yield start, place + 1
                start, size = place + 1, 0
        if size:
            yield start, len(ranked) if end is None else end

    def _place(
        self, block: Mapping[int, str], candidates: "_Candidates", ranked: list[int]
    ) -> None:
        found = dict(candidates)
        for place, (number, key) in enumerate(block.items()):
            others = ((ranked[rank], shared) for rank, shared in found.get(place, ()))
            standing = [other for other in others if other[0] in self._standing]
            best = self._best(number, key, standing)
            self._placements[number] = best
            if best.anchor == number:
                self._standing.add(number)
            elif self._variants.rank(number) < self._variants.rank(best.anchor):
                self._standing.add(number)
                self._longest[best.article] = number

    def _best(self, number: int, key: str, candidates: list[tuple[int, int]]) -> Placement:
        best, most = Placement(number, score=0.0), 0
        for candidate, shared in candidates:
            if shared < FAR_LESS * most:
                break
            anchor = self._longest.get(self._placements[candidate].article, candidate)
            if self._are_apart(number, anchor):
                continue
            match, score = compare(key, self._variants.key(anchor))
            if score >= CONTAINED and score > best.score:
                best = Placement(anchor, self._placements[anchor].article, match, score)
                most = max(most, shared)
            if score == 1.0:
                break
        if best.anchor == number:
            return Placement(number)
        self._join(number, best.anchor)
        return best

    def _are_apart(self, number: int, anchor: int) -> bool:
        if not self._rules.never:
            return False
        return self._rules.are_apart(names_of(number, self._variants), self._names_of(anchor))

    def _join(self, number: int, anchor: int) -> None:
        if self._rules.never:
            self._names_of(anchor).update(names_of(number, self._variants))
            self._names[number] = self._names_of(anchor)

    def _names_of(self, anchor: int) -> set[str]:
        if anchor not in self._names:
            article = self._placements[anchor].article
            self._names[anchor] = {
                *names_of(anchor, self._variants),
                *((article,) if article else ()),
            }
        return self._names[anchor]


class _Candidates:
    """For each text of a block the ranks of those before it that share samples, most first.

    Each comes with the number of samples that are shared.
    """

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
        self._counts = counts[order].tolist()

    def __iter__(self) -> Iterator[tuple[int, list[tuple[int, int]]]]:
        found = zip(self._places, self._numbers, self._counts, strict=True)
        for place, shared in groupby(found, key=itemgetter(0)):
            yield place, [(number, count) for _, number, count in shared][:MOST_COMPARED]
