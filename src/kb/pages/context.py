"""What may a kind of page draw on to plan its pages?"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from kb.config import Config
from kb.languages import broader
from kb.library.library import Library, date_of
from kb.model import Article, Slug
from kb.pages.bodies import Reader, Text
from kb.pages.brief import Brief
from kb.pages.links import Links
from kb.pages.parts import ArticleLink, Card, Link, Pager, Preview
from kb.pages.paths import Paths

CARD_TAGS = 2
"""Tags on a card; more would take a second line."""
MOST_PREVIEWS = 24
"""Previews in one page: more weigh more than they help."""
NEAR = 2
"""Pages on either side of the current one that a pager names."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page:
    """A page to publish: a template and its view, or with no template the view as it is.

    A `str` view is written as text, any other as JSON. `texts` are the files whose text it shows;
    of these the view holds the key only.
    """

    path: str
    template: str
    view: object
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Context:
    """The library, what its texts hold by file path, and where everything stands.

    `files` are the paths in the site of what is copied as it is, with the width and height of an
    image in pixels, 0 where there is none; `card_font` is the font of cards and its digest, empty
    where none are drawn.
    """

    config: Config
    library: Library
    briefs: Mapping[str, Brief]
    related: Mapping[Slug, tuple[tuple[Slug, tuple[str, ...]], ...]]
    paths: Paths
    words: Mapping[str, str]
    files: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    card_font: str = ""

    @cached_property
    def sections(self) -> tuple[str, ...]:
        """The names of the indexes that have something to show, as the navigation has them."""
        library = self.library
        shown = {
            "topics": library.articles,
            "tags": self._tag_links,
            "transmissions": library.transmissions,
            "archive": any(map(date_of, library.articles)),
            "graph": library.articles,
        }
        return tuple(name for name, content in shown.items() if content)

    def word(self, key: str, **values: object) -> str:
        """An interface word in the site's language."""
        return self.words[key].format(**values)

    def link(self, article: Article) -> Link:
        """A link to an article."""
        return self._links[article.slug]

    def article_link(self, article: Article) -> ArticleLink:
        """A link to an article that says its language."""
        return ArticleLink(article.title, self._links[article.slug].path, article.lang)

    @cached_property
    def _links(self) -> dict[Slug, Link]:
        articles = self.library.articles
        return {a.slug: Link(a.title, self.paths.article(a)) for a in articles}

    def topic_link(self, topic_id: str) -> Link:
        """A link to a topic."""
        return self._topic_links[topic_id]

    @cached_property
    def _topic_links(self) -> dict[str, Link]:
        language, topics = self.config.language, self.library.taxonomy.topics
        return {t.id: Link(t.name(language), self.paths.topic(t.id)) for t in topics}

    def tag_links(self, article: Article) -> tuple[Link, ...]:
        """Links to the article's tags that have a page."""
        return tuple(self._tag_links[tag] for tag in article.tags if tag in self._tag_links)

    @cached_property
    def _tag_links(self) -> dict[str, Link]:
        tags = filter(self.has_page, self.library.by_tag)
        return {tag: Link(self.tag_name(tag), self.paths.tag(tag)) for tag in tags}

    def tag_name(self, tag: str) -> str:
        """The name of a tag in the site's language; proper names (LoRA) are the same in all."""
        names = self.library.taxonomy.display_names
        is_common_noun = tag == tag.lower()
        is_chinese = "zh" in broader(self.config.language)
        return names.get(tag, tag) if is_common_noun and is_chinese else tag

    def has_page(self, tag: str) -> bool:
        """Whether enough articles have a tag for a page of its own."""
        return len(self.library.by_tag[tag]) >= self.config.min_tag_articles

    def cards(self, articles: Sequence[Article]) -> tuple[Card, ...]:
        """What a listing shows of articles."""
        return tuple(self._cards[article.slug] for article in articles)

    @cached_property
    def _cards(self) -> dict[str, Card]:
        return {article.slug: self._card(article) for article in self.library.articles}

    def _card(self, article: Article) -> Card:
        return Card(
            title=article.title,
            path=self.paths.article(article),
            excerpt=self.excerpt(article),
            lang=article.lang,
            date=date_of(article),
            topic=self.topic_link(article.topic),
            tags=self.tag_links(article)[:CARD_TAGS],
            truncated=article.truncated,
        )

    def excerpt(self, article: Article) -> str:
        """The article's description, or the beginning of its prose, for a listing."""
        return article.description or self.briefs[article.path].excerpt

    def description(self, article: Article) -> str:
        """The same, as short as search engines show it."""
        return article.description or self.briefs[article.path].description

    def text(self, article: Article, path: str) -> Text:
        """The article's text for the page at `path`, and where its links lead."""
        return self.reader.text(article, path)

    def previews(self, text: Text) -> tuple[Preview, ...]:
        """What is shown of the articles that a text links to before a reader goes there."""
        return tuple(map(self._preview, text.linked[:MOST_PREVIEWS]))

    def _preview(self, article: Article) -> Preview:
        return Preview(
            title=article.title,
            path=self.paths.article(article),
            lang=article.lang,
            topic=self.topic_link(article.topic).label,
            excerpt=self.excerpt(article),
        )

    @cached_property
    def reader(self) -> Reader:
        """What follows the links of texts."""
        return Reader(Links(self.library, self.briefs, self.files), self.paths)


def paginate(items: Sequence[T], size: int) -> Iterator[tuple[int, Sequence[T]]]:
    """Numbers of files from 1 and the items of each; of nothing there is one, and it is empty."""
    for number, start in enumerate(range(0, max(1, len(items)), size), 1):
        yield number, items[start : start + size]


def pager(number: int, total: int, path_of: Callable[[int], str]) -> Pager:
    """Where page `number` of `total` stands."""
    return Pager(
        number,
        total,
        path_of(number - 1) if number > 1 else "",
        path_of(number + 1) if number < total else "",
        tuple(Link(str(page), path_of(page)) if page else None for page in _named(number, total)),
    )


def _named(number: int, total: int) -> Iterator[int]:
    """The first, the last and the pages near `number`; 0 where two and more are left out."""
    near = range(max(1, number - NEAR), min(total, number + NEAR) + 1)
    before = 0
    for page in sorted({1, *near, total}):
        if page == before + 2:
            yield before + 1
        elif page > before + 2:
            yield 0
        yield page
        before = page
