"""Which words of a flattened excerpt were headings?

A space between two Chinese characters was the end of a line, or stood beside bold words or a link.
So a heading needs more: a word that only ever announces a section, or a short phrase without a
verb that a sentence's end or the start precedes and a sentence follows.
"""

import re
from collections.abc import Iterator

from kb.ingest.repairs.cleaning import MARKER
from kb.ingest.repairs.marks import CONTINUES, HAN, LINK, MARK, SPACED, STAND_INS
from kb.ingest.titles import is_section_word

_NOUNS = [
    "概述",
    "概览",
    "概要",
    "概论",
    "简介",
    "背景",
    "引言",
    "前言",
    "导言",
    "导读",
    "绪论",
    "序言",
    "摘要",
    "正文",
    "综述",
    "小结",
    "结论",
    "结语",
    "题解",
    "题目",
    "题意",
    "思路",
    "动机",
    "目录",
    "附录",
]
_ENGLISH_OPENERS = "We|In|This|The|It|An?|Our|To|For|There|Recent|These|Here|When|As|With|Let"
_SURE = "题解|题目描述|解题思路|参考资料|参考文献|复杂度分析"
_NAMES = r"[A-Za-z][\w.+-]*(?: [A-Za-z][\w.+-]*){0,3}"
_SUBJECTS = "原理|算法|模型|概述|介绍|简介|框架|结构|架构|机制|方法|网络|基础|思想"
_TITLE_LINE = re.compile(
    rf"({_NAMES}) (?=(?:概述|简介|引言|背景|摘要|前言) \S|(?:论文|项目)(?:名称|标题|题目|地址)：)"
)
_NAME_WORD = rf"[^ ，。；：,;:{STAND_INS}]{{1,30}}"
_NUMBERED = re.compile(
    rf"(\d{{1,4}}\. ?{_NAME_WORD}(?: {_NAME_WORD}){{0,5}}?) "
    rf"(?=(?:题目|题目描述|题意|思路|题解) \S|{LINK} )"
)
# What follows begins with the name that the heading holds: `SD模型原理 SD是…`, `LoRA LoRA（…`.
_ECHO = re.compile(
    rf"(([A-Za-z][\w.-]*) ?[{HAN}]{{0,8}}(?:{_SUBJECTS})) "
    rf"(?=\2(?:[ {HAN}（(]))|({_NAMES}) (?=\3(?:[（(]| ?[是指{HAN}]))",
    re.ASCII,
)
# A word that holds a name and is followed by that name again: `map端 map的输出`.
_NAME_ECHO = re.compile(rf"(([A-Za-z][\w.-]*) ?[{HAN}]{{1,6}}) (?=\2 ?[{HAN}])", re.ASCII)
# `二、` behind a space begins a line; its words end at a space that no Latin word is beside.
_COUNT = (
    r"([一二三四五六七八九十]{1,2}、[^ ，。；：、…]{2,24}) "
    rf"(?=[{HAN}“]|1\. )(?![{CONTINUES}])"
)
_COUNTED = re.compile(_COUNT)
_COUNTED_LINE = re.compile(rf" (?<=[^：:] ){_COUNT}")
_LISTED = re.compile("[：:] ?一、")
_OPENED = re.compile(rf"([\w{HAN}—·+-]{{2,20}}) (?=不得不说|众所周知|近年来|随着|本文|这篇文章)")
# `10.2 ` and `3. ` may stand before the words, but a version or an amount may not.
_NUMBER = r"(?:\d{1,2}(?:\.\d{1,2}){1,3}\.? (?![版倍个万亿元年月米秒分层])|\d{1,2}\. )?"
_PHRASE = re.compile(
    rf"(?=[^ ])({_NUMBER}(?:[\w·/+（）()—-]|(?<![{HAN}]) (?=[{HAN}])| (?![{HAN}])(?! )){{2,30}}?"
    rf"(?<=[{HAN}）])) "
    rf"(?=[{HAN}“])(?![{CONTINUES}])"
)
_QUESTION = re.compile(
    rf"((?:什么是|为什么|如何|怎么|怎样|何谓)[^，。；：？ ]{{1,20}}？) (?=[{HAN}A-Z])"
)
_NO_START = re.compile(
    "在|基于|关于|针对|利用|对|从|为|因|但|如|而|由|与|和|将|把|被|通过|需要|可以|使用|根据|这|那|其|它|他|你|我|该|此|当|若|则|又|也|还|并|即|给|让|请|"
    "首先|其次|然后|最后|接着|下面|以下|例如|比如|由于|随着|所以|因此|不|没|有|是|用|以|就"
)
_VERB = re.compile(
    "我们|他们|你|它|这|那|可以|能够|应该|已经|因为|所以|但是|就是|需要|如果|使得|具有|提供|采用|是(?!什么|否)|"
    "[的地得了着是在为将把被对从于以与和或及有要会能可需用]$|不(?!等|变)|使用$|进行"
)
_NEXT_GAP = re.compile(rf"(?<=[{HAN}）]){SPACED}? (?=[{HAN}])")
_TIGHT = re.compile(f"[{HAN}][A-Za-z]{{2}}|[A-Za-z][{HAN}]")
_LOOSE = re.compile(f"(?<=[{HAN}]) (?=[A-Za-z]{{2}})|(?<=[A-Za-z]{{2}}) (?=[{HAN}])")
_BEFORE_LATIN = re.compile(rf"([{HAN}]{{2,12}}) (?=[A-Za-z][\w.-]*(?:[{HAN}]| [A-Za-z]))")
_ITEM = re.compile(r"(?:^|[ ：。；])\d{1,2}\. ")
_PUNCTUATION = re.compile("[，。；：？！、]")
_WORD = re.compile(rf"([^ ，,；;、。…：:{STAND_INS}]{{2,16}}) (?=\S)")
_SURE_WORD = re.compile(rf" (?<=[{HAN}] )({_SURE}) (?=[{HAN}])(?![{CONTINUES}])")
_START = re.compile(f"[。！？{LINK}][”’」』）]* ")
_PATTERNS = ((_ECHO, True), (_NAME_ECHO, False), (_COUNTED, True))
_FIRST_PATTERNS = ((_NUMBERED, True), (_TITLE_LINE, True), *_PATTERNS, (_OPENED, False))
"""Each with whether it is sure, or holds only for words that are no sentence."""

