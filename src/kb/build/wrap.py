"""Where may the words of a title stand on a line of their own?"""

import re
from collections.abc import Callable, Iterator, Sequence

_WIDE = "\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
_CLOSING = "，。、；：？！…—～·）】》〉」』”’％,.;:?!)]}%"
"""What may not begin a line: https://www.w3.org/TR/clreq/#prohibition_rules_for_line_start_end"""
_OPENING = "（【《〈「『“‘([{"
"""What may not end one."""
_PIECE = re.compile(
    rf"[ ]?[{re.escape(_OPENING)}]*(?:[{_WIDE}]|[^\s{_WIDE}{re.escape(_OPENING)}]+|)"
    rf"[{re.escape(_CLOSING)}]*"
)

Width = Callable[[str], float]


def pieces(words: str) -> tuple[str, ...]:
    """What must stay together: a Chinese sign, or a word, with the marks that cling to it.

    A space stands at the beginning of what follows it.
    """
    return tuple(filter(None, _PIECE.findall(" ".join(words.split()))))


def lines(words: str, room: float, width: Width) -> tuple[str, ...]:
    """The words in as few lines as have room, and these as even as that allows.

    `room` and what `width` says of a text are in the same unit.
    """
    parts = [short for piece in pieces(words) for short in _cut(piece, room, width)]
    wide = [width(part) for part in parts]
    best = _filled(parts, wide, room)
    step = room / 40
    while room > step and len(tighter := _filled(parts, wide, room - step)) == len(best):
        room, best = room - step, tighter
    return best


def _filled(parts: Sequence[str], wide: Sequence[float], room: float) -> tuple[str, ...]:
    made: list[str] = []
    left = 0.0
    for part, needed in zip(parts, wide, strict=True):
        if made and needed <= left:
            made[-1] += part
            left -= needed
        else:
            made.append(part.lstrip())
            left = room - needed
    return tuple(made)


def _cut(piece: str, room: float, width: Width) -> Iterator[str]:
    """A piece in parts that have room each: an address may be longer than a line."""
    while width(piece) > room and len(piece) > 1:
        end = next(n for n in range(len(piece) - 1, 0, -1) if width(piece[:n]) <= room or n == 1)
        yield piece[:end]
        piece = piece[end:]
    yield piece
