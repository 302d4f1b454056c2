"""What exactly may each template see? A page is a function of its template and its view."""

from collections.abc import Mapping
from dataclasses import dataclass

from kb.markup import Heading, Sentence
from kb.pages.brief import Body
from kb.pages.parts import ArticleLink, Card, CountedLink, Link, Mark, Pager, Preview


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the frame of every HTML page needs. `feeds` are the Atom and JSON feeds to announce.

    `previews` are of the articles that the page's text links to. `card` is the picture for those
    who share its address, with its words; without one it is the theme's.
    """

    title: str
    description: str
    lang: str
    path: str
    crumbs: tuple[Link, ...] = ()
    feeds: tuple[Link, ...] = ()
    previews: tuple[Preview, ...] = ()
    card: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView(View):
    """home.html: the latest transmission, latest articles, topics; later pages only articles."""

    cards: tuple[Card, ...]
    pager: Pager
    topics: tuple[CountedLink, ...]
    latest: Link | None
    articles: int
    transmissions: int


@dataclass(frozen=True, slots=True)
class Backlink:
    """A text that links here, in its language, with the sentences in which it does.

    The words of a sentence between `before` and `after` are what the link shows. `is_embed` says
    that the text shows this one, or a section of it, within itself.
    """

    link: Link
    lang: str
    sentences: tuple[Sentence, ...]
    is_embed: bool


@dataclass(frozen=True, slots=True)
class Related:
    """A related article, the tags that it shares, and the topic if it is the same."""

    link: Link
    lang: str
    tags: tuple[str, ...]
    topic: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A sighting: the transmission's page (with the line's anchor id), its name, the line."""

    link: Link
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView(View):
    """article.html. `source` is the address for editing, `twin` the path of the Markdown twin.

    `extra` holds the front matter that kb does not know, by its keys, for templates of one's own;
    `graph` is the path of the topic's map, `minutes` are what the words take to read.
    """

    body: Body
    outline: tuple[Heading, ...]
    topic: Link | None
    tags: tuple[Link, ...]
    date: str
    updated: str
    minutes: int
    truncated: bool
    seen: tuple[Seen, ...]
    backlinks: tuple[Backlink, ...]
    related: tuple[Related, ...]
    previous: ArticleLink | None
    next: ArticleLink | None
    source: str
    twin: str
    graph: str
    extra: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class TopicBranch:
    """A topic of the first level with its subtopics."""

    topic: CountedLink
    children: tuple[CountedLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicsView(View):
    """topics.html: the whole taxonomy."""

    branches: tuple[TopicBranch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicView(View):
    """topic.html: introduction if any, subtopics, articles, tags used most.

    `lede` is the whole description, which stands in the place of an introduction; `graph` is the
    path of the topic's map.
    """

    lede: str
    intro: Body | None
    children: tuple[CountedLink, ...]
    cards: tuple[Card, ...]
    pager: Pager
    tags: tuple[CountedLink, ...]
    graph: str


@dataclass(frozen=True, slots=True)
class TagGroup:
    """The tags that share an initial: a letter, or `#` for all others; `anchor` is its id."""

    initial: str
    anchor: str
    tags: tuple[CountedLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TagsView(View):
    """tags.html: tags by initial, as many as fit; `initials` are those of all pages."""

    groups: tuple[TagGroup, ...]
    initials: tuple[Mark, ...]
    pager: Pager


@dataclass(frozen=True, slots=True, kw_only=True)
class TagView(View):
    """tag.html: the articles with a tag, and the tags that stand beside it most."""

    cards: tuple[Card, ...]
    pager: Pager
    tags: tuple[CountedLink, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """The dumps of a year, or with an empty `name` those of which none is known."""

    name: str
    rows: tuple[CountedLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TransmissionsView(View):
    """transmissions.html: dumps, newest first, with the number of excerpts in each.

    `years` are those that the names of all dumps begin with.
    """

    groups: tuple[Year, ...]
    years: tuple[Mark, ...]
    pager: Pager


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of a dump: its number, kind (header, pager, entry, quarantined), text, article.

    `match` says how an entry was recognised (first, exact, prefix, near), `reason` why a line is
    quarantined, `hidden` how many characters at its end are not shown.
    """

    number: int
    kind: str
    text: str
    reason: str
    article: ArticleLink | None
    match: str
    hidden: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TransmissionView(View):
    """transmission.html: every line that is not blank, in its place, 500 lines to a page.

    `encoding` is as detected, `counts` are of the whole dump.
    """

    encoding: str
    counts: tuple[tuple[str, int], ...]
    rows: tuple[LineView, ...]
    pager: Pager
    previous: Link | None
    next: Link | None


@dataclass(frozen=True, slots=True)
class ArchiveRow:
    """A dated article, `date` being ISO 8601."""

    title: str
    path: str
    lang: str
    date: str
    topic: Link


@dataclass(frozen=True, slots=True)
class Month:
    """The articles of a month, `name` being `2026-03`."""

    name: str
    rows: tuple[ArchiveRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveView(View):
    """archive.html: dated articles, newest first; `years` are those of all pages."""

    months: tuple[Month, ...]
    years: tuple[Mark, ...]
    pager: Pager


@dataclass(frozen=True, slots=True, kw_only=True)
class FreePageView(View):
    """page.html: a free page."""

    body: Body
    outline: tuple[Heading, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFoundView(View):
    """404.html: shown at any depth, so its links are absolute from the root."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectView(View):
    """redirect.html: an old address, and the page that answers for it now."""

    target: ArticleLink


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView(View):
    """search.html: the topics of the first level, for who does not search."""

    topics: tuple[CountedLink, ...]
