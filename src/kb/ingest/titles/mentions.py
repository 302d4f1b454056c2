"""Which signs does a mention show by what stands before and after it?"""

import re
from typing import Final, TypeAlias

from kb.ingest.titles.outline import Outline
from kb.ingest.titles.sections import number_end, section_end
from kb.ingest.titles.text import GLUE

_GRAMMAR: Final = frozenset(GLUE)
_TOLD: Final = (
    "介绍 讲解 讨论 讲述 聊聊 谈谈 学习 理解 掌握 了解 分析 解析 总结 梳理 实现 什么是 关于 "
    "讲 详解 深入 introduce "
    "introduces introducing about discuss discusses learn explain explains cover covers"
)
_PROPOSED: Final = (
    "提出 提出了 引入 引入了 称为 叫做 叫 名为 称之为 就是 即 便是 推出 有了 一种 一个 称作 "
    "所谓 简称 全称 被称为 的是 "
    "called propose proposes named"
)
_ASIDE: Final = (
    "如 像 传统 传统的 以往 以往的 比如 例如 相比 相比于 不同于 类似 比 除了 包括 such+as "
    "like unlike than e.g."
)
_MEANS: Final = "使用 利用 通过 基于 采用 用 借助 结合 在 对 从 以 由 using with by via in for on"
_BEFORE: Final = tuple(
    (tuple(word.replace("+", " ") for word in words.split()), name)
    for words, name in (
        (_TOLD, "after a verb of telling"),
        (_PROPOSED, "after a word of naming"),
        (_ASIDE, "after a word of comparing"),
        (_MEANS, "after a word of means"),
        ("的", "after 的"),
        ("和 与 、 或 及 and", "after and"),
        (", :", "after a comma"),
    )
)
_LEFT: Final = ("begins a sentence", "is quoted", "cut at the left")
_BEGINS, _QUOTED, _CUT_LEFT = 1, 2, 4
_AFTER: Final = re.compile(
    r" ?(?:(\()|(是(?!否)|就是|指的?是|也?称|is\b|are\b|refers)|(的)|([和与、或及]|and\b)"
    r"|([,。;!])|(:)|(\?)"
    r"|(可以|能够?|采用|使用|通过|将|把|用|让|会|由|包括|包含|提供|支持|利用|基于|旨在|作为"
    r"|允许|主要|通常|一般|本质"
    r"|具有|实现|引入|提出|结合|for\b|has\b|can\b|[a-z]+s\b))"
)
_AFTERS: Final = (
    "before brackets",
    "before is",
    "before 的",
    "before and",
    "before a stop",
    "before a colon",
    "before a question mark",
    "before a verb",
    "cut at the right",
)
_HEADS: Final = (
    "is defined",
    "acts",
    "a line of its own",
    "before a section",
    "taken up at once",
)
MENTION: Final = (*_LEFT, *(name for _, name in _BEFORE), *_AFTERS, *_HEADS)
"""The signs of a mention, in the order of their bits."""

_BIT: Final = {name: 1 << at for at, name in enumerate(MENTION)}
_AFTER_BITS: Final = tuple(_BIT[name] for name in _AFTERS)
_MEANT: Final = _BIT["before brackets"] | _BIT["before is"]
_ENDS: Final = {
    last: tuple((word, _BIT[name]) for words, name in _BEFORE for word in words if word[-1] == last)
    for last in {word[-1] for words, _ in _BEFORE for word in words}
}
_QUOTES: Final = frozenset('“"「《『')
_STOPS: Final = frozenset("。!?;.")
_CHINESE: Final = "\u3400"
_PLACES: Final = 4
_LATIN: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_LATIN_BUT_S: Final = _LATIN - {"s"}

Places: TypeAlias = tuple[tuple[int, int], ...]
"""Where a title stands in the window: from, to."""


def before(plain: str, start: int, *, opens: bool, spaced: bool) -> int:
    """The bits of what stands before a mention; one that opens the body begins a sentence."""
    prior = plain[max(0, start - 9) : start]
    near = prior.rstrip()
    if not near:
        return _BEGINS
    bits = 0
    last = near[-1]
    if opens or last in _STOPS or (not spaced and _ends_a_line(prior, last)):
        bits = _BEGINS
    elif last in _ENDS:
        for word, bit in _ENDS[last]:
            if near.endswith(word):
                bits |= bit
    last = prior[-1]
    if last in _QUOTES:
        bits |= _QUOTED
    elif last >= _CHINESE <= plain[start] and last not in _GRAMMAR:
        bits |= _CUT_LEFT
    return bits


def _ends_a_line(prior: str, last: str) -> bool:
    return prior[-1] == " " and (last >= _CHINESE or last in ":)]")


def after(plain: str, end: int) -> int:
    """The bits of what stands after a mention."""
    found = _AFTER.match(plain, end)
    if found and found.lastindex:
        return _AFTER_BITS[found.lastindex - 1]
    if end < len(plain) and plain[end] >= _CHINESE <= plain[end - 1]:
        return 0 if plain[end] in _GRAMMAR else _BIT["cut at the right"]
    return 0


def of_head(plain: str, start: int, end: int, follows: int) -> int:
    """The bits of a mention that begins a sentence, and of the bits that follow it."""
    bits = 0
    if follows & _MEANT:
        bits = _BIT["is defined"]
    elif follows & _BIT["before a verb"]:
        bits = _BIT["acts"]
    if plain.startswith(" ", end):
        bits |= _BIT["a line of its own"]
        if section_end(plain, end + 1) > end + 1 or number_end(plain, end + 1) > end + 1:
            bits |= _BIT["before a section"]
        if plain[start : start + 2].lower() == plain[end + 1 : end + 3].lower():
            bits |= _BIT["taken up at once"]
    return bits


def mentioned(places: Places, outline: Outline) -> int:
    """The bits of all mentions, each sign once."""
    plain, spaced, offset = outline.opening.plain, outline.opening.spaced, outline.offset
    bits = 0
    for start, end in places:
        left = before(plain, start, opens=start <= offset, spaced=spaced)
        right = after(plain, end)
        bits |= left | right
        if left & _BEGINS:
            bits |= of_head(plain, start, end, right)
    return bits


def places(lower: str, words: str) -> Places:
    """The first places of a title as whole words in the window, both in lower case."""
    at = lower.find(words)
    if at < 0:
        return ()
    starts, ends = words[0] in _LATIN, words[-1] in _LATIN
    found = list[tuple[int, int]]()
    while at >= 0 and len(found) < _PLACES:
        end = at + len(words)
        if not (starts and at and lower[at - 1] in _LATIN) and not (
            ends and end < len(lower) and lower[end] in _LATIN_BUT_S
        ):
            found.append((at, end))
        at = lower.find(words, end)
    return tuple(found)
