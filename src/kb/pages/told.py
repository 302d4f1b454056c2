"""What do the maps say in words?"""

from collections import defaultdict
from dataclasses import dataclass

from kb.pages.graph_views import GraphView, Sheaf, Star, Way
from kb.pages.parts import CountedLink


@dataclass(frozen=True, slots=True)
class ToldTopic:
    """A topic, and the topics that it is tied to, with what ties them, the nearest first."""

    topic: CountedLink
    others: tuple[tuple[CountedLink, Way], ...]


@dataclass(frozen=True, slots=True)
class ToldArticle:
    """An article, those that it links to, and those that are related."""

    star: Star
    links: tuple[Star, ...]
    kin: tuple[Star, ...]


def told_topics(view: GraphView) -> tuple[ToldTopic, ...]:
    """What the map of all topics shows."""
    discs = [disc for region in view.regions for disc in region.discs]
    others: list[list[tuple[CountedLink, Way]]] = [[] for _ in discs]
    for way in view.ways:
        one, other = way.ends
        others[one].append((discs[other], way))
        others[other].append((discs[one], way))
    return tuple(ToldTopic(disc, tuple(o)) for disc, o in zip(discs, others, strict=True))


def told_articles(sheaf: Sheaf) -> tuple[ToldArticle, ...]:
    """What the threads of a sheaf join, without the articles that no thread begins at."""
    stars = [star for cluster in sheaf.clusters for star in cluster.stars]
    links: defaultdict[int, list[Star]] = defaultdict(list)
    kin: defaultdict[int, list[Star]] = defaultdict(list)
    for thread in sheaf.threads:
        start, end = thread.ends
        (links if thread.is_link else kin)[start].append(stars[end])
    return tuple(
        ToldArticle(star, tuple(links[number]), tuple(kin[number]))
        for number, star in enumerate(stars)
        if number in links or number in kin
    )
