"""What does the form of a title say for or against it, whatever it stands in?"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from kb.ingest.titles.groups import Group, group
from kb.ingest.titles.headings import is_question
from kb.ingest.titles.outline import pieces
from kb.ingest.titles.text import CJK

_UNIT: Final = re.compile(rf"[{CJK}]|[A-Za-z0-9][A-Za-z0-9.+'/_-]*")
_LENGTHS: Final = (2, 3, 4, 5, 7, 9, 13, 21)
_GENRE: Final = re.compile(
    r"(?:详解|原理|入门|教程|指南|实践|实战|实现|解析|解读|分析|总结|笔记|机制|算法|模型|方法"
    r"|优化|架构|流程|对比|区别"
    r"|基础|应用|推导|训练|综述|技术|系统|框架|网络|函数|问题|结构|策略|理论|过程|\)|协议|模式)$"
)
_SAYS: Final = re.compile("是|有|可以|需要|能|会|将|把|被|让|使得|进行|应该|已经|就|都|也|了|着|不")
_POINTS: Final = re.compile(
    "我|你|他|她|它|这|那|本文|本章|本节|大家|笔者|作者|自己|其|该|此|某|另"
)
_GRAMMAR: Final = re.compile(
    "^(?:的|了|在|和|与|对|从|为|将|把|被|用|以|及|等|到|中|上|下|而|但|则|如|若|当|并|或|之"
    "|所|就|都|也|还|更|很|不|没"
    "|第|一种|一个|这|那|其|该|每|各|由|让|使|给|通过|使用|利用|基于|根据|随着|由于|如果|因为"
    "|所以|因此)|(?:的|了|在|和"
    "|与|对|从|为|将|把|被|以|及|等|到|而|但|是|有|会|能|进行|使用|通过|可以|需要|中|上|下|时"
    "|后|前|个|种)$"
)
_DOES: Final = re.compile(
    "理解|掌握|了解|学习|使用|实现|利用|基于|通过|采用|关于|介绍|解决|训练|加载|配置|安装"
    "|编写|运行|深入|如何|怎么"
    "|为什么|什么|提升|提高|减少|降低|避免|优化|支持|进行|需要|可以|假设|设|给定|考虑"
)
_ENGLISH_VERB: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|we|our|can|will|which|that|this|it|be|does?|let|you|your"
    r"|they|i)\b",
    re.IGNORECASE,
)
_LITTLE: Final = r"(?:the|an?|of|for|in|on|to|and|or|with|by|as|at|from)"
_ENGLISH_EDGE: Final = re.compile(rf"^{_LITTLE}\b|\b{_LITTLE}$", re.IGNORECASE)
_MARKS: Final = (
    (re.compile("[,。;]"), "has a comma"),
    (re.compile(r"\("), "has brackets"),
    (re.compile(":"), "has a colon"),
    (re.compile("^[0-9]"), "starts with a digit"),
    (re.compile("[0-9]"), "has a digit"),
)
_CHINESE_SIGNS: Final = (
    (_SAYS, "has a verb"),
    (_POINTS, "has a pronoun"),
    (_GRAMMAR, "ends in grammar"),
    (re.compile(f"^(?:{_DOES.pattern})"), "starts with a verb"),
    (_GENRE, "ends in a noun of genre"),
    (re.compile("的"), "has 的"),
)


@lru_cache(maxsize=16384)
def units(title: str) -> frozenset[str]:
    """The different Chinese characters and Latin words of a title, lower case."""
    return frozenset(_UNIT.findall(title.lower()))


@lru_cache(maxsize=16384)
def parts(lower: str) -> tuple[str, ...]:
    """The pieces of a title."""
    return tuple([piece for piece in pieces(lower) if " " not in piece])


@lru_cache(maxsize=16384)
def form(title: str) -> Group:
    """The signs of a title's length, script, words and marks."""
    words = _UNIT.findall(title.lower())
    wide = len([word for word in words if word >= "\u3400"])
    script = "is Latin" if not wide else "is Chinese" if wide == len(words) else "is mixed"
    signs = [name for shape, name in _MARKS if shape.search(title)]
    if is_question(title):
        signs.append("asks")
    if wide:
        signs += [name for shape, name in _CHINESE_SIGNS if shape.search(title)]
    else:
        signs += _latin(title, len(words))
    return _formed(min(len(words), _LENGTHS[-1]), script, *signs)


@lru_cache(maxsize=4096)
def _formed(length: int, *signs: str) -> Group:
    """The signs of so many words, and others."""
    return group([*(f"length {size}" for size in _LENGTHS if length >= size), *signs])


def _latin(title: str, words: int) -> Iterator[str]:
    yield from (f"Latin words {size}" for size in (2, 3, 4, 5) if words >= size)
    if title[1:] != title[1:].lower():
        yield "has an inner capital"
    else:
        yield "starts with a capital" if title[:1].isupper() else "is lower case"
    if _ENGLISH_VERB.search(title):
        yield "has an English verb"
    if _ENGLISH_EDGE.search(title):
        yield "ends in English grammar"
