"""Which terms of the lexicon stand in a text, and how near is each to what the text is about?"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Container, Mapping
from functools import lru_cache
from math import log
from string import ascii_letters, digits
from typing import Final, NamedTuple, TypeAlias

from ahocorasick_rs import AhoCorasick

_STRENGTH: Final = (0.0, 0.6, 1.5, 3.6)
"""What a term of weight 1, 2 or 3 counts for its topic, as in `kb.ingest.classify`."""
_NEAR: Final = (0.0, 0.15, 0.7, 1.0)
"""How near a term of weight 1, 2 or 3 stands to its topic."""
_UNHEARD: Final = 0.5
_EARLY: Final = 160
_OFTEN: Final = 0.35
_SPREAD: Final = 3
_SPREADABLE: Final = 5
_ALNUM: Final = frozenset(ascii_letters + digits)
_DROPPED: Final = re.compile("[- _\u2010-\u2014]")

Weights: TypeAlias = tuple[tuple[str, int], ...]


class Known(NamedTuple):
    """A term of the lexicon in a text: its folded form and its offsets."""

    key: str
    start: int
    end: int


class Standing(NamedTuple):
    """How a tag stands among those of a text.

    `near` is that of its nearest spelling, `times` counts all of them, `first` is the first
    in the body; `rank` counts from 0 by all three, `order` by the place alone. `general` tells how
    many other terms of the lexicon contain it.
    """

    near: float
    times: int
    first: Known
    rank: int
    order: int
    general: int


class _Index(NamedTuple):
    keys: tuple[str, ...]
    weights: Mapping[str, Weights]
    automaton: AhoCorasick | None


def known_terms(
    text: str, spoken: frozenset[tuple[str, Weights]], preferred: Container[str]
) -> tuple[Known, ...]:
    """The longest terms of `spoken` in `text`, left to right; Latin ones as whole words.

    Of two that overlap the first stands, unless only the second is `preferred`.
    """
    index = _index(spoken)
    if index.automaton is None:
        return ()
    lower = text.lower()
    lower = lower if len(lower) == len(text) else text
    gaps = [found.start() - at for at, found in enumerate(_DROPPED.finditer(lower))]
    folded = _DROPPED.sub("", lower) if gaps else lower
    hits = []
    for number, first, last in index.automaton.find_matches_as_indexes(folded, overlapping=True):
        start = first + bisect_right(gaps, first)
        end = last + bisect_right(gaps, last - 1)
        is_plain = end - start == last - first and not (
            text[start] in _ALNUM or text[end - 1] in _ALNUM
        )
        if is_plain or _is_whole(text, start, end, last - first):
            hits.append((start, -end, index.keys[number]))
    hits.sort()
    return tuple(_longest(hits, preferred))


def nearness(found: tuple[Known, ...], spoken: frozenset[tuple[str, Weights]]) -> dict[str, float]:
    """For each term found, from 0 to 1, how much it speaks for what most terms speak for."""
    weights = _index(spoken).weights
    first: dict[str, int] = {}
    times: defaultdict[str, int] = defaultdict(int)
    for hit in found:
        first.setdefault(hit.key, hit.start)
        times[hit.key] += 1
    scores: defaultdict[str, float] = defaultdict(float)
    for key, start in first.items():
        early = max(0.0, 1 - start / _EARLY) + _OFTEN * log(times[key])
        for topic, weight in weights[key]:
            scores[topic] += _STRENGTH[weight] * (1 + early)
    best = max(scores.values(), default=1.0)
    return {
        key: max([_NEAR[weight] * scores[topic] / best for topic, weight in weights[key]])
        if weights[key]
        else _UNHEARD
        for key in first
    }


def standings(
    found: tuple[Known, ...],
    near: Mapping[str, float],
    spoken: frozenset[tuple[str, Weights]],
    tags: Mapping[str, str],
) -> dict[str, Standing]:
    """The standing of the tag of each term in a text."""
    places: defaultdict[str, list[Known]] = defaultdict(list)
    for hit in found:
        places[tags.get(hit.key, hit.key)].append(hit)
    nearest = {tag: max([near[hit.key] for hit in hits]) for tag, hits in places.items()}
    weights = {
        tag: nearest[tag] * (1 + log(len(hits))) / (1 + hits[0].start / _EARLY)
        for tag, hits in places.items()
    }
    ranks = {tag: rank for rank, tag in enumerate(sorted(places, key=lambda t: -weights[t]))}
    general = _generality(spoken)
    standing: dict[str, Standing] = {}
    for order, (tag, hits) in enumerate(places.items()):
        of_others = max([general[hit.key] for hit in hits])
        one = Standing(nearest[tag], len(hits), hits[0], ranks[tag], order, of_others)
        for hit in hits:
            standing[hit.key] = one
    return standing


@lru_cache(maxsize=8)
def _generality(spoken: frozenset[tuple[str, Weights]]) -> Mapping[str, int]:
    """For each term the number of other terms that contain it."""
    index = _index(spoken)
    counts = dict.fromkeys(index.keys, -1)
    if index.automaton is None:
        return counts
    for key in index.keys:
        matches = index.automaton.find_matches_as_indexes(key, overlapping=True)
        for inner in {index.keys[match[0]] for match in matches}:
            counts[inner] += 1
    return counts


@lru_cache(maxsize=8)
def _index(spoken: frozenset[tuple[str, Weights]]) -> _Index:
    weights = dict(sorted(spoken))
    keys = tuple(weights)
    return _Index(keys, weights, AhoCorasick(list(keys)) if keys else None)


def _longest(hits: list[tuple[int, int, str]], preferred: Container[str]) -> list[Known]:
    kept: list[Known] = []
    end = -1
    for start, minus_end, key in hits:
        if start >= end:
            kept.append(Known(key, start, -minus_end))
        elif -minus_end > end and key in preferred and kept[-1].key not in preferred:
            kept[-1] = Known(key, start, -minus_end)
        end = kept[-1].end
    return kept


def _is_whole(text: str, start: int, end: int, size: int) -> bool:
    """Whether no Latin word or number is cut, and the `size` letters stand close together."""
    spread = end - start - size
    if spread and (spread > _SPREAD or size < _SPREADABLE):
        return False
    if start and _joined(text[start - 1], text[start]):
        return False
    if end == len(text) or not _joined(text[end - 1], text[end]):
        return True
    return text[end] == "s" and (end + 1 == len(text) or not _joined(text[end], text[end + 1]))


def _joined(one: str, other: str) -> bool:
    return one in _ALNUM and other in _ALNUM
