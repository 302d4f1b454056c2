"""Which small values do the views of several kinds of page share?

A `path` is an output path such as `articles/lora.html`; templates turn it into a relative URL.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A page to link to."""

    label: str
    path: str


@dataclass(frozen=True, slots=True)
class ArticleLink:
    """An article to link to, in its language."""

    label: str
    path: str
    lang: str


@dataclass(frozen=True, slots=True)
class CountedLink:
    """A page to link to, and how many articles it lists."""

    label: str
    path: str
    count: int
    description: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """All that a listing may know of an article; `date` is ISO 8601 or empty."""

    title: str
    path: str
    excerpt: str
    lang: str
    date: str
    topic: Link | None
    tags: tuple[Link, ...]
    truncated: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What a link to an article shows before a reader follows it; `topic` is a name."""

    title: str
    path: str
    lang: str
    topic: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a page stands in a listing of `total` pages; paths are empty at either end.

    `pages` are those worth a link, with None where some are left out.
    """

    number: int
    total: int
    previous: str
    next: str
    pages: tuple[Link | None, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A year or an initial of an index: the page on which it begins, and the id there.

    `is_here` says that some of it is on this page, of several.
    """

    label: str
    path: str
    anchor: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Site:
    """What every page may know: settings, the theme, and the pages that the navigation names.

    Of the library only this shows: which sections have anything in them (`nav`).
    `assets` maps a name in the theme (`kb.css`) to its fingerprinted output path; `base_url` is
    empty where none is set; `root` is the path of `base_url`, with a slash at the end. `math_font`
    is the output path of the font of formulas, empty where the site has none or the theme another.
    """

    title: str
    description: str
    author: str
    language: str
    base_url: str
    root: str
    nav: tuple[Link, ...]
    assets: dict[str, str]
    math_font: str
    generator: str
