"""In which order are the ways to a title tried, and which answer stands?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from kb.ingest.titles import (
    announced,
    contrast,
    definitions,
    english,
    exercises,
    headings,
    several,
    terms,
    works,
)
from kb.ingest.titles.known import known_terms, nearness
from kb.ingest.titles.peel import peel, plain
from kb.ingest.titles.text import Lexicon, Opening, fold, is_spaced
from kb.ingest.titles.tidy import LONGEST, LONGEST_WORK, subject, tidy

NOTHING: Final = "未命名"
_MOST: Final = 6
_ENOUGH: Final = 3


@dataclass(frozen=True, slots=True)
class Name:
    """A title, the route that found it, and the next best titles, best first."""

    title: str
    route: str
    alternatives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """One way to a title: its name, the finder, and the longest title it may give."""

    name: str
    find: Callable[[Opening], str | tuple[str, ...]]
    longest: int = LONGEST
    trim: bool = False


_LOOSE: Final = frozenset(
    {
        "introduced",
        "contrast",
        "definition in English",
        "leading name",
        "called",
        "pair",
        "subject in English",
        "clause",
    }
)
"""Routes that go by the shape of a sentence alone."""


def _clause(opening: Opening) -> tuple[str, ...]:
    return tuple(
        part for part in opening.body.replace("。", ",").replace(":", ",").split(",", 3)[:3]
    )


ROUTES: Final[tuple[Route, ...]] = (
    Route("exercise", exercises.exercise),
    Route("preamble", works.keyed_work, LONGEST_WORK),
    Route("several", several.listed),
    Route("chapters", several.chaptered),
    Route("asked", several.asked),
    Route("heading", headings.heading, trim=True),
    Route("unnumbered exercise", exercises.unnumbered_exercise),
    Route("introduced", contrast.introduced),
    Route("contrast", contrast.contrasted),
    Route("definition", definitions.defined),
    Route("definition in English", english.defined_english),
    Route("announced in English", english.looked_at, LONGEST_WORK),
    Route("cited work", works.cited_work, LONGEST_WORK),
    Route("named work", works.named_work, LONGEST_WORK),
    Route("part of a product", several.with_platform),
    Route("leading name", terms.leading_name),
    Route("announced", announced.announced, trim=True),
    Route("aim", announced.aimed_at, trim=True),
    Route("proposed in English", english.proposed),
    Route("called", definitions.called),
    Route("inner heading", terms.headed, trim=True),
    Route("pair", definitions.paired),
    Route("announced below", announced.announced_below, trim=True),
    Route("subject in English", english.subject_in_english),
    Route("term", terms.ranked_terms),
    Route("clause", _clause),
)
"""Tried in this order; the first acceptable title wins, the others are alternatives."""


def name(text: str, lexicon: Lexicon) -> Name:
    """The title of an excerpt, found in its first 600 characters; never empty, never raises."""
    distinct: dict[str, tuple[str, str]] = {}
    for title, route in _nearest_first(_opening(text, lexicon)):
        distinct.setdefault(fold(title), (title, route))
        if len(distinct) == _ENOUGH:
            break
    if not distinct:
        return Name(NOTHING, "nothing", ())
    best, *others = distinct.values()
    return Name(*best, tuple(title for title, _route in others))


def _opening(text: str, lexicon: Lexicon) -> Opening:
    window = plain(text)
    body, numbered = peel(window)
    known = known_terms(body, lexicon.spoken, lexicon.tags)
    near = nearness(known, lexicon.spoken)
    return Opening(window, body, is_spaced(window), numbered, lexicon, known, near)


def _nearest_first(opening: Opening) -> Iterator[tuple[str, str]]:
    """The titles in the order of their routes, but those far from the topic come last."""
    far = []
    for title, route in _titles(opening):
        if not _is_loose(title, route, opening):
            yield title, route
        else:
            far.append((title, route))
    yield from far


def _is_loose(title: str, route: str, opening: Opening) -> bool:
    """Does only the shape of a sentence speak for `title`, which does not come again?"""
    if route == "heading" and opening.near and opening.is_carrier(subject(title)):
        return True
    if opening.is_near(title):
        return False
    in_english = route == "heading" and opening.body.isascii()
    return in_english or (route in _LOOSE and opening.body.count(title) <= 1)


def _titles(opening: Opening) -> Iterator[tuple[str, str]]:
    for route in ROUTES:
        answer = route.find(opening)
        for candidate in (answer,) if isinstance(answer, str) else answer[:_MOST]:
            if not candidate:
                continue
            title = tidy(candidate, route.longest)
            trimmed = subject(title) if route.trim else title
            if trimmed:
                yield trimmed, route.name
            if title and title != trimmed:
                yield title, route.name
