"""Which articles are most alike?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import nlargest
from math import log

from kb.library.library import Library
from kb.model import Article, Slug

MOST_RELATED = 5
MOST_HOLDERS = 200
"""Articles of one tag that are compared; a tag that more have says little."""
UNIT = 1_000_000
"""Likeness is counted in millionths, so that the order of a sum has no say in it."""
FROM_SAME_TOPIC = UNIT
"""What a shared topic adds to the likeness of two articles, a rare shared tag adding up to 5."""

Kin = dict[Slug, tuple[tuple[Slug, tuple[str, ...]], ...]]
"""For each article those that share the rarest tags, with these tags, the most alike first."""


def grounds(library: Library) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """All that `kin` depends on: slug, topic and tags of each article, the latest first."""
    return tuple((article.slug, article.topic, article.tags) for article in library.latest)


def kin(library: Library) -> Kin:
    """The related articles of each article."""
    total = len(library.articles)
    shelves = {
        tag: _Shelf(round(UNIT * log(1 + total / len(holders))), _slugs(holders[:MOST_HOLDERS]))
        for tag, holders in library.by_tag.items()
    }
    topics = {article.slug: article.topic for article in library.articles}
    return {article.slug: _related(article, shelves, topics) for article in library.articles}


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What sharing a tag is worth, and the articles with it that are compared."""

    worth: int
    slugs: dict[Slug, None]


def _slugs(articles: Iterable[Article]) -> dict[Slug, None]:
    return dict.fromkeys(article.slug for article in articles)


def _related(
    article: Article, shelves: Mapping[str, _Shelf], topics: Mapping[Slug, str]
) -> tuple[tuple[Slug, tuple[str, ...]], ...]:
    scores: dict[Slug, int] = {}
    for tag in article.tags:
        worth = shelves[tag].worth
        for slug in shelves[tag].slugs:
            scores[slug] = scores.get(slug, 0) + worth
    scores.pop(article.slug, None)
    for slug in scores:
        if topics[slug] == article.topic:
            scores[slug] += FROM_SAME_TOPIC
    best = nlargest(MOST_RELATED, scores.values())
    ranking = sorted((-score, slug) for slug, score in scores.items() if score >= best[-1])
    return tuple(
        (slug, tuple(tag for tag in article.tags if slug in shelves[tag].slugs))
        for _, slug in ranking[:MOST_RELATED]
    )
