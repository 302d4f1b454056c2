"""Where does a heading end that runs into the sentence after it?"""

import re
from collections.abc import Iterator
from typing import Final

from kb.ingest.titles.sections import number_end, section_end
from kb.ingest.titles.text import CJK, Opening

_ZONE: Final = re.compile(r"[,。;!]|\?(?!\s)|\S{41}")
_REACH: Final = 100
_WIDE: Final = re.compile(rf"[{CJK}]")
_STARTS: Final = """
在 我们 本文 本节 本章 随着 对于 当 如果 为了 由于 通常 目前 近年 近来 近几年 今天 最近 众所周知
假设 假如 给定 给你 通过 根据 从 上一 上篇 前面 上文 首先 一般 显然 不得不说 虽然 尽管 因为 因此
所以 但 而 那么 这 那 它 他 你 大家 笔者 作者 相信 已知 考虑 回顾 接下来 下面 以下 先 为什么我
想象 不知道 有时候 有的 很多 许多 大多数 一个 一种 一些 有了 设 若 例如 比如 请 某 现在 过去
传统的 想要 要想 另外 此外 其实 事实上 实际上 之前 以前 到目前 前几天 前段时间 输入 输出 就 是 把
将 使用 利用 采用
"""
_START: Final = re.compile("|".join(sorted(_STARTS.split(), key=len, reverse=True)))
_SENTENCE: Final = re.compile(
    r"(?:(?<!什么)(?<!就)是(?!否|什么|如何|怎|啥)|可以|能够|应该|已经|使得|(?<!为什么)需要|提出了"
    r"|具有|"
    r"[^为]了(?!解)|我们|你|他们|一下|如下|这|那么|不得不|并且|而且|因为|所以|但是)"
)
_QUESTION: Final = re.compile(
    r"什么|为何|如何|怎么|怎样|为啥|何时|哪些|是否|\?$|^(?:What|Why|How|When)\b", re.IGNORECASE
)
_ASKED: Final = re.compile(
    r"((?=[^?]{0,40}(?:什么|为何|如何|怎|为啥|何时|哪|是否|吗|区别|说说|谈谈|^What|^Why|^How"
    r"|过程))[^。,;!?]{3,50}\?)(?:\s|$|(?=[\u3400-\u9fff][^。]{2,20}\?))"
)
_ENGLISH_VERB: Final = re.compile(
    r"\b(?:is|are|was|were|has|have|we|our|can|will|which|that|this|it|be|been|does|do|let|you"
    r"|your)\b",
    re.IGNORECASE,
)
_STRONG: Final = re.compile(
    "是|有|的|采用|提出|使用|可以|可用|能|将|把|会|被|让|使|属于|表示|指|主要|作为|及|和|与|或|也"
    "|又|即|则|都|不(?!得不)|没有|同样|"
    "提供|结合|包含|包括|允许|借鉴|引入了|应|去|等|里|需要|才|还|最|本质|全称|具有|解决|屏蔽|由|之"
    "|这|支持|只|直接|去除"
)
_WEAK: Final = re.compile(
    "在|对|用|通过|从|以|基于|利用|引入|于|为|中|上|下|内|并|比|因|定义|认为|如|当"
)
_LINK: Final = re.compile("与|和|及|的|之|或|——|—|、|中的|到")
_JOINED: Final = re.compile(r"[与和及]|\b(?:vs|and|with|for|of)\b", re.IGNORECASE)
_UNIT: Final = re.compile(rf"[A-Za-z][A-Za-z0-9.+/-]*|[{CJK}]{{2}}")
_FIELD: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]+ ?:[^:/]")
_COMMON_WORD: Final = re.compile(
    r"(?!Abstract|Introduction|Overview|Background|Motivation|Summary|TL)[A-Z]"
)
_FIRST: Final = re.compile(
    r"(?:The|A|An|In|This|These|We|It|To|For|When|If|Given|Every|Each|Most|Many|As|Let|With|There"
    r"|One|Since|On|At|By|"
    r"From|Recent|Recently|Suppose|Consider|You|Here|Although|While|Before|After|Our|Many|Modern"
    r"|Despite|Training|Large)"
    r" [a-z]"
)
_TRANSLATED: Final = re.compile(rf"[{CJK}]{{2,10}} ?\([A-Z][a-z]")
_OF_LATIN: Final = re.compile(
    r"[A-Z][A-Za-z0-9.+-]*(?: [A-Z][A-Za-z0-9.+-]*)? ?(?:的|里|中|会|在|没有|有|只|作业|本身|每)"
)
_MIXED: Final = re.compile(rf"[A-Za-z0-9.]+(?=[{CJK}])")
_SURE: Final = 3
_OF: Final = re.compile(r"(?:of|in|on|for|to|with|and|from|by|at) ")
_WORDY: Final = 4
_SHORT: Final = 2
_DOING: Final = re.compile(
    "深入|理解|掌握|了解|学习|使用|实现|利用|基于|通过|采用|关于|介绍|解决|训练|加载|配置|安装"
    "|编写|运行|用|给|让|和|与|对|从|为"
)
_ENDING: Final = re.compile(
    r"(?:详解|原理|分析|解析|解读|实现|机制|算法|模型|流程|综述|教程|指南|总结|实践|实战|入门|基础"
    r"|方法|框架|结构|架构|关键字|"
    r"参数|区别|对比|优化|源码|语义|策略|技巧|问题|定理|函数|过程|笔记|推导|[)?])$"
)


