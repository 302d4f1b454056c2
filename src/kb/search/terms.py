"""By which terms is a document found, and how much does each say of it?"""

import re
from collections import Counter
from collections.abc import Iterable
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


def terms(document: Document) -> dict[str, int]:
    """The impact, 0 to 7, of each term of a document."""
    counts = _counts(fold(document.text))
    title = set(_counts(fold(document.title)))
    marked = set[str]().union(
        *(_counts(fold(words)) for words in (*document.tags, *document.heading_texts))
    )
    found = {term: level.bit_length() - 1 for term, level in counts.items()}
    found = {term: min(level, MOST) for term, level in found.items()}
    for term in marked:
        found[term] = min(found.get(term, 0) + MARKED, MOST)
    for term in title:
        found[term] = found.get(term, 0) + TITLE
    return found | dict.fromkeys(facets(document), 0)


def facets(document: Document) -> Iterable[str]:
    """The terms of a document by what it is filed under."""
    return (*(f"T{topic}" for topic in document.topics), *(f"G{fold(t)}" for t in document.tags))


def words(folded: str) -> list[str]:
    """The words of letters that have a case, and of digits, in a folded text."""
    return [word for word in _WORD.findall(folded) if len(word) <= LONGEST]


def _counts(folded: str) -> Counter[str]:
    """How often each pair of characters, character above ASCII and word is there."""
    found = Counter(map(add, folded, folded[1:]))
    found.update(_ABOVE_ASCII.findall(folded))
    found.update(f"W{word}" for word in words(folded))
    return found
