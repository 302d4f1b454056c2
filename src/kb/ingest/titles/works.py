"""Which paper, book or post does an opening say it is about?"""

import re
from typing import Final

from kb.ingest.titles.text import CJK, Opening

_TITLE_KEYS: Final = (
    "论文名称|论文名|论文题目|论文标题|论文全称|论文解读|论文笔记|论文阅读|论文精读|论文|原文标题"
    "|文章标题|文章题目|原标题|书名|博文|"
    "标题|文章|paper title|paper name|paper|title"
)
_KEYED: Final = re.compile(
    rf"(?:^|(?<=[\s【\]#>*]))(?:{_TITLE_KEYS})\s?[:|】]\s?(?=\S)(?!https?:|www\.)", re.IGNORECASE
)
_VALUE_END: Final = re.compile(
    rf" (?=[{CJK}]{{2,8}}\s?[:|])|\s?(?:https?://|www\.)|\s\|\s|[。;]|(?<=[A-Za-z0-9)]) (?=[{CJK}])"
    rf"|\s?\((?:[A-Za-z]+[ ,']*)?\d{{2,4}}\)| (?=\d[.、] ?\S)| (?=[一二三]、)|,(?=[{CJK}])"
    r"| (?=(?:Authors?|Links?|Code|Year|Venue|URL|Date|Source|Published|Journal|Conference"
    r"|Abstract|arXiv): ?)"
)
_CITED: Final = re.compile(r"《([^《》]{3,120})》")
_CITING: Final = re.compile(
    r"(?:论文|文章|博文|博客|本文|本篇|基于|来自|出自|翻译|译自|解读|阅读|paper|书籍|摘自|参考"
    r"|这篇|发表|工作|笔记|系列|提出)[^。]{0,24}$|[A-Z][A-Za-z]+[^。,]{0,12}的\s?$",
    re.IGNORECASE,
)
_SMALL: Final = (
    "a|an|the|of|for|in|on|to|with|and|from|via|by|as|is|are|at|you|all|using|without|into|over|"
    "beyond|through"
)
_SHAPE: Final = rf"(?:[A-Z][\w'-]*:?)(?: (?:[A-Z0-9][\w'-]*[:?]?|{_SMALL})){{2,18}}"
_NAMED: Final = re.compile(
    r"(?:论文名?(?:称|为|是)?|题目为|标题为|题为|名为|博客|博文|文章|原文|paper|proposed in"
    r"|introduced in|described in|presented in)"
    rf"[:\s“\"'《]*(?:the paper |the blog |the )?({_SHAPE})"
)


def keyed_work(opening: Opening) -> str:
    """The value of a preamble key such as 论文名称: or Title: near the start."""
    head = opening.plain[:240]
    for key in _KEYED.finditer(head):
        value = opening.plain[key.end() : key.end() + 200]
        cited = _CITED.match(value)
        if cited:
            return cited.group(1)
        end = _VALUE_END.search(value)
        title = value[: end.start()] if end else value
        if 2 < len(title) <= 160 and title.lower()[:4] != "http":
            return title.strip("“”\"'《》")
    return ""


def cited_work(opening: Opening) -> str:
    """The first work in 《》 that the opening says it reads, translates or builds on."""
    for found in _CITED.finditer(opening.plain, 0, 260):
        if _CITING.search(opening.plain, max(0, found.start() - 30), found.start()):
            return found.group(1)
    return ""


def named_work(opening: Opening) -> str:
    """The English title that follows a word such as 论文, 博客 or "proposed in"."""
    found = _NAMED.search(opening.plain[:320])
    return found.group(1) if found else ""
