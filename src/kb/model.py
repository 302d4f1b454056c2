"""What are the values that flow through the pipeline?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

ArticleId = NewType("ArticleId", str)
Slug = NewType("Slug", str)
Digest = NewType("Digest", str)

NOBODY = ArticleId("")
"""The id of no article."""


class LineKind(StrEnum):
    """The one class that a line of a transmission ends in."""

    HEADER = "header"
    BLANK = "blank"
    PAGER = "pager"
    ENTRY = "entry"
    QUARANTINED = "quarantined"


class Reason(StrEnum):
    """Why a line is quarantined."""

    UNDECODED = "undecoded"
    WORDLESS = "wordless"
    DATE = "date"


class Match(StrEnum):
    """How an entry was recognised as a sighting of its article."""

    FIRST = "first"
    EXACT = "exact"
    PREFIX = "prefix"
    NEAR = "near"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line of a transmission; `reason` says why it is quarantined, if it is."""

    number: int
    kind: LineKind
    text: str
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Transmission:
    """One dump as it arrived: `name` is its path below content/transmissions."""

    name: str
    encoding: str
    lines: tuple[Line, ...]

    @property
    def entries(self) -> tuple[Line, ...]:
        """The lines that carry an excerpt."""
        return tuple(line for line in self.lines if line.kind is LineKind.ENTRY)


@dataclass(frozen=True, slots=True, order=True)
class Sighting:
    """Where an article was seen, how it was recognised, and the containment score (0 to 1)."""

    transmission: str
    line: int
    match: Match = Match.FIRST
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Article:
    """One record of content/articles, the source of truth for its page.

    `path` is relative to the project, `body_line` the 1-based line where `body` begins in it.
    `id` is empty for hand-written articles that give none. Dates are ISO 8601 (YYYY-MM-DD).
    `is_trusted` is False while the body is what a transmission said: no person has edited it.
    """

    id: ArticleId
    slug: Slug
    title: str
    topic: str
    tags: tuple[str, ...]
    lang: str
    body: str
    path: str
    body_line: int = 1
    date: str = ""
    updated: str = ""
    aliases: tuple[str, ...] = ()
    draft: bool = False
    description: str = ""
    truncated: bool = False
    extra: Mapping[str, object] = field(default_factory=dict)
    sightings: tuple[Sighting, ...] = ()
    is_trusted: bool = True
