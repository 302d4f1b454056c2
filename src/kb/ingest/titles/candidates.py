"""Which titles are proposed for an opening, by which routes, and where do they stand in it?"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from kb.ingest.titles.headings import is_question, is_sentence
from kb.ingest.titles.routes import ROUTES
from kb.ingest.titles.text import Opening, fold
from kb.ingest.titles.tidy import subject, tidy

_MOST: Final = 24
_PLACES: Final = 4
_DANGLING: Final = re.compile(
    r"(?:(?: |(?<=[A-Za-z0-9]))(?:和|与|及|以及|的|是|了|在|为|对|从|将|或)"
    r"| (?:the|an?|of|for|in|on|to|and|or|with|by|as|at|from))+$"
)
_LATIN: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


class Candidate(NamedTuple):
    """A title that may stand, its folded form, the routes to it, and its places in the window."""

    title: str
    key: str
    routes: tuple[str, ...]
    places: tuple[tuple[int, int], ...]


def candidates(opening: Opening) -> tuple[Candidate, ...]:
    """The distinct titles that the routes propose, in the order of the routes."""
    shown: dict[str, str] = {}
    routes: dict[str, dict[str, None]] = {}
    for title, route in _proposals(opening):
        key = fold(title)
        if key in shown:
            routes[key][route] = None
        elif len(shown) < _MOST:
            shown[key] = title
            routes[key] = {route: None}
    lower = opening.plain.lower()
    lower = lower if len(lower) == len(opening.plain) else opening.plain
    return tuple(
        [
            Candidate(shown[key], key, tuple(routes[key]), _places(lower, shown[key]))
            for key in shown
        ]
    )


def _proposals(opening: Opening) -> Iterator[tuple[str, str]]:
    for route in ROUTES:
        answer = route.find(opening)
        for words in (answer,) if isinstance(answer, str) else answer:
            for title in _forms(words, route.longest, route.is_sure):
                if route.is_sure or not _is_cut(title, opening):
                    yield title, route.name


@lru_cache(maxsize=16384)
def _forms(words: str, longest: int, is_sure: bool) -> tuple[str, ...]:  # noqa: FBT001
    """The forms of some words that may stand: what they are about, and they as they are.

    Those of a sure route stand as they are, even a sentence.
    """
    title = tidy(words if is_sure else _DANGLING.sub("", words), longest)
    if not title or is_sure:
        return (title,) if title else ()
    if is_sentence(title) and not is_question(title):
        return ()
    return tuple(dict.fromkeys(filter(None, (subject(title), title))))


def _is_cut(title: str, opening: Opening) -> bool:
    """Does `title` end where the excerpt was cut, and nowhere else?"""
    return opening.cut and opening.plain.endswith(title) and opening.plain.count(title) == 1


def _places(lower: str, title: str) -> tuple[tuple[int, int], ...]:
    """The first places of a title as whole words, whatever its case."""
    words = title.lower()
    at = lower.find(words)
    if at < 0:
        return ()
    places = list[tuple[int, int]]()
    while at >= 0 and len(places) < _PLACES:
        end = at + len(words)
        if _is_whole(lower, at, end):
            places.append((at, end))
        at = lower.find(words, end)
    return tuple(places)


def _is_whole(lower: str, start: int, end: int) -> bool:
    if start and lower[start - 1] in _LATIN and lower[start] in _LATIN:
        return False
    if end == len(lower) or lower[end] not in _LATIN or lower[end - 1] not in _LATIN:
        return True
    return lower[end] == "s"
