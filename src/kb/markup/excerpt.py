"""Where is a text cut so that a reader does not stumble?"""

import re
import unicodedata
from collections.abc import Callable
from functools import partial
from itertools import chain

from kb.markup.characters import is_chinese, joins_without_space

_SENTENCE_ENDS = re.compile(r"[。！？!?]+[”’」』）)]*|\.(?=\s)")
_CLAUSE_ENDS = re.compile(r"[，、；：—]+|[,;:](?=\s)|(?<=[\u3400-\u9fff])[,;:]")
_GAP = re.compile(r"[^\S ]\s*| \s+")
"""Any white space but a lone space, which stays."""
_ELLIPSIS = "…"
_JOINER = "\u200d"


def excerpt(text: str, length: int) -> str:
    """At most `length` characters of `text` on one line, with `…` at the end when it was cut.

    Cut at a sentence's end in the latter half, else at a clause's or a word's, never within what
    a reader sees as one character (https://www.unicode.org/reports/tr29/).
    """
    seen = text[: 4 * length + 200]  # enough, and a card of a long article costs no more
    line = _one_line(seen)
    if len(line) <= length and seen == text:
        return line
    room = max(length - 1, 0)
    if length <= 0:
        return ""
    return (line if len(line) <= room else _cut(line, room)) + _ELLIPSIS


def ending(text: str, length: int) -> str:
    """At most the last `length` characters of one line, with `…` before them when it was cut.

    Cut after a clause in the former half, else at a word, never within a character as above.
    """
    if len(text) <= length:
        return text
    start, half = len(text) - length + 1, len(text) - length // 2
    clauses = (found.end() for found in _CLAUSE_ENDS.finditer(text, start, half))
    words = filter(partial(_is_word_end, text), range(start, half))
    letters = filter(partial(_is_boundary, text), range(start, half))
    return _ELLIPSIS + text[next(chain(clauses, words, letters), half) :].lstrip()


def _one_line(text: str) -> str:
    return _GAP.sub(_joined, text.strip())


def _joined(gap: re.Match[str]) -> str:
    if "\n" not in gap.group():
        return " "
    before, after = gap.string[gap.start() - 1], gap.string[gap.end()]
    return "" if not before.isalnum() and joins_without_space(before, after) else " "


def _cut(text: str, room: int) -> str:
    window, half = text[: room + 1], room // 2
    for ends, keeps in ((_SENTENCE_ENDS, True), (_CLAUSE_ENDS, False)):
        places = [e.end() if keeps else e.start() for e in ends.finditer(window)]
        good = [place for place in places if half <= place <= room]
        if good:
            return text[: good[-1]].rstrip()
    place = _last(text, room, _is_word_end)
    return text[: place if place > half else _last(text, room, _is_boundary)].rstrip()


def _last(text: str, place: int, is_good: Callable[[str, int], bool]) -> int:
    while place and not is_good(text, place):
        place -= 1
    return place


def _is_word_end(text: str, place: int) -> bool:
    """Whether no word of letters with spaces between them is cut; Chinese may end anywhere."""
    inside = all(c.isalnum() and not is_chinese(c) for c in text[place - 1 : place + 1])
    return not inside and _is_boundary(text, place)


def _is_boundary(text: str, place: int) -> bool:
    before, after = text[place - 1], text[place]
    if unicodedata.category(after)[0] == "M" or _JOINER in (before, after):
        return False
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return False
    if _is_flag_half(before) and _is_flag_half(after):
        return (_flag_halves_before(text, place) % 2) == 0
    return not ("\u1160" <= after <= "\u11ff")


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _flag_halves_before(text: str, place: int) -> int:
    start = place
    while start and _is_flag_half(text[start - 1]):
        start -= 1
    return place - start
