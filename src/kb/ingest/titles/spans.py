"""Which words of an opening could name it, whatever the sentences around them say?"""

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import Final

from kb.ingest.titles.sections import number_end
from kb.ingest.titles.text import CJK, GLUE, NAME, Opening

_WORD: Final = r"[A-Za-z][A-Za-z0-9]*(?:[-.+/'_][A-Za-z0-9]+)*\+{0,2}"
_CONTENT: Final = rf"(?:(?![{GLUE}])[{CJK}])"
"""A Chinese character that seldom stands between words rather than in one."""

_LONGEST_LINE: Final = 40
_HEAD: Final = re.compile(r"[^。,;!?:(]{2,30}(?=[ (:])")
_BRACKETS: Final = re.compile(r"\(([^()]{2,70})\)")
_NAMED: Final = re.compile(rf"(?:{_WORD} ?)?{_CONTENT}{{2,14}}$|(?:{_WORD} ){{0,5}}{_WORD}$")
_NAMED_IN: Final = 32
_QUOTED: Final = re.compile(r"[“\"「『《]([^“”\"「」『』《》]{2,60})[”\"」』》]")
_ASKED: Final = re.compile(
    r"(?:什么是|何为|何谓|为什么(?:需要|要用?|用|使用)?|如何|怎么|怎样|理解|What (?:is"
    r"|are) (?:an? |the )?|How to )"
    r"\s?([^?。,;!:]{2,40}?)(?=[?。,;!:]|是| [\u3400-\u9fff]|$)"
)
_TOLD: Final = re.compile(
    r"(?:介绍|讲解|讲述|讨论|探讨|聊聊|谈谈|说说|讲讲|学习|了解|理解|掌握|解读|解析|分析|实现"
    r"|推导|总结|梳理|关于"
    r"|围绕|聚焦|详解|深入|提出|引入|基于|叫做|称为|就是|认识|搞懂|本质上?是)"
    r"(?:一下|下|了|的是|如何|什么是|怎样|怎么|一种|一个|几种|新的|着|到|所谓的?|著名的"
    r"|经典的|的|大家|[\"“「])*"
    r"\s?([^。,;!?:\"”]{2,40})"
)
_TOLD_END: Final = re.compile(
    r"的|以及|和|与|及|来|并|等|是|在|中|这|进行| |\(|、|如何|将|会|可以|能"
)
_MODIFIER: Final = re.compile(
    rf"(?:{_WORD}|{_CONTENT}{{1,6}}|(?:{_WORD}|{_CONTENT}{{2,6}}) ?(?:中的|的|与|和|及)) ?$"
)
_FACET: Final = re.compile(rf" ?(?:的 ?)?(?:{_CONTENT}{{2,6}}|{_WORD})(?!{_CONTENT})")
_ENGLISH: Final = re.compile(
    r"[A-Za-z][\w'+/-]*(?: (?!(?:is|are|was|were|has|have|can|will|which|that|this|it|be|and"
    r"|or|to|for|of|in|on|by"
    r"|with|as|at|from|we|you|the|an?|but|so|if|not|does?|when|where|how|what|why|there|their"
    r"|its|our|your|they|then"
    r"|than|such|also|into|one|each|all|some|many|more|most|these|those"
    r"|i)\b)[A-Za-z][\w'+/-]*){0,4}"
)
_LINKED: Final = re.compile(
    rf"{_ENGLISH.pattern}(?: (?:of|for|in|with|and|to) (?:the |an? )?{_ENGLISH.pattern}){{1,2}}"
)
_LITTLE: Final = re.compile(
    r"(?:(?:the|an?|this|that|we|it|in|on|for|to|of|and|is|are|as|by|with|if|you|our|their"
    r"|its|these|those|they|there"
    r"|here|when|while|such|i|at|from|or|but|so|can|will|be|one|each|all|some|many|more|most) )+",
    re.IGNORECASE,
)
_BESIDE: Final = 16
_MOST: Final = 5
_SIDE_BY_SIDE: Final = 4


