"""What may the templates of the map see, and that of the articles around one?"""

from dataclasses import dataclass

from kb.pages.parts import CountedLink, Link
from kb.pages.views import View


@dataclass(frozen=True, slots=True)
class Region:
    """Topics that stand together on the map: those of a branch, or all without one."""

    name: Link | None
    discs: tuple[CountedLink, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """What ties two discs, by their numbers over all regions: links, and pairs of related articles.

    `weight` is from 0 to 3; `is_main` says that it is one of the strongest.
    """

    ends: tuple[int, int]
    links: int
    kin: int
    weight: int
    is_main: bool


@dataclass(frozen=True, slots=True)
class Star:
    """An article on the map, in its language."""

    label: str
    path: str
    lang: str


@dataclass(frozen=True, slots=True)
class Cluster:
    """Articles that stand together in a sheaf, under a name if there are several such."""

    name: Link | None
    stars: tuple[Star, ...]


@dataclass(frozen=True, slots=True)
class Thread:
    """What ties two articles of a sheaf, by their numbers over all clusters.

    A link from the first to the second, or else that they are related.
    """

    ends: tuple[int, int]
    is_link: bool


@dataclass(frozen=True, slots=True)
class Sheaf:
    """Articles with all that ties them; `more` are left out, as less is tied to them."""

    clusters: tuple[Cluster, ...]
    threads: tuple[Thread, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphView(View):
    """graph.html: all topics, and all articles where they are not too many (else `sheaf` is None).

    `ways` begin with the strongest.
    """

    regions: tuple[Region, ...]
    ways: tuple[Way, ...]
    sheaf: Sheaf | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicGraphView(View):
    """topic_graph.html: the articles of a topic, and the topics that they are tied to most.

    `children` are the maps of its subtopics, `beyond` those of others with the number of ties,
    `topic` is its page.
    """

    topic: CountedLink
    children: tuple[CountedLink, ...]
    sheaf: Sheaf
    beyond: tuple[CountedLink, ...]
