"""Which name does an excerpt speak of most, earliest and most openly?"""

import re
from functools import lru_cache
from typing import Final

from kb.ingest.titles.headings import inner_headings, is_sentence
from kb.ingest.titles.sections import is_section_word
from kb.ingest.titles.text import CJK, NAME, Opening, fold, known_chinese
from kb.ingest.titles.tidy import subject

_CUES: Final = """
介绍 提出 提出了 提出的 全称 名为 称为 叫 叫做 就是 便是 —— 即 方法 模型 算法 有了 借助 “ 「
"""
_ASIDES: Final = """
如 像 传统 以往 相比 相比于 不同于 区别于 和 与 或 、 对 从 以及 在 除了 如: 比
"""
_BEFORE: Final = tuple(_CUES.split())
_ASIDE: Final = (*_ASIDES.split(), " before", " unlike", " than", " like", " versus", " by")
_AFTER: Final = re.compile(
    r"\s?(?:同样|可以|看的是|是(?!否)|采用|提出|使用|通过|的(?:办法|做法|想法|核心|关键|主要|原理"
    r"|思想|思路|做法"
    r"|基本|架构|总体|目标|全称)|将|用|把|结合|利用|基于|\(|则|去掉|借鉴|从|"
    r"提供|让|引入|以|直接|支持|算法|模型|方法|机制|指|全称|不仅|没有|会|对|说|保留|就是|这么|研究的)"
)
_PLAIN: Final = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)*")
_COMMON: Final = 0.3
_COMPLAINS: Final = 120
_OPENS_ENGLISH: Final = re.compile(r" [a-z]{2,} [a-z]")
_SINGLE: Final = 0.75
_VERB: Final = (
    "同样|通常|一般|主要|往往|均|都|是(?!否)|可以|采用|使用|通过|将|把|用|给|让|会|能|的(?:核心"
    "|思想|做法|原理|基本|主要|关键|目标|优点|本质|作用|思路|特点|全部|任务|代表)|则|也(?:叫|称)|"
    "包含|包括|由|指|看的|组合|结合|提供|引入|借鉴|利用|根据|交替|先|系统|大幅|巧妙|直接|允许|支持"
    "|克服|解决"
)
_SUBJECT: Final = re.compile(
    r"(?:(?<=[。;?!,])|(?<=[。;?!\]] )|^)((?:[A-Za-z][A-Za-z0-9.+-]* ?(?:的 ?(?!办法|思路|做法"
    r"|想法|思想|核心|作者|目标|优势|缺点|问题|方法))?)?(?:(?![的就了是"
    rf"在我你他它这那从到不很什么])[{CJK}]){{2,9}}?) ?(?={_VERB})"
)
_CUED: Final = re.compile(
    r"(?:就是(?:所谓的)?|可怕的是|提供了|引出了?|有了|诸如|实现了|常说的|代表是|往往是|常用的是"
    r"|实现是|称为|叫做|一般采用|弄清|区分|分不清|最怕的就是|推荐|采用|这一?篇讲|解决|提出|引入"
    r"|推出|得到"
    r"|利用|所谓的?|就得用) ?"
    rf"([{CJK}]{{2,9}}?(?:和[{CJK}]{{2,6}})?)(?=[,。、:;]|的[{CJK}]{{2,6}}[,。])"
)
_ENDS: Final = re.compile(
    r"(?:就是|叫做|称为|称之为)(?:所谓的|著名的|经典的)? ?([^,。;:!?\s的][^,。;:!?]{1,20}?)(?:的(?"
    r":全部|核心|主要|基本|关键)[^,。;:!?]{0,6})?。"
)
_GENERAL: Final = re.compile(
    "(?:作者|模型|方法|实践|实际|前者|后者|目标|效果|速度|训练|数据|现象|结果|图|表|梯度|动作|观察"
    "|复杂度|过去|问题|两者|二者|论文|文章|该|每|其|它|两个|三个|"
    "同时|最后|最终|然后|接着|第[一二三]|只|不|更|再|并|可|会|能|就|也|都|还|要|有|没|我|你|他"
    "|人们|读者|主要|具体|简单|总|核心|基本|官方|普通|单纯|所有|任意|这些|整个|"
    "大家|很多|以下|如下|值|参数|输入|输出|算法|系统|程序|代码|函数|任务|样本|图像|网络|文本|用户"
    "|公式|思路|思想|关键|本质|原因|优点|缺点|步骤|生产|线上|给|让|用|把|将|与|和|或|于是|所以"
    "|因此|但|而|"
    "直到|必须|需要|避免|减少|提高|降低|解决|实现|计算|保持|得到|随机|直接|首先|其次|从而|进而"
    "|之后|以前|以后|如果|当|若|又|在)"
)
_TROUBLE: Final = re.compile(
    "问题|缺点|不足|很?慢|高昂|困难|难以|不友好|有限|只能|盲目|丢掉|导致|不稳定|敏感|浪费|瓶颈"
    "|开销|受限|无法|不能|不行|代价|太|很难|低效|不够|干扰|怎么办|丢失|没有解决|"
    "不全|不懂|爆炸|消失|依赖大量|平方|昂贵|有损|冗余|高估|过拟合|复杂"
)
_FIRST_CLAUSE: Final = re.compile("[^,。;]{0,40}")
_LATE: Final = 110
_CARRIER: Final = 0.12
_KNOWN: Final = 1.25
_CHINESE: Final = 0.5
_BRIEF: Final = 3
_NOUN: Final = re.compile(
    " ?(?:散度|范数|正则化|正则|树|锁|函数|分布|定理|不等式|距离|系数|估计|采样|回归|编码|分解"
    "|变换|搜索|排序|方程|检验)"
)
_KINDS: Final = "模型|定理|协议|曲线|不等式|变换|分布|采样|距离|滤波|树"
_KIND: Final = re.compile(f" ?(?:{_KINDS})")
_KIND_END: Final = re.compile(f"(?:{_KINDS})$")
_TWO: Final = 2
_WORDS: Final = re.compile(r"[A-Z]?[a-z]+(?: [A-Z]?[a-z]+)+")
_FAR_OFF: Final = 0.2
_WIDE: Final = 0.8
_TAGGED: Final = 2.0
_UNKNOWN: Final = 0.7
_SHORT: Final = 0.4
_OPENS: Final = 2.2
_CUE: Final = 1.7
_MORE: Final = 0.75
_AGAINST: Final = 0.45
_HEADED: Final = 2.2


