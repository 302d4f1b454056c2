"""Where in a text does each term of the taxonomy stand?"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from kb.ingest.titles import Lexicon
from kb.library.spelling import JOINTS, fold_character, fold_spelling
from kb.library.taxonomy import Taxonomy

Weights = tuple[tuple[str, int], ...]
"""Topics with the weight from 1 to 3 that a term has there."""

LOOKED_AT = 20_000
"""Characters of a text that are searched; the subject shows long before."""

_ODD = re.compile(r"([^!-,./0-9:-^`a-~\u4e00-\u9fff\u3001\u3002])")
"""A character that may fold to none or to several: joints, full width, all but the plainest."""
_CJK = "\u3400"
_INSIDE = re.compile(r"(?<=[A-Za-z])(?=[A-Za-z])|(?<=\d)(?=\d)")
"""Between two letters of a Latin word, or two digits."""
_PLURAL = re.compile(r"s(?![A-Za-z])")


class Hit(NamedTuple):
    """A term in a text: `key` is the folded term, `start` and `end` are offsets in the text."""

    key: str
    term: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A text and its title, with the terms that stand in each, and in its other possible titles."""

    text: str
    hits: tuple[Hit, ...]
    title_hits: tuple[Hit, ...]
    other_hits: tuple[Hit, ...] = ()


class _Pattern(NamedTuple):
    """A folded term, the term, and whether it may begin or end in a Latin word or a number."""

    key: str
    term: str
    has_edge: bool


class Terms:
    """Finds all terms in one pass, whatever their case, width, hyphens and inner spaces."""

    def __init__(self, terms: Iterable[str]) -> None:
        longest: dict[str, str] = {}
        for term in terms:
            key = fold_spelling(term)
            longest[key] = max(term, longest.get(key, ""), key=len)
        longest.pop("", None)
        self._patterns = tuple(
            _Pattern(key, term, has_edge=key[0] < _CJK or key[-1] < _CJK)
            for key, term in longest.items()
        )
        self._automaton = _automaton(list(longest)) if longest else None

    def find(self, text: str) -> tuple[Hit, ...]:
        """The hits in `text`, overlapping ones included, in order of their end."""
        if self._automaton is None:
            return ()
        parts = _ODD.split(text[:LOOKED_AT])
        begins = [0, *accumulate(map(len, parts))]  # of the parts, in the text
        parts[1::2] = map(fold_character, parts[1::2])
        folded = [0, *accumulate(map(len, parts))]  # the same in the folded text
        found = self._automaton.find_matches_as_indexes("".join(parts).lower(), overlapping=True)
        hits = []
        for number, start, end in found:
            key, term, has_edge = self._patterns[number]
            part = bisect_right(folded, start) - 1
            first = begins[part] + (0 if part % 2 else start - folded[part])
            part = bisect_right(folded, end - 1, part) - 1
            last = begins[part] + (0 if part % 2 else end - 1 - folded[part])
            if has_edge and not _is_whole(text, first, last + 1):
                continue
            if last - first < len(key) or _is_one(text[first:last], term):
                hits.append(Hit(key, term, first, last + 1))
        return tuple(hits)


def _automaton(keys: list[str]) -> AhoCorasick:
    return AhoCorasick(keys, implementation=Implementation.ContiguousNFA, store_patterns=False)


def read(text: str, title: str, taxonomy: Taxonomy, others: Iterable[str] = ()) -> Reading:
    """The terms of the taxonomy in a text, in its title, and in `others` that it might have."""
    find = of_taxonomy(taxonomy).find
    return Reading(text, find(text), find(title), find("\n".join(others)))


@lru_cache(maxsize=8)
def of_taxonomy(taxonomy: Taxonomy) -> Terms:
    """The finder of all terms, tags and aliases of a taxonomy."""
    words = [term.text for topic in taxonomy.topics for term in topic.terms]
    spellings = [word for name in taxonomy.tags for word in (name.tag, name.chinese, *name.aliases)]
    return Terms([*words, *spellings])


@lru_cache(maxsize=8)
def topic_weights(taxonomy: Taxonomy) -> dict[str, Weights]:
    """For each folded term the topics that it speaks for, with its weight there."""
    weights: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for topic in taxonomy.topics:
        for term in topic.terms:
            weights[fold_spelling(term.text)].append((topic.id, term.weight))
    return {term: tuple(topics) for term, topics in weights.items()}


@lru_cache(maxsize=8)
def spelled_weights(taxonomy: Taxonomy) -> dict[str, Weights]:
    """The same for what topics spell in different ways (React, ReAct), by the very spelling.

    Where a text has one of these spellings, it speaks for the topics alone that have it so.
    """
    written: defaultdict[str, defaultdict[str, list[tuple[str, int]]]]
    written = defaultdict(lambda: defaultdict(list))
    for topic in taxonomy.topics:
        for term in topic.terms:
            written[fold_spelling(term.text)][term.text].append((topic.id, term.weight))
    return {
        spelling: tuple(topics)
        for key, spelled in written.items()
        if len(spelled) > 1
        for spelling, topics in spelled.items()
        if spelling != key
    }


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
    of_tag: dict[str, Weights] = {}
    for spelling, tag in tags.items():
        of_tag[tag] = max(of_tag.get(tag, ()), spoken.get(spelling, ()), key=_loudest)
    heard = {spelling: of_tag[tag] for spelling, tag in tags.items()} | spoken
    known = names | tags.keys() - carriers
    return Lexicon(frozenset(known), frozenset(carriers), frozenset(heard.items()), tags)


def _loudest(weights: tuple[tuple[str, int], ...]) -> int:
    return max((weight for _, weight in weights), default=0)


def _joints_in(text: str) -> int:
    return len(JOINTS.findall(text))


def _is_one(found: str, term: str) -> bool:
    """Whether a term stands in one piece: with at most one joint more than it has."""
    return _joints_in(found) <= _joints_in(term) + 1


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no Latin word and no number is cut at either end, a plural s aside."""
    return _INSIDE.match(text, start) is None and (
        _INSIDE.match(text, end) is None or _PLURAL.match(text, end) is not None
    )
