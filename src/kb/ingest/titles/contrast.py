"""What does an opening set against the trouble it begins with?"""

import re
from typing import Final

from kb.ingest.titles.definitions import PAIR
from kb.ingest.titles.text import CJK, NAME, Opening

_FOR: Final = re.compile(
    r"(?:为此|因此|于是(?:就)?(?:有了|提出了)?|(?:为了?|针对|为)(?:解决|加速|缓解|克服|应对|改进"
    r"|降低|避免|弥补|减少|处理|提高|提升)[^。,]{0,30},|针对[^。,]{2,20},|"
    r"解决(?:这|该|上述|此)[^。,]{0,10},)"
)
_CLOSE: Final = 5
_TOLD: Final = 260
_INTRODUCED: Final = re.compile(
    rf"[。;] ?(?:([A-Z][A-Za-z0-9+-]{{1,14}})|([{CJK}]{{2,8}})) ?\((?=[A-Z][a-z]+[ A-Z])[^(){CJK}]"
    rf"{{6,70}}\)"
)
_COMPLAINT: Final = re.compile(
    "可是|但是?(?=[^。]{2})|却|不过|然而|只能|麻烦|吃不消|难以|很难|太[慢大高贵长]|昂贵|代价|无法"
    "|不能|退化|浪费|瓶颈|不友好|不稳定|高估|问题[:。,]|有限|盲目|丢掉|过慢|很慢|缓慢|"
    "占显存|占内存|敏感|存疑|不够|平方|依赖大量|效率低|成本高|开销大"
)
_TURN: Final = re.compile(
    rf"[。;] ?(?:(?:[^。,;]{{0,14}}[的是] ?)?({NAME.pattern})|(?:后来的?|而"
    rf"|于是)?([{CJK}]{{2,8}})(?= ?\([A-Z]))(?: ?\([^()]{{2,60}}\))?"
    r"(?= ?(?:算法|模型|系列)? ?(?:则|想|于是|干脆|换|走|把|将|提出|直接|改|引入|让|用|给|去掉"
    r"|借鉴|正是|就是为|只|通过|采用|组合|系统|结合|利用|使用|"
    r"是一[种个]|在不|的(?:思路|做法|办法|想法|解法|核心|关键)|不再|不需要|主张|证明|认为|发现"
    r"|允许|同时|先))"
)
_SOLVES: Final = re.compile(
    rf"(?:引入|提出|推出|设计|带来|提供)的? ?({NAME.pattern}) ?(?:算法|模型|方法)?(?:很好地|有效地"
    r"|成功|正是|正好|巧妙地)?(?:解决|弥补|克服|缓解)"
)


def introduced(opening: Opening) -> str:
    """The term that the head of a later sentence gives with its full name: "…。DPO(Direct …)"."""
    if PAIR.match(opening.body):
        return ""
    found = _INTRODUCED.search(opening.body, 0, _TOLD + 70)
    if not found:
        return ""
    turned = _turned(opening)
    if turned and opening.body.find(turned) < found.start():
        return turned
    name = found.group(1) or found.group(2)
    return "" if opening.is_carrier(name) else name


def contrasted(opening: Opening) -> str:
    """The name that is set against the trouble described before it."""
    turned = _turned(opening)
    if turned:
        return turned
    solved = _SOLVES.search(opening.body)
    if solved and not opening.is_carrier(solved.group(1)):
        return solved.group(1)
    for cue in _FOR.finditer(opening.body):
        name = NAME.search(opening.body, cue.end(), cue.end() + 30)
        if not name or name.start() - cue.end() > _CLOSE or opening.is_carrier(name.group()):
            continue
        if opening.body.find(name.group()) == name.start():
            return name.group()
    return ""


def _turned(opening: Opening) -> str:
    """The name that first stands at the head of a sentence after a complaint."""
    body, best = opening.body, ""
    trouble = _COMPLAINT.search(body, 0, _TOLD)
    while trouble:
        found = next(
            (t for t in _TURN.finditer(body, trouble.end(), _TOLD + 70) if _is_new(opening, t)),
            None,
        )
        if not found:
            break
        best = found.group(1) or found.group(2)
        trouble = _COMPLAINT.search(body, found.end(), _TOLD)
    return best


def _is_new(opening: Opening, turn: re.Match[str]) -> bool:
    name = turn.group(1) or turn.group(2)
    first = opening.body.find(name) == turn.start(turn.lastindex or 0)
    return first and not opening.is_carrier(name)