def heading(opening: Opening) -> str:
    """The heading at the start of the body, or "" where a sentence begins there at once."""
    body = opening.body
    asked = _ASKED.match(body)
    if asked and not _START.match(body):
        return asked.group(1)
    for end, start in _breaks(body):
        left = body[:end]
        if is_sentence(left) or left.endswith("。"):
            return ""
        if _closes(left, body[start : start + 60], opening):
            return left
    return ""


def is_sentence(text: str) -> bool:
    """Does `text` say something rather than name something?"""
    if _QUESTION.search(text):
        return len(text) > 40
    if _WIDE.search(text):
        return len(text) > 45 or bool(_START.match(text) or _SENTENCE.search(text))
    if text.endswith(".") and text.count(" ") >= _WORDY:
        return True
    return text.count(" ") > 8 or bool(_ENGLISH_VERB.search(text))


def is_question(text: str) -> bool:
    """Does `text` ask something, and shortly?"""
    return len(text) <= 40 and _QUESTION.search(text) is not None


def _breaks(body: str) -> Iterator[tuple[int, int]]:
    """The end of each possible heading and the start of what follows it."""
    stop = _ZONE.search(body, 0, _REACH)
    limit = stop.start() if stop else min(len(body), _REACH)
    at = body.find(" ")
    while 0 < at <= limit + 1 and at < len(body) - 1:
        yield at, at + 1
        at = body.find(" ", at + 1)


def _closes(left: str, right: str, opening: Opening) -> bool:
    if (
        len(left) < 2
        or left.count("(") != left.count(")")
        or left[-1] in ",;、(/&+-"
        or right[0] in "(),:;.、=+&/|—-"
    ):
        return False
    if (
        _opens_part(right, after_latin=left[-1].isascii())
        or _echoes(left, right)
        or left[-1] == "?"
    ):
        return True
    if left[-1] == ":":
        return bool(_START.match(right)) or _long_clause(right)
    wide_left, wide_right = _WIDE.match(left[-1]) is not None, _WIDE.match(right) is not None
    if wide_right:
        return _before_chinese(right, opening, wide=wide_left or left[-1] in ")》」”]")
    return _before_latin(left, right, opening, wide=wide_left)


def _opens_part(right: str, *, after_latin: bool) -> bool:
    return (
        (section_end(right) > 0 and not (after_latin and _COMMON_WORD.match(right)))
        or number_end(right) > 0
        or right.startswith(("[代码]", "[公式]", "[Code]", "http", "import ", "def ", "public "))
        or _FIELD.match(right) is not None
    )


def _echoes(left: str, right: str) -> bool:
    """Does the sentence take up a word of its heading at once?"""
    unit = _UNIT.match(right)
    if not unit or len(unit.group()) < 2:
        return False
    word, head = unit.group().lower(), left.lower()
    if word[0].isascii():
        words = re.findall(r"[a-z][a-z0-9.+/-]*", head)
        first, within = words[:1] == [word], word in words
    else:
        first, within = head.startswith(word), word in head
    if _LINK.match(right, unit.end()) and not first:
        return _repeats(left, right)
    return first or (within and not _JOINED.search(left))


def _repeats(left: str, right: str) -> bool:
    """Do four Chinese characters in a row of the heading come again soon?"""
    return any(
        run[at : at + 4] in right[:20] for run in _RUNS.findall(left) for at in range(len(run) - 3)
    )


_RUNS: Final = re.compile(rf"[{CJK}]{{4,}}")


def _before_chinese(right: str, opening: Opening, *, wide: bool) -> bool:
    if wide:
        return not _LINK.match(right)
    if (
        _START.match(right)
        and not _STRONG.match(right)
        and not (opening.spaced and _WEAK.match(right))
    ):
        return True
    if _TRANSLATED.match(right) and not _STRONG.match(right):
        return True
    if _STRONG.match(right) or opening.spaced or _WEAK.match(right):
        return False
    return _long_clause(right)


def _long_clause(right: str) -> bool:
    """Is what follows too long for the rest of a heading?"""
    token = re.match(r"[^\s,。;:!?]*", right)
    return token is not None and len(token.group()) > 8


def _before_latin(left: str, right: str, opening: Opening, *, wide: bool) -> bool:
    if wide:
        return _ENDING.search(left) is not None or _names_part(left, right, opening)
    if _FIRST.match(right):
        return left[0].isupper() or opening.numbered
    if " " in left or _OF.match(right):
        return False
    mixed = _MIXED.match(right)
    if mixed:
        return not _STRONG.match(right, mixed.end()) and not opening.spaced
    return opening.numbered


def _names_part(left: str, right: str, opening: Opening) -> bool:
    """Is Chinese `left` a heading before a sentence about a Latin name, not a part of one?"""
    if _DOING.match(left):
        return False
    joined = opening.numbered or _JOINED.search(left) is not None or len(left) > _SURE
    if joined and _OF_LATIN.match(right):
        return True
    return not opening.spaced and len(left) > _SHORT and not _WIDE.match(left)


def heads_with_question(body: str) -> bool:
    """Is the heading a question, such as 什么是 X?"""
    return _ASKED.match(body) is not None and not _START.match(body)
