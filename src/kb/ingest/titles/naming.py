"""Which title does an excerpt get, by which route, and what else might it be called?"""

from dataclasses import dataclass
from typing import Final

from kb.ingest.titles.opening import opening_of
from kb.ingest.titles.ranking import ranked, strongest
from kb.ingest.titles.text import Lexicon

NOTHING: Final = "未命名"
_ENOUGH: Final = 3


@dataclass(frozen=True, slots=True)
class Name:
    """A title, the strongest route that proposed it, and the next best titles, best first."""

    title: str
    route: str
    alternatives: tuple[str, ...]


def name(text: str, lexicon: Lexicon) -> Name:
    """The title of an excerpt, found in its first 600 characters; never empty, never raises."""
    found = ranked(opening_of(text, lexicon))[:_ENOUGH]
    if not found:
        return Name(NOTHING, "nothing", ())
    best, *others = found
    return Name(best.candidate.title, strongest(best), tuple(one.candidate.title for one in others))