MOST_LOOSE = 2
"""Spaces between Chinese and Latin words that may be line ends in a text that writes none."""

FEWEST_AFTER = 12
"""Characters of the text that a heading announces, at least, before its next line ends."""


def raise_headings(text: str) -> str:
    """Section words, short first lines and short lines between two sentences, as headings."""
    text = _SURE_WORD.sub(lambda found: heading(found[1]), text)
    if "、" in text and not _LISTED.search(text):
        text = _COUNTED_LINE.sub(lambda found: heading(found[1]), text)
    parts = []
    done = 0
    for start in (0, *(found.end() for found in _START.finditer(text))):
        if start < done:
            continue
        raised, end = _headings_at(text, start)
        if raised:
            parts += [text[done:start].rstrip(), raised]
            done = end
    return "".join([*parts, text[done:]]).replace("\n\n\n\n", "\n\n").lstrip("\n")


def _headings_at(text: str, start: int) -> tuple[str, int]:
    """The headings that stand at `start`, as Markdown, and where they end."""
    raised, at = "", start
    while (end := _end_of_heading(text, at, is_first=at == 0)) > at:
        raised += heading(text[at:end].replace(SPACED, "").strip())
        marker = MARKER.match(text, end)
        at = marker.end() if marker else end
    return raised, at


def _end_of_heading(text: str, at: int, *, is_first: bool) -> int:
    """Where what follows a heading at `at` begins, or `at` where there is none."""
    for pattern, is_sure in _FIRST_PATTERNS if is_first else _PATTERNS:
        found = pattern.match(text, at)
        if found and (is_sure or not _says_something(found[1])):
            return found.end()
    word = _WORD.match(text, at)
    if word and is_section_word(word[1]) and _announces(word[1], text[word.end() : word.end() + 8]):
        return word.end()
    question = _QUESTION.match(text, at)
    if question:
        return question.end()
    return max(_end_of_phrase(text, at), _end_before_latin(text, at))


def _announces(word: str, after: str) -> bool:
    """Whether a section word is no part of the sentence `after` it, as in 介绍 BERT 的文章."""
    if re.match(f"[{HAN}“「《]", after):
        return after[0] not in CONTINUES
    if re.match("[A-Za-z]", word):
        return bool(word[0].isupper() and re.match(rf"(?:{_ENGLISH_OPENERS})\b", after))
    return word.endswith(tuple(_NOUNS)) or len(word) >= 4


def _end_of_phrase(text: str, at: int) -> int:
    ends = list(_ends_of_phrases(text, at))
    for count, end in enumerate(ends):
        following = text[end : end + 200]
        gap = _NEXT_GAP.search(following)
        line = following[: gap.start()] if gap else following
        if len(line) >= FEWEST_AFTER or _PUNCTUATION.search(line):
            # Of two short lines both are headings; of more, none: they are items or cells.
            return ends[0] if count < 2 and len(text) - end >= FEWEST_AFTER else at
    return at


def _end_before_latin(text: str, at: int) -> int:
    """The end of a phrase before a Latin word, where the text sets no other space between both."""
    found = _BEFORE_LATIN.match(text, at)
    if not found or _says_something(found[1]):
        return at
    around = text[:4000]
    is_tight = len(_LOOSE.findall(around)) <= MOST_LOOSE < len(_TIGHT.findall(around))
    return found.end() if is_tight else at


def _ends_of_phrases(text: str, at: int) -> Iterator[int]:
    """The ends of the short phrases that follow each other at `at`, at most three."""
    for _ in range(3):
        found = _PHRASE.match(text, at)
        if not found or _says_something(found[1]) or _is_unbalanced(found[1]):
            return
        if _ITEM.match(found[1]) and len(_ITEM.findall(text[:4000])) > 1:
            return
        at = found.end()
        yield at


def _says_something(phrase: str) -> bool:
    return bool(_NO_START.match(phrase.lstrip("0123456789. ")) or _VERB.search(phrase))


def _is_unbalanced(phrase: str) -> bool:
    return any(phrase.count(a) != phrase.count(b) for a, b in ("（）", "()"))


def heading(words: str) -> str:
    """The words as a heading between two blocks."""
    return f"\n\n{MARK}## {words}\n\n"
