"""Which repairs turn a flattened excerpt into Markdown, in which order?

A repair changes white space, punctuation and Markdown marks only: never a letter, never a digit.
What is no prose (URLs, formulas, placeholders) is masked first, so that each repair sees prose.
"""

from collections.abc import Callable
from dataclasses import dataclass

from kb.ingest.repairs.cleaning import drop_illegal_characters, mark_cut, tidy_spaces
from kb.ingest.repairs.escaping import escape_line_starts, escape_markdown
from kb.ingest.repairs.masking import mask, unmask
from kb.ingest.repairs.structure import (
    break_paragraphs,
    raise_first_heading,
    raise_section_words,
    restore_enumerations,
    restore_ordered_lists,
    set_formulas_apart,
)
from kb.ingest.repairs.width import close_up, widen_brackets, widen_punctuation

Repair = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Repaired:
    """An excerpt as Markdown, and whether the transmission had cut it."""

    body: str
    truncated: bool


CLEANING: tuple[Repair, ...] = (drop_illegal_characters, tidy_spaces, mark_cut)
PROSE: tuple[Repair, ...] = (
    escape_markdown,
    widen_brackets,
    widen_punctuation,
    raise_first_heading,
    raise_section_words,
    restore_ordered_lists,
    restore_enumerations,
    break_paragraphs,
    close_up,
    set_formulas_apart,
    escape_line_starts,
)


def repair(text: str) -> Repaired:
    """The Markdown of a raw excerpt. Never raises."""
    for clean in CLEANING:
        text = clean(text)
    masked, originals = mask(text)
    for mend in PROSE:
        masked = mend(masked)
    body = unmask(masked, originals).strip()
    return Repaired(f"{body}\n", body.endswith("…"))
