"""Which topic is a text about, and what speaks for it?"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log
from typing import NamedTuple

from kb.ingest.terms import Hit, Reading, Weights, spelled_weights, topic_weights
from kb.library.taxonomy import OTHER, Taxonomy

STRENGTH = (0.0, 0.75, 1.5, 3.3)
"""What a term of each weight counts for: one that settles a topic outweighs two usual ones."""
EARLY = 400
"""Characters from the start within which a term says more of what the text is about."""
EARLY_BONUS = 0.9
TITLE_BONUS = 2.5
OTHER_TITLE_BONUS = 0.75
"""What a term gains that only a title has which the text might have as well."""
REPEATED = 1.2
"""What a term gains by the logarithm of the times it stands there."""
WEAKEST = 2.0
"""Score below which nothing fits."""
FAINT = 6.0
"""Score below which half of unseen texts are elsewhere: two terms that are merely typical."""
NARROW = 0.2
"""Margin, as a share of the score, below which a person should look at the choice."""
FROM_PARENT = 0.1
"""Share of a parent's score that its children add to theirs, to break ties."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A term that spoke for the topic: its first place in the text and what it counted for."""

    term: str
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """The topic of a text, its score, the runner-up, and the evidence, strongest first.

    `margin` is the lead over the runner-up as a share of the score (0 to 1); `is_sure` is False
    where a person should look.
    """

    topic: str
    score: float
    runner_up: str
    margin: float
    is_sure: bool
    evidence: tuple[Evidence, ...]


class _Word(NamedTuple):
    """A term in the text: its first hit, the topics that it speaks for, and how loud it is."""

    hit: Hit
    weights: Weights
    loudness: float


def classify(reading: Reading, taxonomy: Taxonomy) -> Verdict:
    """The topic that the terms of a text and its title speak for; `other` where none is strong."""
    words = _words(reading, taxonomy)
    scores = _scores(words, taxonomy)
    ranking = sorted(scores, key=lambda topic: (-scores[topic], topic))
    best = ranking[0] if ranking else OTHER
    if not ranking or scores[best] < WEAKEST:
        return Verdict(OTHER, scores.get(best, 0.0), best if ranking else "", 0.0, False, ())
    second = ranking[1] if len(ranking) > 1 else OTHER
    margin = 1 - scores.get(second, 0.0) / scores[best]
    is_sure = margin >= NARROW and scores[best] >= FAINT
    return Verdict(best, scores[best], second, margin, is_sure, _evidence(words, best))


def _words(reading: Reading, taxonomy: Taxonomy) -> list[_Word]:
    weights, spelled = topic_weights(taxonomy), spelled_weights(taxonomy)
    titled = dict.fromkeys((hit.key for hit in reading.other_hits), OTHER_TITLE_BONUS)
    titled |= dict.fromkeys((hit.key for hit in reading.title_hits), TITLE_BONUS)
    first: dict[str, Hit] = {}
    times: dict[str, int] = {}
    for hit in reading.hits:
        times[hit.key] = times.get(hit.key, 0) + 1
        first.setdefault(hit.key, hit)
    words = []
    for key, hit in first.items():
        if key in weights:
            early = EARLY_BONUS * (1 - hit.start / EARLY) if hit.start < EARLY else 0.0
            loudness = 1 + early + REPEATED * log(times[key]) + titled.get(key, 0.0)
            as_written = spelled.get(reading.text[hit.start : hit.end])
            words.append(_Word(hit, as_written or weights[key], loudness))
    return words


def _scores(words: Iterable[_Word], taxonomy: Taxonomy) -> dict[str, float]:
    own: dict[str, float] = {}
    for _, weights, loudness in words:
        for topic, weight in weights:
            own[topic] = own.get(topic, 0.0) + STRENGTH[weight] * loudness
    branches = {topic: own.pop(topic) for topic in taxonomy.branches & own.keys()}
    for topic in own if branches else ():
        for parent in taxonomy.by_id[topic].parents:
            own[topic] += FROM_PARENT * branches.get(parent, 0.0)
    return own


def _evidence(words: Iterable[_Word], topic: str) -> tuple[Evidence, ...]:
    found = (
        Evidence(word.hit.term, word.hit.start, word.hit.end, STRENGTH[weight] * word.loudness)
        for word in words
        for spoken, weight in word.weights
        if spoken == topic
    )
    return tuple(sorted(found, key=lambda item: (-item.score, item.start)))
