"""Which topic is a text about, and what speaks for it?"""

from collections import defaultdict
from dataclasses import dataclass
from math import log

from kb.ingest.terms import Hit, Reading, topic_weights
from kb.library.taxonomy import OTHER, Taxonomy

STRENGTH = {1: 0.6, 2: 1.5, 3: 3.6}
"""What a term of each weight counts for: one that settles a topic outweighs two usual ones."""
EARLY = 160
"""Characters from the start within which a term says more of what the text is about."""
EARLY_BONUS = 0.9
TITLE_BONUS = 1.2
WEAKEST = 2.0
"""Score below which nothing fits."""
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


def classify(reading: Reading, taxonomy: Taxonomy) -> Verdict:
    """The topic that the terms of a text and its title speak for; `other` where none is strong."""
    evidence = _evidence(reading, taxonomy)
    scores = _scores(evidence, taxonomy)
    ranking = sorted(scores, key=lambda topic: (-scores[topic], topic))
    best = ranking[0] if ranking else OTHER
    if not ranking or scores[best] < WEAKEST:
        return Verdict(OTHER, scores.get(best, 0.0), best if ranking else "", 0.0, False, ())
    second = ranking[1] if len(ranking) > 1 else ""
    margin = 1 - scores.get(second, 0.0) / scores[best]
    strongest = sorted(evidence[best], key=lambda found: (-found.score, found.start))
    return Verdict(best, scores[best], second, margin, margin >= NARROW, tuple(strongest))


def _evidence(reading: Reading, taxonomy: Taxonomy) -> dict[str, list[Evidence]]:
    weights = topic_weights(taxonomy)
    in_title = {hit.key for hit in reading.title_hits}
    found: defaultdict[str, list[Evidence]] = defaultdict(list)
    for term, hits in _by_term(reading.hits).items():
        for topic, weight in weights.get(term, ()):
            score = _score(hits, weight, is_in_title=term in in_title)
            found[topic].append(Evidence(hits[0].term, hits[0].start, hits[0].end, score))
    return found


def _by_term(hits: tuple[Hit, ...]) -> dict[str, list[Hit]]:
    grouped: defaultdict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        grouped[hit.key].append(hit)
    return grouped


def _score(hits: list[Hit], weight: int, *, is_in_title: bool) -> float:
    early = max(0.0, 1 - hits[0].start / EARLY) * EARLY_BONUS
    often = 0.35 * log(len(hits))
    return STRENGTH[weight] * (1 + early + often + (TITLE_BONUS if is_in_title else 0))


def _scores(evidence: dict[str, list[Evidence]], taxonomy: Taxonomy) -> dict[str, float]:
    own = {topic: sum(item.score for item in found) for topic, found in evidence.items()}
    scores = {}
    for topic in taxonomy.topics:
        if topic.id in own and topic.id not in taxonomy.branches:
            inherited = sum(own.get(parent, 0.0) for parent in topic.parents)
            scores[topic.id] = own[topic.id] + FROM_PARENT * inherited
    return scores
