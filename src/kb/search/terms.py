"""By which terms is a document found, and how much does each say of it?"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import add

from kb.search.blocks import Document
from kb.search.folding import fold

TITLE = 4
"""What stands in the title has this much more impact, and so more than anything else has."""
MARKED = 2
"""What stands in a heading, or is a tag, says as much more as if it stood there four times."""
MOST = 3
"""The impact of what stands in the text eight times or more, or in a heading and twice."""
LONGEST = 32
"""Letters of a word; what is longer is found by its pairs of characters."""

_WORD = re.compile("[0-9a-z\u00df-\u00f6\u00f8-\u024f\u0370-\u052f\u1e00-\u1fff]+")
_ABOVE_ASCII = re.compile("[^\\x00-\\x7f]")


@dataclass(frozen=True, slots=True)
class Fields:
    """What of a document is searched, folded: its text, its title, its headings and tags."""

    text: str
    title: str
    marked: tuple[str, ...]


def fields(document: Document) -> Fields:
    """The fields of a document."""
    marked = (*document.tags, *document.heading_texts)
    return Fields(fold(document.text), fold(document.title), tuple(map(fold, marked)))


def terms(document: Document) -> dict[str, int]:
    """The impact, 0 to 7, of each term of a document."""
    return _weighed(fields(document), _terms) | dict.fromkeys(facets(document), 0)


def word_terms(searched: Fields) -> dict[str, int]:
    """The impact of each word in the fields of a document."""
    return _weighed(searched, _words)


def facets(document: Document) -> Iterable[str]:
    """The terms of a document by what it is filed under."""
    return (*(f"T{topic}" for topic in document.topics), *(f"G{fold(t)}" for t in document.tags))


def words(folded: str) -> list[str]:
    """The words of letters that have a case, and of digits, in a folded text."""
    return [word for word in _WORD.findall(folded) if len(word) <= LONGEST]


def _weighed(searched: Fields, terms_of: Callable[[str], Iterable[str]]) -> dict[str, int]:
    counts = Counter(terms_of(searched.text))
    found = {term: min(count.bit_length() - 1, MOST) for term, count in counts.items()}
    for term in {term for words in searched.marked for term in terms_of(words)}:
        found[term] = min(found.get(term, 0) + MARKED, MOST)
    for term in set(terms_of(searched.title)):
        found[term] = found.get(term, 0) + TITLE
    return found


def _terms(folded: str) -> Iterable[str]:
    """Each pair of characters, character above ASCII and word."""
    yield from map(add, folded, folded[1:])
    yield from _ABOVE_ASCII.findall(folded)
    yield from _words(folded)


def _words(folded: str) -> Iterable[str]:
    return (f"W{word}" for word in words(folded))
