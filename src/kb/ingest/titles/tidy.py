"""Which form of a candidate may stand as a title, if any?"""

import re
from typing import Final

from kb.ingest.titles.peel import has_placeholder
from kb.ingest.titles.sections import is_section_word, number_end

LONGEST: Final = 60
LONGEST_WORK: Final = 100
"""Characters of a title, and of the English name of a paper or book."""

_OPENERS: Final = {"(": ")", "[": "]", "《": "》", "「": "」", "“": "”", "【": "】", "{": "}"}
_CLOSERS: Final = {close: opener for opener, close in _OPENERS.items()}
_ENDS: Final = " \t,:;!.。、~|-—_*#>=/\\'·•+&^"
_FRONTS: Final = " 的了\t,:;!?.。、~|—_*#>=/\\)]}》」”】·•+&^"
_EMPTY: Final = re.compile(
    "(?:为什么|怎么|如何|是什么|什么|怎么选|哪些|哪条|之[前后]|一共|差别|区别|不同|原因|容易|关系"
    "|例子|(?i:each|two|one|every|many|most|some|they|these|those|there|here|when|while|since|if"
    "|our|we|you|but|such|both|all|any|not|how|why|what|which|who|it|in|the|an|for|this|that|as"
    "|with|let)|最初|论文(?:名称?|题目|标题"
    "|地址|链接)|代码地址|我们|以及|[前后这那第][一二两三四五几][种个类条步]|0x[0-9a-fA-F]+|(?i:start|disclaimer|warning|spoiler))"
)
_ODD: Final = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\u20e3\x00-\x1f${}\\\\]"
    r"(?:(?<!\\)|(?=[a-zA-Z(\[{]))"
)
_WORTH: Final = re.compile(r"[^\W\d_]")
_ASK: Final = re.compile(
    r"^(?:什么(?:是|叫做?)|何为|何谓|如何理解|怎么理解|怎样理解|谈谈你?对?|说说你?对?|聊聊|浅谈"
    r"|浅析|简述|认识|初识|了解|"
    r"关于|介绍(?:一下)?|说一下|讲一下|请?说说|详解|图解|一文读懂|一文看懂|一文搞懂|(?:What"
    r"|Who)(?: is| are|'s) (?:an? |the )?)\s?"
    r"(?=\S{2})",
    re.IGNORECASE,
)
_WORK: Final = re.compile(r"[^《》]{0,8}《([^《》]{2,})》的?[^《》]{0,8}")
_TAIL: Final = re.compile(
    r"(?<=\S)\s?(?:的?(?:基本概念|基础概念|基本介绍|简单介绍|概述|简介|介绍|概览|概念|概要|引言"
    r"|背景|简述|的?定义|总览)|"
    r"(?:究竟|到底)?是(?:什么|啥|怎么回事|怎么一回事)|的理解|overview|introduction)\??$",
    re.IGNORECASE,
)
_DIGITS: Final = re.compile(r"\d\d[/.-]\d")
_DAY: Final = re.compile(
    r"^(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}[ _:,-]+|[ _:,-]+(?:(?:19|20)\d\d|\d\d)"
    r"[-/.][01]?\d[-/.][0-3]?\d$"
)
_TAIL_ENDS: Final = frozenset("念绍述介览要言景义么啥事解wnWN")
_BRACKET: Final = re.compile(f"[{re.escape(''.join((*_OPENERS, *_CLOSERS)))}]")


def tidy(candidate: str, longest: int = LONGEST) -> str:
    """`candidate` as a title: marks trimmed, brackets balanced, or "" where it cannot be one."""
    title = _balanced(_undated(candidate.strip(_FRONTS).rstrip(_ENDS)))
    title = title.strip(_FRONTS[:-12]).rstrip(_ENDS)
    if len(title) > longest:
        title = _shortened(title, longest)
    return title if acceptable(title, longest) else ""


def subject(title: str) -> str:
    """`title` without what only asks or announces: 什么是X?, X 简介 and X 是什么 are X."""
    work = _WORK.fullmatch(title)
    if work:
        return work.group(1)
    bare = _ASK.sub("", title, count=1)
    if bare.rstrip("?")[-1:] in _TAIL_ENDS:
        bare = _TAIL.sub("", bare)
    bare = bare.strip(_ENDS + "?")
    return bare if len(bare) > 1 and not is_section_word(bare) else title.rstrip("?")


def acceptable(title: str, longest: int = LONGEST) -> bool:
    """May `title` stand: short, with letters, no section word, link, placeholder or formula?"""
    return (
        1 < len(title) <= longest
        and _WORTH.search(title) is not None
        and not _ODD.search(title)
        and not has_placeholder(title)
        and not is_section_word(title)
        and not _EMPTY.fullmatch(title)
        and number_end(title) < len(title)
    )


def _undated(text: str) -> str:
    """`text` without a day before or after it."""
    return _DAY.sub("", text) if _DIGITS.search(text) else text


def _balanced(text: str) -> str:
    """`text` up to the first bracket that is never closed, or never opened."""
    if not _BRACKET.search(text):
        return text
    stack: list[tuple[str, int]] = []
    for at, mark in enumerate(text):
        if mark in _OPENERS:
            stack.append((mark, at))
        elif mark in _CLOSERS:
            if not stack or stack[-1][0] != _CLOSERS[mark]:
                return text[: stack[0][1] if stack else at].rstrip(_ENDS)
            stack.pop()
    return text[: stack[0][1]].rstrip(_ENDS) if stack else text


def _shortened(title: str, longest: int) -> str:
    """The part before a colon or dash of a long title, else whole words or clauses of it."""
    for mark in (":", "——", " - ", ",", "。", "、"):
        head = title.partition(mark)[0].rstrip(_ENDS)
        if 1 < len(head) <= longest and len(head) < len(title):
            return _balanced(head)
    cut = title[:longest]
    space = cut.rfind(" ")
    return _balanced(cut[:space] if space > longest // 3 else cut).rstrip(_ENDS)
