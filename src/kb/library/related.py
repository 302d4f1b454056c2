"""Which articles are most alike?"""

from collections import defaultdict
from collections.abc import Iterable
from math import log

from kb.library.library import Library
from kb.model import Article, Slug

MOST_RELATED = 5
MOST_HOLDERS = 200
"""Articles of one tag that are compared; a tag that more have says little."""
FROM_SAME_TOPIC = 1.0
"""What a shared topic adds to the likeness of two articles, a rare shared tag adding up to 5."""

Kin = dict[Slug, tuple[tuple[Slug, tuple[str, ...]], ...]]
"""For each article those that share the rarest tags, with these tags, the most alike first."""


def grounds(library: Library) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """All that `kin` depends on: slug, topic and tags of each article, the latest first."""
    return tuple((article.slug, article.topic, article.tags) for article in library.latest)


def kin(library: Library) -> Kin:
    """The related articles of each article."""
    weights = {
        tag: log(1 + len(library.articles) / len(holders))
        for tag, holders in library.by_tag.items()
    }
    compared = {tag: holders[:MOST_HOLDERS] for tag, holders in library.by_tag.items()}
    return {
        article.slug: _related(article, ((t, weights[t], compared[t]) for t in article.tags))
        for article in library.articles
    }


def _related(
    article: Article, tags: Iterable[tuple[str, float, tuple[Article, ...]]]
) -> tuple[tuple[Slug, tuple[str, ...]], ...]:
    scores: defaultdict[Slug, float] = defaultdict(float)
    shared: defaultdict[Slug, list[str]] = defaultdict(list)
    near: set[Slug] = set()
    for tag, weight, holders in tags:
        for other in holders:
            scores[other.slug] += weight
            shared[other.slug].append(tag)
            if other.topic == article.topic:
                near.add(other.slug)
    for slug in near:
        scores[slug] += FROM_SAME_TOPIC
    scores.pop(article.slug, None)
    ranking = sorted((-round(score, 6), slug) for slug, score in scores.items())
    return tuple((slug, tuple(shared[slug])) for _, slug in ranking[:MOST_RELATED])
