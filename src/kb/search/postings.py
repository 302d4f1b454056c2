"""How are the documents that have a term written down?

As ASCII that needs no escape in a script and that gzip makes as small as bits would be.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import accumulate

ALPHABET = "".join(chr(code) for code in range(0x20, 0x7F) if chr(code) not in '"<\\')
"""92 digits: the last of a number is one of the first 60, any before it one of the others."""
LAST = 60
SHIFT = 5
IMPACT = 3
"""Bits of an impact."""

REMEMBERED = 2**14
"""Numbers that are kept as texts, and the reverse: most gaps are small."""
_IMPACTS, _LOWEST = (1 << IMPACT) - 1, (1 << SHIFT) - 1
_NUMBER = re.compile(f"[{re.escape(ALPHABET[LAST:])}]*[{re.escape(ALPHABET[:LAST])}]")


def written(postings: Mapping[int, int]) -> str:
    """The impacts of a term by slot as a text, in the order of the slots.

    A number for each slot: the slots that are left out before it, and its impact in three bits.
    """
    slots = sorted(postings)
    before = (-1, *slots)
    return "".join(
        _text((slot - last - 1) << IMPACT | postings[slot])
        for last, slot in zip(before, slots, strict=False)
    )


def read(text: str) -> dict[int, int]:
    """The impacts by slot that were written."""
    numbers = list(map(_number, _NUMBER.findall(text)))
    return dict(zip(_slots(numbers), (number & _IMPACTS for number in numbers), strict=True))


def amended(text: str, slot: int, impact: int | None) -> str:
    """What was written after one document has another impact, or the term no more (None).

    Only the number of this slot and the one after it are written anew.
    """
    texts = _NUMBER.findall(text)
    numbers = list(map(_number, texts))
    slots = _slots(numbers)
    first = bisect_left(slots, slot)
    last = first + (slots[first : first + 1] == [slot])
    before = slots[first - 1] if first else -1
    new = []
    if impact is not None:
        new.append(_text((slot - before - 1) << IMPACT | impact))
        before = slot
    if last < len(slots):
        new.append(_text((slots[last] - before - 1) << IMPACT | numbers[last] & _IMPACTS))
    return "".join((*texts[:first], *new, *texts[last + 1 :]))


def _slots(numbers: Iterable[int]) -> list[int]:
    return list(accumulate(((number >> IMPACT) + 1 for number in numbers), initial=-1))[1:]


@lru_cache(maxsize=REMEMBERED)
def _text(number: int) -> str:
    out = []
    while number >= LAST:
        number -= LAST
        out.append(ALPHABET[LAST + (number & _LOWEST)])
        number >>= SHIFT
    return "".join((*out, ALPHABET[number]))


@lru_cache(maxsize=REMEMBERED)
def _number(text: str) -> int:
    return sum(ALPHABET.index(digit) << SHIFT * place for place, digit in enumerate(text))
