"""What must be known of an opening as a whole before its candidates are weighed?"""

import re
from collections import Counter
from collections.abc import Mapping
from operator import add
from typing import Final, NamedTuple

from kb.ingest.titles.text import Opening, fold

_WORK: Final = "(?:post|article|paper|note|chapter|section|tutorial|blog|guide)"
_WILL: Final = "(?:will|present|propose|introduce)"
# Each way begins with a letter of its own, so that a search leaps to one of them.
_ANNOUNCED: Final = re.compile(
    r"(?:本文|本章|本节|本篇|本博|这篇|这一?[章节篇课]|今天|本教程|本系列|本课|此文|我们将"
    r"|下面|接下来|文章|带你|一起"
    rf"|This {_WORK}|this {_WORK}|In this|in this|We {_WILL}|we {_WILL})[^。!?;]{{0,100}}"
)
_TROUBLE: Final = re.compile(
    "可是|但是?(?=[^。]{2})|却|不过|然而|只能|麻烦|吃不消|难以|很难|太[慢大高贵长]|昂贵|代价"
    "|无法|不能|退化|浪费|瓶颈"
    "|不友好|不稳定|高估|问题[:。,]|有限|盲目|丢掉|过慢|很慢|缓慢|占显存|占内存|敏感|存疑"
    "|不够|平方|依赖大量|效率低"
    "|成本高|开销大"
)
_PIECE: Final = re.compile(r"[a-z0-9][a-z0-9.+'/_-]*")
_NARROW: Final = re.compile("[^\u3400-\U0010ffff]+")
_SHORT: Final = 26
_SENTENCE: Final = re.compile(r"[。!?;]|\. ")


class Outline(NamedTuple):
    """An opening, with its folded heading, its short lines, and how often each piece stands there.

    `lower` is the window in lower case where that has the same places, `offset` is where the body
    begins in it, `half` its middle, `starts` are those of the known terms in the body, `announced`
    are the spans that say what the article is about, `first_end` closes the first sentence,
    `trouble` the first one that complains.
    """

    opening: Opening
    lower: str
    offset: int
    half: float
    starts: list[int]
    head: str
    headlines: str
    pieces: Mapping[str, int]
    announced: tuple[tuple[int, int], ...]
    first_end: int
    trouble: int


def outline(opening: Opening) -> Outline:
    """The outline of an opening."""
    plain = opening.plain
    lower = plain.lower()
    trouble = _TROUBLE.search(plain)
    return Outline(
        opening,
        lower if len(lower) == len(plain) else plain,
        len(plain) - len(opening.body),
        len(plain) / 2,
        [hit.start for hit in opening.known],
        fold(opening.head),
        "\n".join(line for line in opening.lines if len(line) <= _SHORT).lower(),
        Counter(pieces(lower)),
        tuple(found.span() for found in _ANNOUNCED.finditer(plain)),
        _end(plain, len(plain) - len(opening.body)),
        _end(plain, trouble.end()) if trouble else len(plain),
    )


def pieces(lower: str) -> list[str]:
    """The Latin words of a text, and its pairs of neighbouring Chinese characters."""
    wide = _NARROW.sub(" ", lower)
    return [*_PIECE.findall(lower), *map(add, wide, wide[1:])]


def _end(plain: str, start: int) -> int:
    found = _SENTENCE.search(plain, start)
    return found.end() if found else len(plain)
