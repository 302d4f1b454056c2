"""Which titles are proposed for an opening, and by which routes?"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from kb.ingest.titles.headings import is_question, is_sentence
from kb.ingest.titles.routes import ROUTES
from kb.ingest.titles.text import Opening, fold
from kb.ingest.titles.tidy import subject, tidy

_MOST: Final = 24
_DANGLING: Final = re.compile(
    r"(?:(?: |(?<=[A-Za-z0-9]))(?:和|与|及|以及|的|是|了|在|为|对|从|将|或)"
    r"| (?:the|an?|of|for|in|on|to|and|or|with|by|as|at|from))+$"
)
_MAY_DANGLE: Final = frozenset("和与及的是了在为对从将或eanfrodhystm")


_FINDERS: Final = tuple((route.name, route.find, route.longest, route.is_sure) for route in ROUTES)


class Candidate(NamedTuple):
    """A title that may stand, its folded form, and the routes to it."""

    title: str
    key: str
    routes: tuple[str, ...]


def candidates(opening: Opening) -> tuple[Candidate, ...]:
    """The distinct titles that the routes propose, in the order of the routes."""
    found: dict[str, tuple[str, list[str]]] = {}
    for title, route in _proposals(opening):
        key = fold(title)
        if key in found:
            routes = found[key][1]
            if routes[-1] != route:
                routes.append(route)
        elif len(found) < _MOST:
            found[key] = title, [route]
    return tuple([Candidate(title, key, tuple(routes)) for key, (title, routes) in found.items()])


def _proposals(opening: Opening) -> Iterator[tuple[str, str]]:
    for route, find, longest, is_sure in _FINDERS:
        answer = find(opening)
        for words in (answer,) if isinstance(answer, str) else answer:
            for title in _forms(words, longest, is_sure) if words else ():
                if is_sure or not _is_cut(title, opening):
                    yield title, route


@lru_cache(maxsize=16384)
def _forms(words: str, longest: int, is_sure: bool) -> tuple[str, ...]:  # noqa: FBT001
    """The forms of some words that may stand: what they are about, and they as they are.

    Those of a sure route stand as they are, even a sentence.
    """
    if not is_sure and words[-1] in _MAY_DANGLE:
        words = _DANGLING.sub("", words)
    title = tidy(words, longest)
    if not title or is_sure:
        return (title,) if title else ()
    if is_sentence(title) and not is_question(title):
        return ()
    return tuple(dict.fromkeys(filter(None, (subject(title), title))))


def _is_cut(title: str, opening: Opening) -> bool:
    """Does `title` end where the excerpt was cut, and nowhere else?"""
    return opening.cut and opening.plain.endswith(title) and opening.plain.count(title) == 1
