"""What stands before the first words that could name an article, and how is it taken off?"""

import re
from typing import Final

from kb.ingest.titles.sections import number_end, section_end

WINDOW: Final = 600
"""Characters of an excerpt that are looked at: a name stands early or nowhere."""

_HALF: Final = tuple(
    zip("\uff0c\uff1a\uff1b\uff1f\uff01\uff08\uff09\u3000\xa0", ",:;?!()  ", strict=True)
)
_MARKS_UP: Final = ("**", "__", "`", "<", "](")
_MARKUP: Final = re.compile(r"\*\*|__|`+|</?[a-z]{1,10}/?>|!?\[\]\([^)]*\)")
_LINK: Final = re.compile(r"!?\[([^\[\]]{1,120})\]\(https?:[^)\s]*\)")
_CUT: Final = re.compile(r"(?:\s*+(?:\.{3,}+|…|。{2,}+))++$")
_CLOSING: Final = 40
_EMOJI: Final = (
    "\U0001f000-\U0001faff\u2190-\u21ff\u2460-\u27bf\u2900-\u29ff\u2b00-\u2bff\ufe0f\u200d\u20e3"
    "\u25a0-\u25ff"
)
_MARKS: Final = re.compile(rf"[{_EMOJI}\s#>*+=~_|·•●.,。;:!?、)\]】-]+")
_URL: Final = re.compile(r"(?:https?://|www\.)[^\s\u3400-\u9fff,。)》]+", re.ASCII)
_PLACEHOLDER: Final = re.compile(
    r"\[(?:Math|Code|Image|Table|公式|代码|图片|表格|数学)\]", re.IGNORECASE
)
_DATE: Final = re.compile(
    r"\[?(?:Updated? on |Date: ?|Posted on |发布于 ?|更新于 ?|日期: ?|时间: ?)?"
    r"\d{4}(?:[-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月\d{1,2}日)(?: \d{1,2}:\d{2}(?::\d{2})?)?"
    r"\]?(?=[\s:|]|$)",
    re.IGNORECASE,
)
_KEYS: Final = (
    "作者|译者|编辑|校对|链接|来源|出处|出品|原文|原文地址|原文链接|原文出处|论文地址|论文链接"
    "|论文|代码|代码地址|代码链接|项目地址|"
    "项目链接|项目主页|主页|仓库|仓库地址|开源地址|地址|网址|官网|文档|参考|参考资料|参考文献"
    "|参考链接|参考文章|发布时间|发表时间|"
    "更新时间|时间|日期|发表|会议|期刊|机构|单位|标签|分类|关键词|关键字|难度|公众号|微信公众号"
    "|博客|知乎|视频|视频链接|视频地址|"
    "题目链接|题目地址|本文链接|本文地址|转载自|转自|译自|翻译|整理|本文作者|论文作者|github|code"
    "|arxiv|author|authors|"
    "source|link|url|paper|pdf|project|tags|date|by|repo"
)
_FACT: Final = re.compile(
    rf"(?:{_KEYS})\s?[:|]\s?(?:(?:https?://|www\.)[^\s\u3400-\u9fff]+"
    r"|(?:[A-Z][\w.]*\s){1,3}(?=[\u3400-\u9fff])|[^\s,。:《\"]{1,24}(?=\s|$))",
    re.IGNORECASE,
)
_CODE: Final = re.compile(
    r"(?:import [a-z][\w.]*(?:;| |$)|from [\w.]+ import |#include|def \w+\(|class \w+[(:{ ]"
    r"|public (?:class|static|interface)|package [\w.]+;"
    r"|SELECT |CREATE |select \S+ from|\$ |pip install|docker |<\?xml|<\w+>)"
)
_CHINESE: Final = re.compile("[\u3400-\u9fff]{2}")
_CONTENTS: Final = re.compile(
    r"(?:目录|大纲|提纲|本文目录|文章目录|Contents|Table of [Cc]ontents):? "
    r"(?:\d[\d.、)]* ?|[一二三四五][、.] ?)?(\S{2,20}) "
)
_NUMBERED: Final = re.compile(r"(?:\d[.、)]?|[一二三四五六七八九十][、.)]|#|[章节讲])\s*$")
_NOTICE_WORD: Final = re.compile(
    "著作权|版权|转载|出处|授权|关注|首发|好|系列|[Hh]i|[Hh]ello|接着上"
)
_NOTICED: Final = 90
_NOTICE: Final = re.compile(
    r"(?:这是|本篇|本文|本系列|这篇)(?![^。]{0,60}(?:介绍|讲|聊|分析|总结"
    r"|讨论))[^。《]{0,40}系列[^。《]{0,80}。|"
    r"(?:大家好|各位好|[Hh]i|[Hh]ello|接着上)[^。《]{0,24}。|"
    r"[^。]{0,60}?(?:著作权|版权所有|转载请|转载自|请注明出处|已获授权|获得授权|欢迎关注|欢迎转载"
    r"|禁止转载|首发于|商业转载)"
    r"[^。《]{0,60}?(?:。|(?<=[:\s])\S{2,20}(?=\s)|$)"
)


def plain(text: str) -> str:
    """The window of `text` on one line, half-width marks, without markup and the closing dots."""
    window = text[: WINDOW * 2]
    for wide, half in _HALF:
        window = window.replace(wide, half)
    if "](" in window:
        window = _LINK.sub(r"\1", window)
    if any(mark in window for mark in _MARKS_UP):
        window = _MARKUP.sub("", window)
    window = " ".join(window.split())[:WINDOW]
    return window[:-_CLOSING] + _CUT.sub("", window[-_CLOSING:])


def is_cut(text: str) -> bool:
    """Does the window of `text` end in the middle of what the author wrote?"""
    return len(text) > WINDOW or _CUT.search(text[-_CLOSING:]) is not None


def peel(text: str) -> tuple[str, bool]:
    """`text` from the first word that may name it, and whether a number stood just before.

    Marks, dates, links, facts about the author, numbers and section words go.
    """
    start = 0
    while start < len(text):
        end = _layer(text, start)
        if end == start:
            break
        start = end
    return text[start:], _NUMBERED.search(text, 0, start) is not None


def has_placeholder(text: str) -> bool:
    """Does a mark such as [公式] or a link stand in `text`?"""
    if "[" in text and _PLACEHOLDER.search(text):
        return True
    return ("://" in text or "www." in text) and _URL.search(text) is not None


def _contents_end(text: str, start: int) -> int:
    """The end of the table of contents at `start`: where its first entry stands again."""
    listed = _CONTENTS.match(text, start)
    again = text.find(f" {listed.group(1)} ", listed.end()) if listed else -1
    return again + len(listed.group(1)) + 1 if listed and again > 0 else start


def _layer(text: str, start: int) -> int:
    for pattern in (_MARKS, _DATE, _URL, _PLACEHOLDER, _FACT):
        found = pattern.match(text, start)
        if found and found.end() > start:
            return found.end()
    contents = _contents_end(text, start)
    if contents > start:
        return contents
    if _CODE.match(text, start):
        said = _CHINESE.search(text, start)
        return said.start() if said else start
    end = number_end(text, start)
    if end == start:
        end = section_end(text, start)
    if end == start and _NOTICE_WORD.search(text, start, start + _NOTICED):
        notice = _NOTICE.match(text, start)
        end = notice.end() if notice else start
    return end
