"""Which exercise does a page of problem statements and solutions solve?"""

import re
from typing import Final

from kb.ingest.titles.text import CJK, Opening

_LABEL: Final = (
    r"(?:(?:LeetCode|Leetcode|leetcode|力扣|LC|LCR|LCP|剑指 ?Offer(?: II)?"
    r"|面试题|牛客|洛谷|Codeforces) ?#?)"
)
_NUMBER: Final = r"(?:第 ?)?\d{1,4}(?:\.\d{2})?(?:-[IV]+)?(?: ?题)?"
_TITLE: Final = (
    rf"(?:[^\s,。:;?!()\[\]]|(?<![{CJK}]) (?=[A-Za-z0-9{CJK}])|(?<=[{CJK}]) (?=[IVX]+\b)"
    r"|[(][^()]{1,12}[)]){2,50}?"
)
_AFTER: Final = (
    r"\s?(?:题目|题目描述|描述|题意|难度|标签|简单|中等|困难|Easy|Medium|Hard|https?:|给你|给定"
    r"|给出|请你|请实现|设计|实现一个|输入|有一个|"
    r"(?<=\s)一个|你(?:有|需|正)|在一|Given|You are|Design|There |Implement|Problem|Description"
    r"|Write|Example|Find|Return|解题|思路|题解|\[|\()"
)
_HEADED: Final = re.compile(
    rf"(?:^|(?<=\s))({_LABEL}?{_NUMBER}[.、: ] ?{_TITLE})(?={_AFTER}(?![{CJK}]*[.]))"
)
_LABELLED: Final = re.compile(rf"({_LABEL}{_NUMBER}[.、: ]? ?{_TITLE})(?=[\s。,]|$)")
_ADDRESSED: Final = re.compile(
    rf"(?:题目(?:地址|链接|名称)?|题名)\s?[:(]\s?({_LABEL}?{_NUMBER}[.、] ?[^()]{{2,40}})[)]?(?=\s"
    r"|https?:|$)"
)
_TASK: Final = re.compile(
    r"给你|给定|给出|请你|请实现|示例|样例|题目|难度|Given an?|given an?|Example|leetcode|力扣"
    r"|Implement|Design|数组|字符串|链表"
)
_SLUG: Final = re.compile(r"leetcode(?:-?cn)?\.(?:com|cn)/problems/([a-z0-9]+(?:-[a-z0-9]+)+)")
_CALLED: Final = re.compile(
    rf"经典的?(?:题目|问题)?[“\"「]?([{CJK}A-Za-z ]{{3,16}}?)[”\"」]?(?:问题|题目|题)?[。,;]"
)
_CALLED_EN: Final = re.compile(
    r"(?:classic|famous|known as(?: the)?) ((?:[A-Z][A-Za-z]* ?){1,5})\b(?: problem)?[.,]"
)


def exercise(opening: Opening) -> str:
    """The numbered name of the exercise, as "146. X" or "LeetCode 146. X", or ""."""
    plain = opening.plain
    addressed = _ADDRESSED.search(plain[:200]) if "题" in plain else None
    if addressed:
        return addressed.group(1)
    if not _TASK.search(plain):
        return ""
    labelled = _LABELLED.search(plain[:240])
    headed = _HEADED.search(plain[:300])
    for found in (headed, labelled):
        if found and _is_exercise(found.group(1), plain[found.end() : found.end() + 40]):
            return found.group(1)
    return ""


def unnumbered_exercise(opening: Opening) -> str:
    """What a statement without a heading is called: by its link, or as "the classic X"."""
    if not _TASK.search(opening.plain[:120]):
        return ""
    called = _CALLED.search(opening.plain) or _CALLED_EN.search(opening.plain)
    if called:
        return called.group(1).strip()
    slug = _SLUG.search(opening.plain)
    return slug.group(1).replace("-", " ").title() if slug else ""


def _is_exercise(title: str, after: str) -> bool:
    """Is the number of a problem, not of a section: large, labelled, or before a task?"""
    number = re.search(r"\d+", title)
    large = number is not None and int(number.group()) > 20
    return large or not title[0].isdigit() or bool(_TASK.search(after[:24]))
