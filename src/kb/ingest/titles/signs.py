"""Which signs speak for or against a candidate in its opening?"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kb.ingest.titles.candidates import Candidate
from kb.ingest.titles.form import form
from kb.ingest.titles.known import Known, Standing
from kb.ingest.titles.outline import Outline, pieces
from kb.ingest.titles.sections import number_end, section_end
from kb.ingest.titles.text import GLUE

KINDS: Final = ("term", "phrase", "other")
"""A candidate is a known term, a phrase with one in it, or other words."""

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
_QUOTES: Final = frozenset('“"「《『')
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
)
_STOPS: Final = frozenset("。!?;.")
_MEANT: Final = frozenset({"before brackets", "before is"})


@dataclass(frozen=True, slots=True)
class Shown:
    """Which of KINDS a candidate is, and the names of its signs, in groups that often recur."""

    kind: int
    signs: tuple[tuple[str, ...], ...]


def shown(candidate: Candidate, outline: Outline) -> Shown:
    """What a candidate shows, each sign once."""
    inside = () if candidate.key in outline.opening.near else _inside(candidate, outline)
    known = _of_phrase(candidate, inside, outline) if inside else _of_term(candidate, outline)
    signs = (
        by(candidate.routes),
        _VOTES.upto(len(candidate.routes)),
        form(candidate.title),
        tuple(dict.fromkeys(_around(candidate, outline))),
        *_place(candidate, outline),
        *_repeated(candidate, outline),
        *known,
        _headed(candidate, outline),
        ("is a carrier",) if outline.opening.is_carrier(candidate.title) else (),
    )
    return Shown(0 if candidate.key in outline.opening.near else 1 if inside else 2, signs)


@lru_cache(maxsize=4096)
def by(routes: tuple[str, ...]) -> tuple[str, ...]:
    """The signs that some routes proposed a candidate."""
    return tuple(f"by {route}" for route in routes)


def _around(candidate: Candidate, outline: Outline) -> Iterator[str]:
    """What stands before and after each mention."""
    plain, opening = outline.opening.plain, outline.opening
    for start, end in candidate.places:
        before = plain[max(0, start - 9) : start]
        near = before.rstrip()
        begins = not near or start <= outline.offset or near[-1] in _STOPS
        if not begins and before[-1] == " " and (near[-1] >= "\u3400" or near[-1] in ":)]"):
            begins = not opening.spaced
        if begins:
            yield "begins a sentence"
        elif near.endswith(_ENDS):
            yield from (name for words, name in _BEFORE if near.endswith(words))
        if before and before[-1] in _QUOTES:
            yield "is quoted"
        if before and before[-1] >= "\u3400" <= plain[start] and before[-1] not in _GRAMMAR:
            yield "cut at the left"
        yield from _behind(plain, start, end, begins=begins)


_ENDS: Final = tuple(word for words, _ in _BEFORE for word in words)


def _behind(plain: str, start: int, end: int, *, begins: bool) -> Iterator[str]:
    found = _AFTER.match(plain, end)
    if found and found.lastindex:
        after = _AFTERS[found.lastindex - 1]
        yield after
        if begins and after in _MEANT:
            yield "is defined"
        elif begins and after == "before a verb":
            yield "acts"
    elif (
        end < len(plain) and plain[end] >= "\u3400" <= plain[end - 1] and plain[end] not in _GRAMMAR
    ):
        yield "cut at the right"
    if begins and plain.startswith(" ", end):
        yield from _line_of_its_own(plain, start, end)


def _line_of_its_own(plain: str, start: int, end: int) -> Iterator[str]:
    yield "a line of its own"
    if section_end(plain, end + 1) > end + 1 or number_end(plain, end + 1) > end + 1:
        yield "before a section"
    if plain[start : start + 2].lower() == plain[end + 1 : end + 3].lower():
        yield "taken up at once"


def _place(candidate: Candidate, outline: Outline) -> Iterator[tuple[str, ...]]:
    """Where and how often a candidate is mentioned."""
    if not candidate.places:
        yield ("not in the text",)
        return
    first, last = candidate.places[0][0], candidate.places[-1][0]
    yield _STARTS.upto(first - outline.offset)
    yield _TIMES.upto(len(candidate.places))
    yield tuple(_parts(first, last, outline))
    if any(one < at < end for at, _ in candidate.places for one, end in outline.announced):
        yield ("in an announcement",)


def _parts(first: int, last: int, outline: Outline) -> Iterator[str]:
    if first <= outline.offset:
        yield "opens the text after a number" if outline.opening.numbered else "opens the text"
    if first < outline.first_end:
        yield "in the first sentence"
    if last > len(outline.opening.plain) / 2:
        yield "in the second half"
    if first < outline.trouble < last:
        yield "before and after trouble"
    elif first >= outline.trouble:
        yield "only after trouble"


def _repeated(candidate: Candidate, outline: Outline) -> Iterator[tuple[str, ...]]:
    """How much of a candidate's words comes again, and in short lines."""
    lower = candidate.title.lower()
    counts = [outline.pieces.get(part, 0) for part in pieces(lower)]
    if counts:
        yield _AGAIN.upto(sum(count > 1 for count in counts) / len(counts))
        if 2 * sum(count > 2 for count in counts) > len(counts):
            yield ("words that come often",)
    yield _LINES.upto(outline.headlines.count(lower))


