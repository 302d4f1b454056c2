"""By which ways are titles proposed?"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from kb.ingest.titles import (
    announced,
    contrast,
    definitions,
    english,
    exercises,
    spans,
    works,
)
from kb.ingest.titles.text import Opening
from kb.ingest.titles.tidy import LONGEST, LONGEST_WORK


@dataclass(frozen=True, slots=True)
class Route:
    """One way to a title: its name, the finder, and the longest title it may give.

    What a sure one gives may be a sentence, as the names of works and exercises are at times.
    """

    name: str
    find: Callable[[Opening], str | Iterable[str]]
    longest: int = LONGEST
    is_sure: bool = False


ROUTES: Final[tuple[Route, ...]] = (
    Route("exercise", exercises.exercise, is_sure=True),
    Route("preamble", works.keyed_work, LONGEST_WORK, is_sure=True),
    Route("cited work", works.cited_work, LONGEST_WORK, is_sure=True),
    Route("named work", works.named_work, LONGEST_WORK, is_sure=True),
    Route("heading", attrgetter("head")),
    Route("contrast", contrast.contrasted),
    Route("full name below", contrast.introduced),
    Route("definition", definitions.defined),
    Route("called", definitions.called),
    Route("announced", announced.announced),
    Route("exercise by its link", exercises.unnumbered_exercise),
    Route("definition in English", english.defined_english),
    Route("announced in English", english.looked_at, LONGEST_WORK),
    Route("proposed in English", english.proposed),
    Route("subject in English", english.subject_in_english),
    Route("known term", spans.known_words),
    Route("opening words", spans.opening_words),
    Route("short line", spans.short_lines),
    Route("full name", spans.full_names),
    Route("quotation", spans.quotations),
    Route("question", spans.questions),
    Route("name", spans.names),
    Route("known pair", spans.known_pairs),
    Route("known with more", spans.known_with_more),
    Route("told", spans.told),
    Route("English words", spans.english_words),
    Route("known together", spans.known_together),
)
"""All propose; the ranking chooses. Of two equal titles the spelling of the first stands."""
