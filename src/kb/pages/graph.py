"""What is on the map of the library, and on that of each topic?"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest

from kb.library.taxonomy import Topic
from kb.model import Article, Slug
from kb.pages.context import Context, Page
from kb.pages.graph_views import Cluster, GraphView, Region, Sheaf, Star, Thread, TopicGraphView
from kb.pages.parts import CountedLink, Link
from kb.pages.ties import Pair, Tie, Ties, between, gathered, ties, ways

MOST_DISCS = 120
"""Topics on the map; where there are more, those of the lowest levels count as the one above."""
MOST_STARS = 100
"""Articles that are listed with their threads."""
MOST_BEYOND = 8
"""Other topics that the map of a topic names."""


def plan(context: Context) -> Iterator[Page]:
    """graph/index, and graph/<topic> for every topic that holds articles; nothing without any."""
    if "graph" not in context.sections:
        return
    maps = _Maps(context, ties(context))
    yield Page(context.paths.graph(), "graph.html", maps.whole())
    beyond = maps.beyond()
    for topic in context.library.taxonomy.topics:
        if context.library.under(topic.id):
            view = maps.part(topic, beyond[topic.id])
            yield Page(view.path, "topic_graph.html", view)


@dataclass(frozen=True, eq=False)
class _Maps:
    """What all maps of a library are drawn from."""

    context: Context
    ties: Ties

    def whole(self) -> GraphView:
        """The map of all topics."""
        branches = self._branches()
        counts = {topic: count for branch in branches.values() for topic, count in branch.items()}
        latest = self.context.library.latest
        return GraphView(
            title=self.context.word("graph"),
            description=self.context.word("graph_description"),
            lang=self.context.config.language,
            path=self.context.paths.graph(),
            regions=tuple(self._region(root, branch) for root, branch in branches.items()),
            ways=ways(gathered(self._tied, self._homes), counts),
            sheaf=self._sheaf(latest, self._root) if 0 < len(latest) <= MOST_STARS else None,
        )

    def part(self, topic: Topic, beyond: Mapping[str, int]) -> TopicGraphView:
        """The map of a topic; `beyond` is how often its articles are tied to other topics."""
        context = self.context
        articles = context.library.under(topic.id)
        name, page = context.topic_link(topic.id).label, context.paths.topic(topic.id)
        home = Link(context.word("graph"), context.paths.graph())
        strongest = nsmallest(MOST_BEYOND, beyond, key=lambda other: (-beyond[other], other))
        return TopicGraphView(
            title=context.word("topic_graph", topic=name),
            description=context.word("topic_graph_description", topic=name),
            lang=context.config.language,
            path=context.paths.graph(topic.id),
            crumbs=(home, *map(self._link, topic.parents)),
            topic=CountedLink(name, page, len(articles)),
            children=tuple(
                self._counted(child.id, len(below))
                for child in context.library.taxonomy.children(topic.id)
                if (below := context.library.under(child.id))
            ),
            sheaf=self._sheaf(articles, lambda article: article.topic),
            beyond=tuple(self._counted(other, beyond[other]) for other in strongest),
        )

    def beyond(self) -> Mapping[str, Counter[str]]:
        """How often the articles under each topic are tied to those right in each other topic."""
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        topics = self.context.library.taxonomy.by_id
        for pair, tie in self._tied.items():
            for here, there in (pair, pair[::-1]):
                outside = {there, *topics[there].parents}
                for topic in (here, *topics[here].parents):
                    if topic not in outside:
                        found[topic][there] += tie.links + tie.kin
        return found

    @cached_property
    def _tied(self) -> Mapping[Pair, Tie]:
        articles = self.context.library.articles
        return between(self.ties, {article.slug: article.topic for article in articles})

    def _link(self, topic: str) -> Link:
        return Link(self.context.topic_link(topic).label, self.context.paths.graph(topic))

    def _counted(self, topic: str, count: int) -> CountedLink:
        return CountedLink(self._link(topic).label, self._link(topic).path, count)

    def _region(self, root: str, branch: Mapping[str, int]) -> Region:
        discs = tuple(self._counted(topic, count) for topic, count in branch.items())
        return Region(self._link(root) if root else None, discs)

    def _branches(self) -> dict[str, dict[str, int]]:
        """The sizes of all discs below the first level, those that are a whole branch last."""
        by_topic = self.context.library.by_topic
        sizes: Counter[str] = Counter()
        for filed, articles in by_topic.items():
            sizes[self._homes[filed]] += len(articles)
        found: dict[str, dict[str, int]] = {}
        for topic in self.context.library.taxonomy.topics:
            if topic.id in sizes:
                root = (*topic.parents, topic.id)[0]
                found.setdefault(root, {})[topic.id] = sizes[topic.id]
        alone = {root: branch[root] for root, branch in found.items() if [*branch] == [root]}
        named = {root: branch for root, branch in found.items() if root not in alone}
        return {**named, "": alone} if alone else named

    @cached_property
    def _homes(self) -> Mapping[str, str]:
        """In which topic's disc the articles of each topic are, the lowest that is drawn."""
        trails = {topic: self._trail(topic) for topic in self.context.library.by_topic}
        level = max(map(len, trails.values()), default=1)
        while level > 1 and len({trail[:level] for trail in trails.values()}) > MOST_DISCS:
            level -= 1
        return {topic: trail[:level][-1] for topic, trail in trails.items()}

    def _trail(self, topic: str) -> tuple[str, ...]:
        return (*self.context.library.taxonomy.by_id[topic].parents, topic)

    def _root(self, article: Article) -> str:
        return self._trail(article.topic)[0]

    def _sheaf(self, articles: Sequence[Article], home: Callable[[Article], str]) -> Sheaf:
        """The articles with the most links, the newest of these first, by their homes."""
        chosen = articles
        if len(articles) > MOST_STARS:
            degrees = self.ties.degrees
            ranking = sorted(range(len(articles)), key=lambda n: -degrees.get(articles[n].slug, 0))
            chosen = [articles[n] for n in sorted(ranking[:MOST_STARS])]
        by_home: defaultdict[str, list[Article]] = defaultdict(list)
        for article in chosen:
            by_home[home(article)].append(article)
        homes = [topic.id for topic in self.context.library.taxonomy.topics if topic.id in by_home]
        strung = {topic: self._strung(by_home[topic]) for topic in homes}
        return Sheaf(
            clusters=tuple(
                Cluster(
                    self._link(topic) if len(homes) > 1 else None, tuple(map(self._star, articles))
                )
                for topic, articles in strung.items()
            ),
            threads=tuple(self._threads(a.slug for found in strung.values() for a in found)),
            more=len(articles) - len(chosen),
        )

    def _strung(self, articles: Sequence[Article]) -> list[Article]:
        """Articles so that those with links between them follow each other, else as they come."""
        by_slug = {article.slug: article for article in articles}
        tied: dict[Slug, list[Slug]] = {slug: [] for slug in by_slug}
        for slug in by_slug:
            kin = (other for other, _ in self.context.related[slug][:1])
            for other in (*self.ties.links.get(slug, ()), *kin):
                if other in by_slug:
                    tied[slug].append(other)
                    tied[other].append(slug)
        found: dict[Slug, Article] = {}
        waiting = list(reversed(by_slug))
        while waiting:
            slug = waiting.pop()
            if slug not in found:
                found[slug] = by_slug[slug]
                waiting += reversed(tied[slug])
        return list(found.values())

    def _star(self, article: Article) -> Star:
        return Star(article.title, self.context.link(article).path, article.lang)

    def _threads(self, slugs: Iterable[Slug]) -> Iterator[Thread]:
        """All links between articles, and the nearest relative of each."""
        numbers = {slug: number for number, slug in enumerate(slugs)}
        tied = set()
        for slug, number in numbers.items():
            for other in self.ties.links.get(slug, ()):
                if other in numbers:
                    tied.add(frozenset((number, numbers[other])))
                    yield Thread((number, numbers[other]), is_link=True)
        for slug, number in numbers.items():
            kin = (numbers[other] for other, _ in self.context.related[slug] if other in numbers)
            nearest = next(kin, number)
            if nearest != number and frozenset((number, nearest)) not in tied:
                tied.add(frozenset((number, nearest)))
                yield Thread((number, nearest), is_link=False)
