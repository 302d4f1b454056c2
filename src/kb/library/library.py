"""What does the whole knowledge base hold, and how do its parts relate?"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kb.library.dates import day_of
from kb.library.spelling import fold_spelling
from kb.library.taxonomy import Taxonomy
from kb.model import Article, Slug, Transmission


@dataclass(frozen=True, eq=False)
class Library:
    """All that a site shows: published articles in slug order, free pages, dumps, topics.

    `intros` are the Markdown texts that introduce topics, by topic id.
    """

    articles: tuple[Article, ...]
    pages: tuple[Article, ...]
    transmissions: tuple[Transmission, ...]
    taxonomy: Taxonomy
    intros: Mapping[str, Article]
    old_slugs: Mapping[Slug, tuple[Slug, ...]]

    @cached_property
    def latest(self) -> tuple[Article, ...]:
        """Articles by date, newest first; those without one by their first sighting."""
        return tuple(sorted(self.articles, key=_recency, reverse=True))

    @cached_property
    def by_name(self) -> dict[str, tuple[Article, ...]]:
        """Articles by every name that a link may use: slug, alias, id, title, file name.

        Several articles may have one name of a kind; the first answers.
        """
        names: dict[str, tuple[Article, ...]] = {}
        for spell in (_titles, _files, _former, _slugs):
            kind: dict[str, tuple[Article, ...]] = {}
            for article in self.articles:
                for name in dict.fromkeys(map(fold_name, spell(article))):
                    kind[name] = (*kind.get(name, ()), article)
            names |= kind
        return names

    @cached_property
    def by_path(self) -> dict[str, tuple[Article, ...]]:
        """Articles by each end of their file's path that has a folder: `notes/lora`."""
        names: dict[str, tuple[Article, ...]] = {}
        for article in self.articles:
            parts = fold_name(article.path).split("/")
            for start in range(len(parts) - 1):
                name = "/".join(parts[start:])
                names[name] = (*names.get(name, ()), article)
        return names

    @cached_property
    def by_topic(self) -> dict[str, tuple[Article, ...]]:
        """Articles filed right under each topic, newest first."""
        found: defaultdict[str, list[Article]] = defaultdict(list)
        for article in self.latest:
            found[article.topic].append(article)
        return {topic: tuple(articles) for topic, articles in found.items()}

    @cached_property
    def by_tag(self) -> dict[str, tuple[Article, ...]]:
        """Articles with each tag, newest first, tags in alphabetical order."""
        found: defaultdict[str, list[Article]] = defaultdict(list)
        for article in self.latest:
            for tag in article.tags:
                found[tag].append(article)
        return {tag: tuple(found[tag]) for tag in sorted(found, key=lambda t: (t.lower(), t))}

    @cached_property
    def by_spot(self) -> dict[tuple[str, int], Article]:
        """The article that each line of each dump became."""
        return {(s.transmission, s.line): a for a in self.articles for s in a.sightings}

    def find(self, name: str) -> Article | None:
        """The article that a link's target names."""
        found = self.called(name)
        return found[0] if found else None

    def called(self, name: str) -> tuple[Article, ...]:
        """All articles that a link's target could mean, the one that it does first."""
        folded = fold_name(name)
        found = self.by_name.get(folded, ())
        return found or (self.by_path.get(folded, ()) if "/" in folded else ())

    def under(self, topic_id: str) -> tuple[Article, ...]:
        """Articles filed under a topic or any topic below it, newest first."""
        return self._by_branch.get(topic_id, ())

    def neighbours(self, article: Article) -> tuple[Article | None, Article | None]:
        """The article before and after one in its topic."""
        return self._neighbours[article.slug]

    @cached_property
    def _by_branch(self) -> dict[str, tuple[Article, ...]]:
        found: defaultdict[str, list[Article]] = defaultdict(list)
        for article in self.latest:
            topic = self.taxonomy.by_id[article.topic]
            for topic_id in (*topic.parents, topic.id):
                found[topic_id].append(article)
        return {topic_id: tuple(articles) for topic_id, articles in found.items()}

    @cached_property
    def _neighbours(self) -> dict[str, tuple[Article | None, Article | None]]:
        found: dict[str, tuple[Article | None, Article | None]] = {}
        for shelf in self.by_topic.values():
            for before, article, after in zip(
                (None, *shelf), shelf, (*shelf[1:], None), strict=False
            ):
                found[article.slug] = before, after
        return found

    @cached_property
    def by_slug(self) -> dict[Slug, Article]:
        """Articles by slug."""
        return {article.slug: article for article in self.articles}


def seen_on(article: Article) -> str:
    """The date at the start of the name of the first dump that holds the article, or nothing."""
    return day_of(article.sightings[0].transmission.rsplit("/", 1)[-1]) if article.sightings else ""


def date_of(article: Article) -> str:
    """The article's own date, else the day it was first seen, else nothing."""
    return article.date or seen_on(article)


def fold_name(name: str) -> str:
    """A link's target with case, width, spaces and hyphens folded."""
    return fold_spelling(name.removesuffix(".md"))


def _recency(article: Article) -> tuple[str, str, int, str]:
    first = article.sightings[0] if article.sightings else None
    return (
        date_of(article),
        first.transmission if first else "",
        -(first.line if first else 0),
        article.slug,
    )


def _titles(article: Article) -> tuple[str, ...]:
    return (article.title,)


def _files(article: Article) -> tuple[str, ...]:
    return (article.path.rsplit("/", 1)[-1],)


def _former(article: Article) -> tuple[str, ...]:
    return (*article.aliases, article.id)


def _slugs(article: Article) -> tuple[str, ...]:
    return (article.slug,)
