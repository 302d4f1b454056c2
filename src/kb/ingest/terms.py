"""Where in a text does each term of the taxonomy stand?"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from kb.ingest.titles import Lexicon
from kb.library.spelling import JOINTS, fold_spelling
from kb.library.taxonomy import Taxonomy

LOOKED_AT = 20_000
"""Characters of a text that are searched; the subject shows long before."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A term in a text: `key` is the folded term, `start` and `end` are offsets in the text."""

    key: str
    term: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A text and its title, with the terms that stand in each."""

    text: str
    hits: tuple[Hit, ...]
    title_hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class _Pattern:
    key: str
    term: str
    joints: int


class Terms:
    """Finds all terms in one pass, whatever their case, width, hyphens and inner spaces."""

    def __init__(self, terms: Iterable[str]) -> None:
        folded = ((fold_spelling(term), term) for term in terms)
        patterns = {key: _Pattern(key, term, _joints_in(term)) for key, term in folded if key}
        self._patterns = tuple(patterns.values())
        self._automaton = AhoCorasick(list(patterns)) if patterns else None

    def find(self, text: str) -> tuple[Hit, ...]:
        """The hits in `text`, overlapping ones included, in order of their end."""
        if self._automaton is None:
            return ()
        folded, offsets = _fold(text[:LOOKED_AT])
        hits = []
        for number, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            first, last = offsets[start], offsets[end - 1]
            pattern = self._patterns[number]
            if _is_whole(text, first, last) and _joints_in(text[first:last]) <= pattern.joints + 1:
                hits.append(Hit(pattern.key, pattern.term, first, last + 1))
        return tuple(hits)


def read(text: str, title: str, taxonomy: Taxonomy) -> Reading:
    """The terms of the taxonomy in a text and in its title."""
    finder = of_taxonomy(taxonomy)
    return Reading(text, finder.find(text), finder.find(title))


@lru_cache(maxsize=8)
def of_taxonomy(taxonomy: Taxonomy) -> Terms:
    """The finder of all terms, tags and aliases of a taxonomy."""
    words = [term.text for topic in taxonomy.topics for term in topic.terms]
    spellings = [word for name in taxonomy.tags for word in (name.tag, name.chinese, *name.aliases)]
    return Terms([*words, *spellings])


@lru_cache(maxsize=8)
def topic_weights(taxonomy: Taxonomy) -> dict[str, tuple[tuple[str, int], ...]]:
    """For each folded term the topics that it speaks for, with its weight there."""
    weights: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for topic in taxonomy.topics:
        for term in topic.terms:
            weights[fold_spelling(term.text)].append((topic.id, term.weight))
    return {term: tuple(topics) for term, topics in weights.items()}


@lru_cache(maxsize=8)
def lexicon_of(taxonomy: Taxonomy) -> Lexicon:
    """What the finder of titles may know: names that speak for a subject, and mere carriers.

    A carrier is a term that is a weak hint wherever it stands.
    """
    spoken = topic_weights(taxonomy)
    strongest = {term: max(weight for _, weight in topics) for term, topics in spoken.items()}
    names = {term for term, weight in strongest.items() if weight > 1}
    tags = {
        fold_spelling(word): fold_spelling(name.tag)
        for name in taxonomy.tags
        for word in (name.tag, name.chinese, *name.aliases)
        if word
    }
    carriers = {term for term, weight in strongest.items() if weight == 1}
    of_tag: dict[str, tuple[tuple[str, int], ...]] = {}
    for spelling, tag in tags.items():
        of_tag[tag] = max(of_tag.get(tag, ()), spoken.get(spelling, ()), key=_loudest)
    heard = {spelling: of_tag[tag] for spelling, tag in tags.items()} | spoken
    known = names | tags.keys() - carriers
    return Lexicon(frozenset(known), frozenset(carriers), frozenset(heard.items()), tags)


def _loudest(weights: tuple[tuple[str, int], ...]) -> int:
    return max((weight for _, weight in weights), default=0)


def _joints_in(text: str) -> int:
    return len(JOINTS.findall(text))


def _is_whole(text: str, first: int, last: int) -> bool:
    """Whether no Latin word and no number is cut at either end, a plural s aside."""
    if first and _belong_together(text[first - 1], text[first]):
        return False
    after = text[last + 1 : last + 3]
    if not after or not _belong_together(text[last], after[0]):
        return True
    return after[0] == "s" and not (len(after) > 1 and _is_latin(after[1]))


def _belong_together(one: str, other: str) -> bool:
    return (_is_latin(one) and _is_latin(other)) or (one.isdigit() and other.isdigit())


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _fold(text: str) -> tuple[str, list[int]]:
    """The folded text and for each of its characters the offset that it came from."""
    folded, offsets = [], []
    for offset, character in enumerate(text):
        if character in " -_\t‐‑‒–—":
            continue
        for part in _folded_character(character):
            folded.append(part)
            offsets.append(offset)
    return "".join(folded), offsets


@lru_cache(maxsize=16384)
def _folded_character(character: str) -> str:
    return unicodedata.normalize("NFKC", character).lower()
