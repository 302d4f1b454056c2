"""What goes into the pages that programs read: feeds, lists, twins, fonts, cards, search files?"""

from dataclasses import dataclass

from kb.pages.parts import Link


@dataclass(frozen=True, slots=True)
class FeedItem:
    """An article in a feed. `id` is a lasting URI, dates are ISO 8601.

    `image` is the path of its card. It and `published` may be empty, `updated` may not.
    """

    id: str
    title: str
    path: str
    lang: str
    summary: str
    image: str
    published: str
    updated: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FeedView:
    """feed.xml: Atom. `id` is the feed's lasting URI, `updated` an RFC 3339 date-time."""

    title: str
    subtitle: str
    id: str
    path: str
    home: str
    updated: str
    items: tuple[FeedItem, ...]


@dataclass(frozen=True, slots=True)
class SitemapView:
    """sitemap.xml, or an index of such: paths with the date of their last change, or empty."""

    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RobotsView:
    """robots.txt: the path of the sitemap, empty where there is no base_url."""

    sitemap: str


@dataclass(frozen=True, slots=True)
class LlmsSection:
    """The Markdown twins of a topic's articles with a summary, and where more are.

    The number is of all, for a link without a label.
    """

    name: str
    links: tuple[tuple[Link, str], ...]
    more: tuple[Link, int] | None


@dataclass(frozen=True, slots=True)
class LlmsView:
    """llms.txt of the site, or of a topic by its name."""

    topic: str
    sections: tuple[LlmsSection, ...]


@dataclass(frozen=True, slots=True)
class TwinView:
    """A twin: the title, the file of the text, the text by its digest, and its links.

    A link has the target as it is written, then title and relative URL of the twin, if any; that
    to a file of static/ has no title.
    """

    title: str
    source: str
    text: str
    links: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class FontView:
    """The signs that a site's math font must have, sorted."""

    signs: str


@dataclass(frozen=True, slots=True)
class CardView:
    """The words of a card, and the font: its path in the project, `#`, what else of it matters."""

    title: str
    label: str
    site: str
    font: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What search shows of a document, in its slot: its text by its key, and its front matter.

    `names` are the titles that its links without a label show, by the numbers of its references.
    """

    slot: int
    key: str
    url: str
    title: str
    lang: str
    topics: tuple[str, ...]
    tags: tuple[str, ...]
    date: str
    names: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class BlockView:
    """search/d/*.js: the documents of a text block, of this number."""

    number: int
    documents: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class ShardView:
    """search/t/*.js: what stands in it follows from all text blocks."""
