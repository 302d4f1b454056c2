"""How are the documents that have a term written down?

As ASCII that needs no escape in a script and that gzip makes as small as bits would be.
"""

from collections.abc import Mapping

ALPHABET = "".join(chr(code) for code in range(0x20, 0x7F) if chr(code) not in '"<\\')
"""92 digits: the last of a number is one of the first 60, any before it one of the others."""
LAST = 60
SHIFT = 5
IMPACT = 3
"""Bits of an impact."""

_DIGITS = {character: digit for digit, character in enumerate(ALPHABET)}


def written(postings: Mapping[int, int]) -> str:
    """The impacts of a term by slot as a text, in the order of the slots.

    A number for each slot: the slots that are left out before it, and its impact in three bits.
    """
    out: list[str] = []
    before = -1
    for slot in sorted(postings):
        number = (slot - before - 1) << IMPACT | postings[slot]
        while number >= LAST:
            number -= LAST
            out.append(ALPHABET[LAST + (number & 31)])
            number >>= SHIFT
        out.append(ALPHABET[number])
        before = slot
    return "".join(out)


def read(text: str) -> dict[int, int]:
    """The impacts by slot that were written."""
    found: dict[int, int] = {}
    slot, number, weight = -1, 0, 0
    for digit in map(_DIGITS.__getitem__, text):
        number += digit << weight
        weight += SHIFT
        if digit < LAST:
            slot += 1 + (number >> IMPACT)
            found[slot] = number & 7
            number = weight = 0
    return found
