"""Which tags would an editor put on a text?"""

import re
from collections import Counter, defaultdict
from functools import lru_cache
from math import log

from kb.ingest.terms import Hit, Reading, topic_weights
from kb.library.spelling import fold_spelling
from kb.library.taxonomy import OTHER, Taxonomy
from kb.library.vocabulary import spellings

MOST = 6
EARLY = 200
WEAKEST = 1.2
"""Score that a name seen once, late, and foreign to the topic does not reach."""
SPECIFIC = {1: -0.2, 2: 0.0, 3: 0.2}
"""What the weight of its strongest term adds: a proper name is a better tag than a hint."""
FEWEST_REPEATS = 3
"""Times a Latin name that the vocabulary does not know must stand in a text."""

_LATIN_NAME = re.compile(r"(?<![A-Za-z0-9_\\/.])[A-Z][A-Za-z0-9+.-]*[A-Za-z0-9](?![A-Za-z0-9_])")
_IS_NAME = re.compile(r"(?=.*[A-Z].*[A-Z]|.*\d)(?=.*[A-Z])")


def tag(reading: Reading, topic: str, taxonomy: Taxonomy) -> tuple[str, ...]:
    """At most MOST canonical tags, the most telling first."""
    names = spellings(taxonomy)
    in_title = {names[hit.key] for hit in reading.title_hits if hit.key in names}
    places: defaultdict[str, list[int]] = defaultdict(list)
    for hit in _outermost(reading.hits, names):
        places[names[hit.key]].append(hit.start)
    of_topic = _tags_of_topics(taxonomy).get(topic, frozenset())
    bonus = _bonus(taxonomy)
    scores = {
        name: bonus.get(name, 0.0)
        + _score(starts, is_in_title=name in in_title, is_of_topic=name in of_topic)
        for name, starts in places.items()
    }
    scores |= _unknown_names(reading.text, names)
    ranking = sorted(scores, key=lambda name: (-scores[name], name))
    return tuple(name for name in ranking if scores[name] >= WEAKEST)[:MOST]


def _score(starts: list[int], *, is_in_title: bool, is_of_topic: bool) -> float:
    early = max(0.0, 1 - min(starts) / EARLY)
    return 0.5 * early + 0.6 * log(1 + len(starts)) + 1.5 * is_in_title + 0.6 * is_of_topic


def _outermost(hits: tuple[Hit, ...], names: dict[str, str]) -> tuple[Hit, ...]:
    """The hits of tags that do not lie inside a longer one (self-attention, not attention)."""
    known = [hit for hit in hits if hit.key in names]
    longest_first = sorted(known, key=lambda hit: (hit.start - hit.end, hit.start))
    covered: set[int] = set()
    kept = []
    for hit in longest_first:
        if not covered.issuperset(range(hit.start, hit.end)):
            kept.append(hit)
            covered.update(range(hit.start, hit.end))
    return tuple(kept)


def _unknown_names(text: str, names: dict[str, str]) -> dict[str, float]:
    found = Counter(name for name in _LATIN_NAME.findall(text) if _IS_NAME.match(name))
    return {
        name: 0.6 * log(1 + count)
        for name, count in found.items()
        if count >= FEWEST_REPEATS and fold_spelling(name) not in names and len(name) <= 40
    }


@lru_cache(maxsize=8)
def _tags_of_topics(taxonomy: Taxonomy) -> dict[str, frozenset[str]]:
    """For each topic the tags that its own terms spell."""
    names, weights = spellings(taxonomy), topic_weights(taxonomy)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for term, topics in weights.items():
        for topic, weight in topics:
            if term in names and weight > 1:
                found[topic].add(names[term])
    return {topic: frozenset(tags) for topic, tags in found.items()}


@lru_cache(maxsize=8)
def _bonus(taxonomy: Taxonomy) -> dict[str, float]:
    """What each tag that is also a term gains or loses by its strongest weight."""
    names, found = spellings(taxonomy), dict[str, int]()
    for term, topics in topic_weights(taxonomy).items():
        weights = [weight for topic, weight in topics if topic != OTHER]
        if term in names and weights:
            found[names[term]] = max(found.get(names[term], 0), *weights)
    return {name: SPECIFIC[weight] for name, weight in found.items()}
