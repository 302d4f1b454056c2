"""Which repairs turn a flattened excerpt into Markdown, in which order?

A repair changes white space, punctuation, emoji and Markdown marks only: never a letter, never a
digit. What is no prose (URLs, formulas, placeholders) is masked first, so that each sees prose.
"""

from collections.abc import Callable
from dataclasses import dataclass

from kb.ingest.repairs.cleaning import (
    drop_illegal_characters,
    drop_marker,
    mark_cut,
    tidy_spaces,
)
from kb.ingest.repairs.escaping import escape_line_starts, escape_prose, part_placeholders
from kb.ingest.repairs.headings import raise_headings
from kb.ingest.repairs.lists import restore_lists
from kb.ingest.repairs.masking import mask, unmask
from kb.ingest.repairs.paragraphs import (
    break_paragraphs,
    part_labels,
    part_links,
    set_blocks_apart,
)
from kb.ingest.repairs.width import close_up, widen_brackets, widen_punctuation, widen_stops
from kb.languages import language_of

Repair = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Repaired:
    """An excerpt as Markdown, and whether the transmission had cut it."""

    body: str
    truncated: bool


CLEANING: tuple[Repair, ...] = (drop_illegal_characters, tidy_spaces, mark_cut, drop_marker)
CHINESE: tuple[Repair, ...] = (widen_brackets, widen_punctuation, widen_stops)
"""For Chinese text alone."""
PROSE: tuple[Repair, ...] = (
    raise_headings,
    restore_lists,
    break_paragraphs,
    close_up,
    part_labels,
    part_links,
    set_blocks_apart,
    part_placeholders,
    escape_prose,
    escape_line_starts,
)


def repair(text: str) -> Repaired:
    """The Markdown of a raw excerpt. Never raises."""
    for clean in CLEANING:
        text = clean(text)
    masked, originals = mask(text)
    for mend in (*CHINESE, *PROSE) if language_of(masked) == "zh" else PROSE:
        masked = mend(masked)
    body = unmask(masked, originals).strip()
    return Repaired(f"{body}\n", body.endswith("…"))
