"""Which articles are tied to each other, and with them which topics?"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import isqrt

from kb.model import Slug
from kb.pages.context import Context
from kb.pages.graph_views import Way

LINK = 3
"""What a link is worth beside two articles that share tags: a person made it."""
UNIT = 1_000_000
"""Nearness is counted in millionths, in whole numbers, so that no platform rounds otherwise."""
SHOWN = 2
"""A way that is among so many strongest of both topics shows at once, or the strongest of one."""
TOLD = 5
"""The strongest ways of each topic that the map knows at all."""

WEIGHTS = ((8, 3), (4, 6), (2, 12))
"""A way is one step heavier with this part of the strongest one's worth, and this at least."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Tie:
    """How many links, and how many pairs of related articles, lie between two topics."""

    links: int
    kin: int

    @property
    def worth(self) -> int:
        """How strong it is."""
        return LINK * self.links + self.kin


@dataclass(frozen=True, slots=True)
class Ties:
    """What ties the articles: where each one's text leads, pairs that are related, and how often.

    `degrees` are the numbers of links from and to each article.
    """

    links: Mapping[Slug, tuple[Slug, ...]]
    kin: frozenset[tuple[Slug, Slug]]
    degrees: Mapping[Slug, int]


def ties(context: Context) -> Ties:
    """The ties of all articles."""
    links = _links(context)
    degrees = Counter(slug for slug, there in links.items() for slug in (slug, *there))
    for slug, there in links.items():
        degrees[slug] += len(there) - 1
    pairs = (
        (slug, other) if slug < other else (other, slug)
        for slug, others in context.related.items()
        for other, _ in others
    )
    return Ties(links, frozenset(pairs), degrees)


def _links(context: Context) -> dict[Slug, tuple[Slug, ...]]:
    place_of, found = context.reader.links.place, {}
    for article in context.library.articles:
        places = map(place_of, context.briefs[article.path].references)
        slugs = dict.fromkeys(place.article.slug for place in places if place)
        slugs.pop(article.slug, None)
        if slugs:
            found[article.slug] = tuple(slugs)
    return found


def between(ties: Ties, topics: Mapping[Slug, str]) -> dict[Pair, Tie]:
    """What lies between the topics of articles; pairs and topics in alphabetical order."""
    by_link = Counter((topics[a], topics[b]) for a, there in ties.links.items() for b in there)
    by_kin = Counter((topics[a], topics[b]) for a, b in ties.kin)
    return _tied(_crossing(by_link), _crossing(by_kin))


def gathered(tied: Mapping[Pair, Tie], homes: Mapping[str, str]) -> dict[Pair, Tie]:
    """What lies between the homes of topics, as `between` gives it."""
    by_link, by_kin = Counter[Pair](), Counter[Pair]()
    for (one, other), tie in tied.items():
        by_link[homes[one], homes[other]] += tie.links
        by_kin[homes[one], homes[other]] += tie.kin
    return _tied(_crossing(by_link), _crossing(by_kin))


def _tied(by_link: Counter[Pair], by_kin: Counter[Pair]) -> dict[Pair, Tie]:
    pairs = sorted(by_link.keys() | by_kin.keys())
    return {pair: Tie(by_link[pair], by_kin[pair]) for pair in pairs}


def _crossing(counts: Mapping[Pair, int]) -> Counter[Pair]:
    """How many pairs lie between two topics, either way."""
    found: Counter[Pair] = Counter()
    for (one, other), count in counts.items():
        if one != other:
            found[(one, other) if one < other else (other, one)] += count
    return found


def ways(tied: Mapping[Pair, Tie], counts: Mapping[str, int]) -> tuple[Way, ...]:
    """The ways between topics in the order of `counts`, their sizes; the nearest topics first.

    Nearness is the worth of what ties them by the geometric mean of their sizes, as otherwise
    all would be nearest to the largest.
    """
    number = {topic: position for position, topic in enumerate(counts)}
    near = {pair: _nearness(tie, counts[pair[0]] * counts[pair[1]]) for pair, tie in tied.items()}
    ranking = sorted(near, key=lambda pair: (-near[pair], pair))
    strongest = max((tie.worth for tie in tied.values()), default=0)
    rank: Counter[str] = Counter()
    found = []
    for pair in ranking:
        rank.update(pair)
        first, last = sorted(rank[topic] for topic in pair)
        if first <= TOLD:
            tie, (one, other) = tied[pair], sorted(number[topic] for topic in pair)
            is_main = first == 1 or last <= SHOWN
            found.append(Way((one, other), tie.links, tie.kin, _weight(tie, strongest), is_main))
    return tuple(found)


def _weight(tie: Tie, strongest: int) -> int:
    return sum(tie.worth * part >= strongest and tie.worth >= least for part, least in WEIGHTS)


def _nearness(tie: Tie, product: int) -> int:
    return UNIT * tie.worth // max(1, isqrt(UNIT * product))