_BOTH: Final = re.compile(
    rf"{NAME.pattern} ?(?:和|与|跟|vs\\.?|VS) ?{NAME.pattern}(?= ?(?:是|都|有|大概|分别|的区别|两"
    r"|之间|作为))"
)


def headed(opening: Opening) -> str:
    """What an inner heading shares with the text before it: 数据倾斜 of 数据倾斜的危害."""
    for at, head in inner_headings(opening):
        if NAME.fullmatch(head) and opening.body.startswith(f" {head}", at + len(head)):
            return head
        shared = _shared(head, opening.body[:at])
        if shared and subject(head).startswith(shared) and not opening.is_carrier(shared):
            return shared
    return ""


def _shared(head: str, before: str) -> str:
    """The longest name or run of three Chinese characters or more of `head` that `before` has."""
    spans: list[str] = []
    for run in _RUN.findall(head):
        spans += [run[:size] for size in range(len(run), 2, -1)]
        spans += [run[at:] for at in range(1, len(run) - 2)]
    found = [span for span in spans if span in before and not is_section_word(span)]
    return max(found, key=len, default="")


_RUN: Final = re.compile(rf"[{CJK}]{{3,12}}")


def leading_name(opening: Opening) -> str:
    """The name that is the subject of the first sentence: "X 将 …", "X的关键在于 …"."""
    both = _BOTH.match(opening.body)
    if both:
        return both.group()
    found = NAME.match(opening.body)
    if not found or opening.is_carrier(found.group()) or _complains_at(opening.body, found.end()):
        return ""
    return found.group() if _AFTER.match(opening.body, found.end()) else ""


def ranked_terms(opening: Opening) -> tuple[str, ...]:
    """All names of the excerpt by frequency, place and the words around them, best first."""
    scores: dict[str, float] = {}
    shown: dict[str, str] = {}
    complaint = _complaint(opening.body)
    last = (-1, "")
    for at, term in _places(opening):
        key = _key(opening, term)
        if (at, key) == last:
            continue
        last = (at, key)
        weight = _weight(opening, at, term) * (_AGAINST if at < complaint else 1.0)
        shown.setdefault(key, term)
        scores[key] = scores[key] + _MORE * weight if key in scores else weight
    order = sorted(scores, key=lambda key: (-scores[key], opening.body.find(shown[key]), key))
    return tuple(shown[key] for key in order)


def _key(opening: Opening, term: str) -> str:
    """What all spellings of `term` share, with or without the noun of its kind."""
    key = fold(term)
    bare = _KIND_END.sub("", key) or key
    if bare in opening.near and key not in opening.near:
        key = bare
    return opening.lexicon.tags.get(key, key)


