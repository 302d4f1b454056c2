"""At which output path does each thing of the library stand?"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kb.ingest.identity import digest
from kb.library.library import Library
from kb.model import Article, Slug
from kb.routes import Route, UrlStyle, page_path
from kb.slugs import slugify, unique

LINES = 500
"""Lines of a dump on one page: what a browser lays out at once, and more than most dumps have."""


@dataclass(frozen=True, eq=False)
class Paths:
    """The paths of a library's pages in one style of URLs."""

    library: Library
    style: UrlStyle
    spelled: Mapping[str, Slug] = field(default_factory=dict)
    """The slugs of words, as far as they are known: pinyin takes long to load."""

    def page(self, route: str) -> str:
        """The path of the page with this route."""
        return page_path(Route(route), self.style)

    def article(self, article: Article) -> str:
        """An article's page."""
        return self.page(f"articles/{article.slug}")

    def twin(self, article: Article) -> str:
        """An article's Markdown twin."""
        return f"articles/{article.slug}.md"

    def topic(self, topic_id: str, number: int = 1) -> str:
        """A topic's page, or a further page of its articles."""
        topic = self.library.taxonomy.by_id[topic_id]
        return self.numbered("/".join(("topics", *topic.parents, topic_id)), number)

    def topic_feed(self, topic_id: str, name: str) -> str:
        """A topic's feed: `feed.xml` or `feed.json`."""
        topic = self.library.taxonomy.by_id[topic_id]
        return "/".join(("topics", *topic.parents, topic_id, name))

    def graph(self, topic_id: str = "index") -> str:
        """The map of a topic, or of all."""
        return self.page(f"graph/{topic_id}")

    def tag(self, tag: str, number: int = 1) -> str:
        """A tag's page, or a further page of its articles."""
        return self.numbered(f"tags/{self._tag_slugs[tag]}", number)

    def transmission(self, name: str, number: int = 1) -> str:
        """A dump's page, or a further page of its lines."""
        return self.numbered(f"transmissions/{self._transmission_slugs[name]}", number)

    def line(self, name: str, line: int) -> str:
        """The page on which a line of a dump stands."""
        return self.transmission(name, leaf(line))

    def index(self, section: str, number: int = 1) -> str:
        """The index of a section, such as `tags`, or a further page of it."""
        return self.page(f"{section}/{f'page/{number}' if number > 1 else 'index'}")

    def home(self, number: int = 1) -> str:
        """The home page, or a further page of the latest updates."""
        return self.page("index" if number == 1 else f"page/{number}")

    def numbered(self, route: str, number: int) -> str:
        """The path of page `number` of a listing."""
        return self.page(route if number == 1 else f"{route}/page/{number}")

    @cached_property
    def _tag_slugs(self) -> dict[str, Slug]:
        return self._slugs(self.library.by_tag, str)

    @cached_property
    def _transmission_slugs(self) -> dict[str, Slug]:
        names = (dump.name for dump in self.library.transmissions)
        return self._slugs(names, lambda name: name.rsplit(".", 1)[0])

    def spell(self, words: str, fallback: str) -> Slug:
        """The slug of words."""
        return self.spelled.get(words) or slugify(words, fallback=fallback)

    def _slugs(self, names: Iterable[str], words: Callable[[str], str]) -> dict[str, Slug]:
        """A slug for each name; of names with one slug all but the first get part of a digest."""
        found: dict[str, Slug] = {}
        taken = {"index"}
        for name in sorted(names):
            slug = unique(self.spell(words(name), digest(name)), digest(name), taken)
            taken.add(slug)
            found[name] = slug
        return found


def leaf(line: int) -> int:
    """The number of the page of a dump on which a line stands."""
    return (line - 1) // LINES + 1
