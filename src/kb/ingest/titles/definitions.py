"""What does a sentence of an excerpt define?"""

import re
from typing import Final

from kb.ingest.titles.headings import heads_with_question, is_sentence
from kb.ingest.titles.text import CJK, Opening

LATIN: Final = r"[A-Za-z][A-Za-z0-9.+'/-]*"
PAIR: Final = re.compile(
    rf"((?:{LATIN}(?: [A-Za-z0-9][A-Za-z0-9.+'/-]*){{0,6}}|[{CJK}]{{2,16}}|{LATIN} ?[{CJK}]{{1,8"
    rf"}})) ?"
    rf"\((?=[^()]*[A-Za-z]{{2}})[^()]{{2,90}}\)"
)
_SHAPE: Final = re.compile(
    rf"(?:{LATIN}(?: (?:{LATIN}|\d[\d.]*)){{0,3}} ?)?[{CJK}]{{0,12}}(?:{LATIN})?"
)
_KINDS: Final = (
    "方法|算法|模型|技术|框架|系统|工具|引擎|机制|结构|协议|数据库|语言|库|平台|问题|指标|过程"
    "|思想|网络|策略|函数|组件|服务|"
    "中间件|操作|概念|任务|分布|定理|原则|模式|方案|架构|关键字|接口|类"
)
_PREDICATE: Final = re.compile(
    rf",? ?(?:也称|也叫|又称|又名|亦称|也被称|即 ?[{CJK}A-Z])|是(?:一[种个款类套项]|指|由|用来"
    r"|用于|最)|指的是|就是|全称"
    rf"|是(?![否什如怎啥])[^,。;:]{{1,40}}?(?:之一|的一[种个类]|(?:{_KINDS})(?=[,。;]|$))"
    r"|(?:与|和|跟|同)[^,。]{1,20}?(?:一样|不同|类似|相似|相比|相反|相同)"
    r"|的?(?:方式|方法|类型|策略|种类|手段|思路|形式|做法)?(?:可以|主要|大致|通常|一般|大体"
    rf"|又){{0,2}}分(?:为|成)?[{CJK}]?[两三四五几多]"
)
_FAR: Final = 30
_ADVERB: Final = re.compile("[ ,]*(?:大概|大约|一般|通常|可能|应该|可以说|基本上?|其实|[ ,])*$")
_LEAD_IN: Final = re.compile(
    r"(?:(?:从[^,。]{1,12}(?:看|说|讲|角度)|在[^,。]{2,16}(?:中|里|领域|上|下|时|前)|(?:简单|一般"
    r"|通常|具体|总的|通俗)(?:地|而)?(?:来)?[说言讲]|众所周知|首先|近年来|近几年|目前|最近"
    r"|随着[^,。]{4,30}),)+"
)
_CALLED: Final = re.compile(
    rf"(?:代码实现了(?:一个|一种)?|所谓的?|这里的) ?[“\"「]?((?:{LATIN} ?){{0,3}}[{CJK}]{{0,10}}?"
    rf"(?:{LATIN})?)[”\"」]? ?"
    rf"(?=是指|指的|,?就是|,指|[,。])"
)


def defined(opening: Opening) -> str:
    """The subject of a definition at the very start: X(Full Name) …, X 是一种 …."""
    body = opening.body
    if heads_with_question(body):
        return ""
    start = lead_in(body)
    pair = PAIR.match(body, start)
    if pair:
        return _bare(pair.group(1))
    said = _PREDICATE.search(body, start, start + 3 * _FAR)
    before = _ADVERB.sub("", body[start : said.start()]) if said else ""
    return _bare(before) if len(before) <= _FAR and _SHAPE.fullmatch(before) else ""


def lead_in(body: str) -> int:
    """The end of phrases that only set the scene: 从 …来看, 在 … 中, 近年来."""
    found = _LEAD_IN.match(body)
    return found.end() if found else 0


_NAMED: Final = re.compile(
    r"(?:(?:组件|方法|办法|技术|东西|做法|机制|模型|算法|工具|结构|工作|框架|系统|引擎|协议)(?:就|便)?叫做?|"
    r"这(?:便|就)是(?:所谓的?|著名的|大名鼎鼎的)?) ?[“「]?"
    rf"((?:{LATIN} ?){{0,3}}[{CJK}]{{0,10}}?(?:{LATIN})?)[”」]? ?(?=[,。:;(]|的|由)"
)


def called(opening: Opening) -> str:
    """What a later sentence defines or names: 所谓 X, 这里的 X 是指, 这便是 X."""
    body = opening.body
    found = _CALLED.search(body)
    if not found and ("叫" in body or "这就是" in body or "这便是" in body):
        found = _NAMED.search(body)
    return _bare(found.group(1)) if found else ""


def _bare(text: str) -> str:
    text = text.strip()
    return "" if is_sentence(text) else text
