"""Which tags would an editor put on a text?"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import log

from kb.ingest.terms import Reading, spelled_weights, topic_weights
from kb.library.spelling import fold_spelling
from kb.library.taxonomy import OTHER, Taxonomy
from kb.library.vocabulary import spellings

MOST = 6
EARLY = 200
"""Characters from the start within which a name says more of what the text is about."""
WEAKEST = 1.4
"""Score that a name seen once, late, and foreign to the topic does not reach."""
EARLY_BONUS = 0.5
TITLE_BONUS = 0.9
TOPICAL = (0.0, 1.4, 1.7, 2.1)
"""What a tag gains where one of its spellings is a term of that weight for the text's topic."""
SUBJECT_BONUS = 1.3
"""What it gains where it is the name of a branch that the topic belongs to."""
PROPER_BONUS = 0.7
"""What it gains where it is written with a capital, as a proper name is."""
GENERAL = (0.3, 0.8, 0.3, 0.0)
"""What it loses by the strongest weight of its spellings: a hint is not a subject."""
FEWEST_REPEATS = 3
"""Times a Latin name that the vocabulary does not know must stand in a text."""
SHORTEST, LONGEST = 3, 40
"""Characters of such a name: two letters are a common abbreviation (AI, IO, ID)."""

_LATIN_NAME = re.compile(r"(?<![A-Za-z0-9_\\/.])[A-Z][A-Za-z0-9+.-]*[A-Za-z0-9](?![A-Za-z0-9_])")
_IS_NAME = re.compile(r"(?=.*[A-Z].*[A-Z]|.*\d)(?=.*[A-Z])")


def tag(reading: Reading, topic: str, taxonomy: Taxonomy) -> tuple[str, ...]:
    """At most MOST canonical tags, the most telling first."""
    names, gains = spellings(taxonomy), _gains(taxonomy)
    in_title = {names[hit.key] for hit in reading.title_hits if hit.key in names}
    places: dict[str, list[int]] = {}
    for start, name in _outermost(_named(reading, taxonomy)):
        places.setdefault(name, []).append(start)
    scores = {
        name: gains[name].get(topic, gains[name][""]) + _score(starts, is_in_title=name in in_title)
        for name, starts in places.items()
    }
    scores |= _unknown_names(reading.text, names)
    ranking = sorted((-score, name) for name, score in scores.items() if score >= WEAKEST)
    return tuple(name for _, name in ranking[:MOST])


def _score(starts: list[int], *, is_in_title: bool) -> float:
    early = max(0.0, 1 - starts[0] / EARLY)
    return EARLY_BONUS * early + log(len(starts)) + (TITLE_BONUS if is_in_title else 0)


def _named(reading: Reading, taxonomy: Taxonomy) -> list[tuple[int, int, str]]:
    """Start, -end and tag of the hits of tags, from the left, the longest first.

    What is written as another word is none of them: ReAct is not React.
    """
    names, foreign = spellings(taxonomy), _foreign(taxonomy)
    return sorted(
        (start, -end, names[key])
        for key, _, start, end in reading.hits
        if key in names and reading.text[start:end] not in foreign
    )


def _outermost(hits: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, str]]:
    """Start and tag of those not inside a longer one (self-attention, not attention)."""
    reach = 0
    for start, end, name in hits:
        if -end > reach:
            reach = -end
            yield start, name


def _unknown_names(text: str, names: dict[str, str]) -> dict[str, float]:
    found = Counter(name for name in _LATIN_NAME.findall(text) if _IS_NAME.match(name))
    return {
        name: WEAKEST + log(count / FEWEST_REPEATS)
        for name, count in found.items()
        if count >= FEWEST_REPEATS
        and SHORTEST <= len(name) <= LONGEST
        and fold_spelling(name) not in names
    }


@lru_cache(maxsize=8)
def _foreign(taxonomy: Taxonomy) -> frozenset[str]:
    """What topics spell in another way than the tags do, where tags have the same word."""
    own = {word for name in taxonomy.tags for word in (name.tag, name.chinese, *name.aliases)}
    return frozenset(spelled_weights(taxonomy).keys() - own)


@lru_cache(maxsize=8)
def _gains(taxonomy: Taxonomy) -> dict[str, dict[str, float]]:
    """What each tag gains in a text of each topic that it speaks for, and of others, by ""."""
    names, weights = spellings(taxonomy), topic_weights(taxonomy)
    spoken: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for key, name in names.items():
        for topic, weight in weights.get(key, ()):
            spoken[name][topic] = max(weight, spoken[name].get(topic, 0))
    subjects = _subjects(taxonomy)
    gains = {}
    for name in names.values():
        strongest = max((w for topic, w in spoken[name].items() if topic != OTHER), default=0)
        plain = PROPER_BONUS * name[:1].isupper() - GENERAL[strongest]
        gains[name] = {"": plain} | {
            topic.id: plain
            + TOPICAL[spoken[name].get(topic.id, 0)]
            + SUBJECT_BONUS * (name in subjects.get(topic.id, ()))
            for topic in taxonomy.topics
            if topic.id in spoken[name] or name in subjects.get(topic.id, ())
        }
    return gains


def _subjects(taxonomy: Taxonomy) -> dict[str, frozenset[str]]:
    """For each topic the tags that are names of the branches above it."""
    names = spellings(taxonomy)
    called = {
        topic.id: {names[key] for _, name in topic.names if (key := fold_spelling(name)) in names}
        for topic in taxonomy.topics
    }
    return {
        topic.id: frozenset(name for parent in topic.parents for name in called[parent])
        for topic in taxonomy.topics
    }