def _places(opening: Opening) -> list[tuple[int, str]]:
    """All names with their places, but the last one where the cut may have shortened it."""
    body = opening.body
    latin = [
        (m.start(), _extended(body, m))
        for m in NAME.finditer(body)
        if len(m.group()) > 1 and m.end() < len(body)
    ]
    cued = [
        (m.start(1), m.group(1))
        for m in (*_SUBJECT.finditer(body), *_CUED.finditer(body), *_ENDS.finditer(body))
    ]
    chinese = [
        (at, term) for at, term in cued if not is_sentence(term) and not _GENERAL.match(term)
    ]
    known = [
        (hit.start, body[hit.start : hit.end])
        for hit in opening.known
        if opening.near[hit.key] > _FAINT and hit.end < len(body) and _may_name(hit.key)
    ]
    places = {*latin, *chinese, *(known or known_chinese(body[:240], opening.lexicon))}
    return sorted(places, key=lambda place: (place[0], -len(place[1])))


_BESIDE: Final = 8
_FAINT: Final = 0.1
_NAMING: Final = re.compile(rf"[A-Za-z{CJK}][\w.+#']+")


@lru_cache(maxsize=16384)
def _may_name(key: str) -> bool:
    """Is a term made of letters and digits alone, as `p(x|z)` is not?"""
    return _NAMING.fullmatch(key) is not None


def _complains_at(body: str, start: int) -> bool:
    """Does the clause that begins at `start` tell what is wrong?"""
    clause = _FIRST_CLAUSE.match(body, start)
    return clause is not None and _TROUBLE.search(clause.group()) is not None


def _complaint(body: str) -> int:
    """Where the first sentence ends, if it only tells what is wrong with something older."""
    end = body.find("。")
    return end if 0 < end < _COMPLAINS and _TROUBLE.search(body, 0, end) else 0


def _extended(body: str, found: re.Match[str]) -> str:
    """The name, with the noun that a short one cannot do without: KL 散度, B+ 树."""
    shape = _NOUN if len(found.group()) <= _BRIEF else _KIND
    noun = shape.match(body, found.end())
    if shape is _KIND and not _PLAIN.fullmatch(found.group()):
        noun = None
    return body[found.start() : noun.end()] if noun else _once(found.group())


def _once(name: str) -> str:
    """`name`, or half of it where a heading and the sentence after it say the same."""
    words = name.split(" ")
    half = len(words) // 2
    return " ".join(words[:half]) if words[:half] == words[half:] else name


def _weight(opening: Opening, at: int, term: str) -> float:
    """How openly the text speaks of `term` at `at`: nearer the start, with a cue, no aside."""
    body, end = opening.body, at + len(term)
    before = f" {body[max(0, at - _BESIDE) : at].rstrip().lower()}"
    weight = _worth(opening, term, end) / (1.0 + at / _LATE)
    if before.endswith(_BEFORE) or _AFTER.match(body, end) or (not at and body[end] == "的"):
        weight *= _OPENS if before[-1] in " 。;?!]" else _CUE
    if before.endswith(_ASIDE):
        weight *= _AGAINST
    return weight * (_HEADED if body.startswith(f" {term}", end) else 1.0)


def _form(opening: Opening, term: str) -> float:
    """What the spelling of a known term is worth: an acronym most, a common noun least."""
    body = opening.body
    if not term[0].isascii():
        return _WIDE
    if _WORDS.fullmatch(term) and not body.isascii() and term.lower() in body:
        return _COMMON
    return 1.0


def _worth(opening: Opening, term: str, end: int) -> float:
    """What `term` is worth by itself: proper names most, carriers and common words least."""
    key, bare = fold(term), _KIND_END.sub("", fold(term))
    if opening.is_carrier(key) or opening.is_carrier(bare):
        return _CARRIER
    near = opening.near.get(key, opening.near.get(bare))
    if near is not None:
        tagged = _TAGGED if key in opening.lexicon.tags else 1.0
        return _KNOWN * tagged * (_FAR_OFF + near) * _form(opening, term)
    if opening.near and term[0].isascii():
        return _UNKNOWN * (_SINGLE if _PLAIN.fullmatch(term) else 1.0)
    if not term[0].isascii():
        return _CHINESE if len(term) > _TWO else _SHORT
    worth = _KNOWN if opening.is_known(term) else 1.0
    if not _PLAIN.fullmatch(term):
        return worth
    common = term.lower() in opening.body or _OPENS_ENGLISH.match(opening.body, end)
    return worth * (_COMMON if common else _SINGLE)
