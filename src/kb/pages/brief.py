"""What of a text's markup do other pages, and the frame of its own, need to know?"""

import re
from dataclasses import dataclass

from kb.markup import Heading, Markup, Reference, Target, excerpt
from kb.pages.pace import minutes

EXCERPT = 140
"""Characters of a card's excerpt: about three lines of Chinese."""
DESCRIPTION = 110
"""Characters of a page's description; search engines show about as many."""

_ADDRESS = re.compile(r"\W*https?://\S+")


@dataclass(frozen=True, slots=True)
class Brief:
    """All of a markup but its HTML: `key` is the digest of what the markup was made from.

    `signs` are those of its formulas, `minutes` what its words take to read.
    """

    key: str
    references: tuple[Reference, ...]
    outline: tuple[Heading, ...]
    inner: tuple[Heading, ...]
    excerpt: str
    description: str
    signs: str = ""
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a page: which markup, and where its references lead.

    So a view says what its text is without holding it; the filter `html` makes HTML of it.
    """

    key: str
    targets: tuple[Target | None, ...]
    embeds: tuple["Embed", ...] = ()


@dataclass(frozen=True, slots=True)
class Embed:
    """A text inside another, in the place of its target of this `number`, which is its source.

    `lang` is its language as BCP 47, `heading` the id of the heading whose section it is, empty
    for the whole; `body` has the targets of that section alone.
    """

    number: int
    lang: str
    heading: str
    body: Body


def brief(markup: Markup, key: str) -> Brief:
    """The brief of a markup."""
    prose = _prose(markup)
    shown = excerpt(prose, EXCERPT), excerpt(prose, DESCRIPTION)
    lists = markup.references, markup.outline, markup.inner
    return Brief(key, *lists, *shown, signs=markup.signs, minutes=minutes(markup.prose))


def _prose(markup: Markup) -> str:
    """A text without its headings and lone addresses, which say little in a listing."""
    headings = {heading.text for heading in markup.outline}
    lines = markup.prose.split("\n")
    kept = [line for line in lines if line not in headings and not _is_address(line)]
    return "\n".join(kept or lines)


def _is_address(line: str) -> bool:
    return "://" in line and _ADDRESS.fullmatch(line) is not None
