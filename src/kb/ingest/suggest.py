"""Which topics would take in what no topic fits?"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.ingest.terms import of_taxonomy
from kb.library.taxonomy import Taxonomy
from kb.model import Article

FEWEST = 2
"""Articles that a topic must take in to be worth proposing."""
MOST_TERMS = 8
_LATIN = re.compile(r"(?<![A-Za-z0-9])[A-Z][A-Za-z0-9.+#-]{1,30}[A-Za-z0-9+#]")
_SAID_BY_ALL = 0.5
"""Share of all articles from which a word says nothing of what one is about."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A topic that might be added: its terms, the most telling first, and its articles."""

    terms: tuple[str, ...]
    articles: tuple[Article, ...]


def suggest(
    stray: Iterable[Article], everything: Iterable[Article], taxonomy: Taxonomy
) -> tuple[Suggestion, ...]:
    """Groups of the stray articles that share a word which is rare elsewhere, largest first.

    Each article is in one group; what shares nothing with another is in none.
    """
    by_slug: dict[str, Article] = {article.slug: article for article in stray}
    words = {slug: _words(article, taxonomy) for slug, article in by_slug.items()}
    common = _common(everything, taxonomy)
    waiting, found = dict(words), []
    while waiting:
        holders = _holders(waiting, common)
        best = max(holders, key=lambda word: (len(holders[word]), word), default="")
        if len(holders.get(best, ())) < FEWEST:
            break
        group = sorted(holders[best])
        counts = Counter(word for slug in group for word in waiting[slug] - common)
        ranking = sorted(counts, key=lambda word: (word != best, -counts[word], word))
        terms = tuple(word for word in ranking if counts[word] >= FEWEST)[:MOST_TERMS]
        found.append(Suggestion(terms, tuple(by_slug[slug] for slug in group)))
        waiting = {slug: waiting[slug] for slug in waiting.keys() - set(group)}
    return tuple(found)


def _holders(words: Mapping[str, frozenset[str]], common: frozenset[str]) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for slug, known in words.items():
        for word in known - common:
            found[word].add(slug)
    return found


def _words(article: Article, taxonomy: Taxonomy) -> frozenset[str]:
    """The terms and Latin names in an article's title and text, and its tags."""
    text = f"{article.title} {article.body}"
    terms = {hit.term for hit in of_taxonomy(taxonomy).find(text)}
    known = {term.lower() for term in terms}
    names = {name for name in _LATIN.findall(text) if name.lower() not in known}
    return frozenset({*terms, *names, *article.tags})


def _common(everything: Iterable[Article], taxonomy: Taxonomy) -> frozenset[str]:
    articles = tuple(everything)
    counts = Counter(word for article in articles for word in _words(article, taxonomy))
    return frozenset(word for word in counts if counts[word] > _SAID_BY_ALL * len(articles))