def _of_term(candidate: Candidate, outline: Outline) -> Iterator[tuple[str, ...]]:
    """What the lexicon knows of a candidate, if anything."""
    opening = outline.opening
    if candidate.key in opening.near:
        yield from _standing(opening.standing[opening.tag_of(candidate.key)])
        if candidate.key in opening.lexicon.tags:
            yield ("is a tag",)


def _of_phrase(
    candidate: Candidate, inside: tuple[Known, ...], outline: Outline
) -> Iterator[tuple[str, ...]]:
    """What the lexicon knows of the terms inside a candidate: of the one that ranks best."""
    opening = outline.opening
    tags = {opening.tag_of(hit.key) for hit in inside}
    yield from _standing(min((opening.standing[tag] for tag in tags), key=lambda one: one.rank))
    if len(tags) > 1:
        yield ("has two terms",)
    if candidate.places:
        start, end = (place - outline.offset for place in candidate.places[0])
        yield _SHARE.upto(sum(hit.end - hit.start for hit in inside) / (end - start))
        if inside[0].start == start:
            yield ("starts with a term",)
        if inside[-1].end == end:
            yield ("ends with a term",)


def _standing(one: Standing) -> tuple[tuple[str, ...], ...]:
    return (
        _RANKS.upto(one.rank),
        _ORDERS.upto(one.order),
        _OFTEN.upto(one.times),
        _NEAR.upto(one.near),
        _IN_OTHERS.upto(one.general),
    )


class _Steps:
    """A sign for each step that a value reaches."""

    __slots__ = ("_signs", "_steps")

    def __init__(self, sign: str, *steps: float) -> None:
        self._steps = steps
        self._signs = tuple(
            tuple(f"{sign} {step}" for step in steps[:size]) for size in range(len(steps) + 1)
        )

    def upto(self, value: float) -> tuple[str, ...]:
        """The signs of the steps up to `value`."""
        return self._signs[bisect_right(self._steps, value)]


_VOTES: Final = _Steps("routes", 2, 3, 4, 5, 6)
_STARTS: Final = _Steps("starts after", 1, 20, 60, 140, 260)
_TIMES: Final = _Steps("times", 2, 3, 4)
_AGAIN: Final = _Steps("share of words that come again", 0.3, 0.6, 1.0)
_LINES: Final = _Steps("in short lines", 1, 2, 3)
_SHARE: Final = _Steps("share of terms", 0.35, 0.6, 0.85)
_RANKS: Final = _Steps("term ranks after", 1, 2, 3, 5)
_ORDERS: Final = _Steps("terms before it", 1, 2, 3, 5)
_OFTEN: Final = _Steps("term times", 2, 3, 4, 6)
_NEAR: Final = _Steps("term near", 0.3, 0.6, 0.8, 1.0)
_IN_OTHERS: Final = _Steps("term in others", 1, 3, 8, 20)


def _inside(candidate: Candidate, outline: Outline) -> tuple[Known, ...]:
    """The known terms inside the first mention, or anywhere in a title that is not in the text."""
    known = outline.opening.known
    if not candidate.places:
        first = {hit.key: hit for hit in reversed(known)}
        return tuple(hit for key, hit in first.items() if key in candidate.key)
    start, end = (place - outline.offset for place in candidate.places[0])
    at = bisect_left(known, start, key=lambda hit: hit.start)
    found = []
    while at < len(known) and known[at].end <= end:
        found.append(known[at])
        at += 1
    return tuple(found)


def _headed(candidate: Candidate, outline: Outline) -> tuple[str, ...]:
    if not outline.head:
        return ()
    if candidate.key == outline.head:
        return ("is the heading",)
    if candidate.key in outline.head:
        return ("in the heading",)
    return ("more than the heading",) if outline.head in candidate.key else ("not in the heading",)
