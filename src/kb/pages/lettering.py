"""How wide is a label about, and where does it break into lines?"""

import re
from collections.abc import Iterator
from unicodedata import east_asian_width

_PIECE = re.compile(r"\s+|[!-~¡-ʯ]+|.[、，。：；！？）」』》·]*", re.DOTALL)
"""What stays in one line: a word of Latin letters, or a character with the marks after it."""
_JOINT = re.compile(r"\n[与和及或]|[的、，：·/!-~]\n|\n[!-~]")
"""Where a line of Chinese breaks best: before a conjunction, after marks, beside Latin words."""

GAP, DIGIT = 0.3, 0.55
"""The width in em of what is between a name and its number, and of each digit."""


def width(text: str) -> float:
    """The width in em, about that of the widest usual fonts: no font is asked at build."""
    return sum(map(_advance, text))


def lines(text: str, most: float) -> tuple[str, ...]:
    """The text in one line or two, as even as can be, none wider than `most` em; cut if need be."""
    if width(text) <= most:
        return (text,)
    breaks = ((text[:at].rstrip(), text[at:].lstrip()) for at in _breaks(text))
    fitting = [(head, tail) for head, tail in breaks if tail and width(head) <= most]
    if not fitting:
        return (_cut(text, most),)
    head, tail = min(fitting, key=lambda pair: _badness(pair[0], pair[1], most))
    return head, _cut(tail, most)


def caption(name: str, number: str, most: float) -> tuple[tuple[str, str], ...]:
    """The lines of a name with a number after it, which gets a line of its own if need be."""
    *before, last = lines(name, most)
    words = tuple((line, "") for line in before)
    if width(last) + GAP + DIGIT * len(number) <= most:
        return (*words, (last, number))
    return (*words, (last, ""), ("", number))


def _badness(head: str, tail: str, most: float) -> tuple[bool, bool, float]:
    """Whether the second line is cut, whether the break is inside a phrase, and the wider line."""
    is_good = bool(_JOINT.search(f"{head}\n{tail}"))
    return width(tail) > most, not is_good, max(width(head), width(tail))


def _breaks(text: str) -> Iterator[int]:
    return (piece.end() for piece in _PIECE.finditer(text))


def _cut(text: str, most: float) -> str:
    if width(text) <= most:
        return text
    kept = text
    while kept and width(kept) + 1 > most:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def _advance(character: str) -> float:
    if east_asian_width(character) in "WFA":
        return 1.0
    if character.isspace():
        return 0.3
    return 0.7 if character.isupper() else 0.58
