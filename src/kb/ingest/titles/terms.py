"""Which name does an excerpt speak of most, earliest and most openly?"""

import re
from typing import Final

from kb.ingest.titles.headings import inner_headings
from kb.ingest.titles.sections import is_section_word
from kb.ingest.titles.text import CJK, NAME, Opening, fold, known_chinese

_BEFORE: Final = re.compile(r"(?:介绍|提出了?|提出的|全称|名为|称为|叫做|就是|——|即|方法|模型|算法|有了|[“「])\s?$")
_ASIDE: Final = re.compile(r"(?:如|例如|比如|像|传统|以往|相比于?|不同于|区别于|和|与|或|、|对|从|以及|在|除了|如:|比)\s?$")
_AFTER: Final = re.compile(
    rf"\s?(?:是(?!否)|采用|提出|使用|通过|的(?:核心|关键|主要|原理|思想|思路|做法|基本|架构|总体|目标|全称)|将|用|把|结合|利用|基于|\(|则|去掉|借鉴|从|"
    rf"提供|让|引入|以|直接|支持|算法|模型|方法|机制|指|全称|不仅|没有|会|[{CJK}]{{0,4}}原生)"
)
_PLAIN: Final = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)*")
_COMMON: Final = 0.3
_SINGLE: Final = 0.75
_LATE: Final = 110
_CARRIER: Final = 0.12
_KNOWN: Final = 1.5
_CHINESE: Final = 0.8
_SHORT: Final = 0.4
_OPENS: Final = 2.6
_CUE: Final = 1.7
_MORE: Final = 0.75
_AGAINST: Final = 0.45
_HEADED: Final = 2.2


def headed(opening: Opening) -> str:
    """What an inner heading shares with the text before it: 数据倾斜 of 数据倾斜的危害."""
    for head in inner_headings(opening):
        at = opening.body.find(head)
        shared = _shared(head, opening.body[:at])
        if shared and not opening.is_carrier(shared):
            return shared
    return ""


def _shared(head: str, before: str) -> str:
    """The longest name or run of three Chinese characters or more of `head` that `before` has."""
    spans = [m.group() for m in NAME.finditer(head)]
    for run in _RUN.findall(head):
        spans += [run[:size] for size in range(len(run), 2, -1)]
        spans += [run[at:] for at in range(1, len(run) - 2)]
    found = [span for span in spans if span in before and not is_section_word(span)]
    return max(found, key=len, default="")


_RUN: Final = re.compile(rf"[{CJK}]{{3,12}}")


def leading_name(opening: Opening) -> str:
    """The name that is the subject of the first sentence: "X 将 …", "X的关键在于 …"."""
    found = NAME.match(opening.body)
    if not found or opening.is_carrier(found.group()):
        return ""
    return found.group() if _AFTER.match(opening.body, found.end()) else ""


def ranked_terms(opening: Opening) -> tuple[str, ...]:
    """All names of the excerpt by frequency, place and the words around them, best first."""
    scores: dict[str, float] = {}
    shown: dict[str, str] = {}
    for at, term in _places(opening):
        key = fold(term)
        weight = _weight(opening, at, term)
        shown.setdefault(key, term)
        scores[key] = max(scores.get(key, 0.0), weight) + (_MORE * weight if key in scores else 0.0)
    order = sorted(scores, key=lambda key: (-scores[key], opening.body.find(shown[key]), key))
    return tuple(shown[key] for key in order)


def _places(opening: Opening) -> list[tuple[int, str]]:
    body = opening.body
    latin = [(m.start(), _once(m.group())) for m in NAME.finditer(body) if len(m.group()) > 1]
    return latin + known_chinese(body[:240], opening.lexicon)


def _once(name: str) -> str:
    """`name`, or half of it where a heading and the sentence after it say the same."""
    words = name.split(" ")
    half = len(words) // 2
    return " ".join(words[:half]) if words[:half] == words[half:] else name


def _weight(opening: Opening, at: int, term: str) -> float:
    body, end = opening.body, at + len(term)
    before = body[max(0, at - 6) : at]
    weight = 1.0 / (1.0 + at / _LATE)
    if opening.is_carrier(term):
        weight *= _CARRIER
    elif not term[0].isascii():
        weight *= _CHINESE if len(term) > 2 else _SHORT
    elif opening.is_known(term):
        weight *= _KNOWN
    if _PLAIN.fullmatch(term):
        weight *= _COMMON if term.lower() in body else _SINGLE
    if _BEFORE.search(before) or _AFTER.match(body, end):
        weight *= _CUE if before[-2:].strip(" 。;?!") else _OPENS
    if _ASIDE.search(before):
        weight *= _AGAINST
    if body.startswith(f" {term}", end):
        weight *= _HEADED
    return weight