def opening_words(opening: Opening) -> Iterator[str]:
    """What the body begins with, up to each space or the first mark: a heading may end there."""
    at, body = opening.body.find(" "), opening.body
    for _ in range(3):
        if not 0 < at < 60:
            break
        yield body[:at]
        at = body.find(" ", at + 1)
    for mark in (_FIRST_CLAUSE, _FIRST_SENTENCE):
        first = mark.match(body)
        if first:
            yield first.group()


_FIRST_CLAUSE: Final = re.compile(r"[^。,;!?:]{2,60}")
_FIRST_SENTENCE: Final = re.compile(r"[^。!?]{2,60}")


def short_lines(opening: Opening) -> Iterator[str]:
    """The lines of the flattened text that are short enough for a heading, without number."""
    for line in islice(opening.lines, 8):
        start = number_end(line)
        if 1 < len(line) - start <= _LONGEST_LINE:
            yield line[start:]
        elif head := _HEAD.match(line, start):
            yield head.group()


def known_words(opening: Opening) -> Iterator[str]:
    """The terms of the taxonomy."""
    yield from (opening.body[hit.start : hit.end] for hit in opening.best[:9])


def known_with_more(opening: Opening) -> Iterator[str]:
    """One of the best terms with what stands before or after it: Redis 的持久化, 稀疏注意力."""
    body = opening.body
    for hit in opening.best[:2]:
        term = body[hit.start : hit.end]
        facet = _FACET.match(body, hit.end)
        if facet:
            yield term + facet.group()
        before = _MODIFIER.search(body[max(0, hit.start - _BESIDE) : hit.start])
        if before:
            yield before.group() + term


def known_pairs(opening: Opening) -> Iterator[str]:
    """Two terms of the taxonomy that stand side by side: Spring 中的循环依赖, A 与 B."""
    for one, other in pairwise(opening.known[:4]):
        if other.start - one.end <= _SIDE_BY_SIDE:
            yield opening.body[one.start : other.end]


def known_together(opening: Opening) -> str:
    """The two terms that the opening speaks of most, as they come in it: ZooKeeper Leader 选举.

    None where they stand side by side: what the author put between them is better.
    """
    best = sorted(opening.best[:2], key=lambda hit: hit.start)
    if len(best) < 2 or best[1].start - best[0].end <= _SIDE_BY_SIDE:
        return ""
    return " ".join(opening.body[hit.start : hit.end] for hit in best)


def names(opening: Opening) -> Iterator[str]:
    """Latin names."""
    found = dict[str, None]()
    for name in NAME.finditer(opening.plain):
        found[name.group()] = None
        if len(found) == _MOST:
            break
    yield from found


def full_names(opening: Opening) -> Iterator[str]:
    """Both sides of 中文(English), and the whole."""
    plain = opening.plain
    for found in islice(_BRACKETS.finditer(plain), 2):
        end = found.start()
        end -= plain[end - 1 : end] == " "
        named = _NAMED.search(plain[max(0, end - _NAMED_IN) : end])
        if named:
            yield named.group()
            yield named.group() + plain[end : found.end()]
            yield found.group(1).partition(",")[0]


def quotations(opening: Opening) -> Iterator[str]:
    """What stands in quotation marks or 《》."""
    yield from (found.group(1) for found in islice(_QUOTED.finditer(opening.plain), 3))


def questions(opening: Opening) -> Iterator[str]:
    """What a question is about, and the question: 什么是 X, 如何 X."""
    for found in islice(_ASKED.finditer(opening.plain), 2):
        yield found.group(1)
        yield found.group()


def told(opening: Opening) -> Iterator[str]:
    """What is told, learnt, introduced: the object of such a verb, short and long."""
    for found in islice(_TOLD.finditer(opening.plain), 3):
        said = found.group(1)
        yield said
        for end in islice(_TOLD_END.finditer(said, 2), 1):
            yield said[: end.start()]


def english_words(opening: Opening) -> Iterator[str]:
    """Groups of English words without a verb, alone and linked by "of" or "for"."""
    if not opening.english:
        return
    for found in islice(_ENGLISH.finditer(opening.body), 6):
        little = _LITTLE.match(found.group())
        yield found.group()[little.end() if little else 0 :]
    yield from (found.group() for found in islice(_LINKED.finditer(opening.body), 2))
