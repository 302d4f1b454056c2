"""What does the first sentence define, announce or set against something else?"""

import re
from typing import Final

from kb.ingest.titles.headings import heads_with_question, is_sentence
from kb.ingest.titles.text import CJK, NAME, Opening

_LATIN: Final = r"[A-Za-z][A-Za-z0-9.+'/-]*"
_PAIR: Final = re.compile(
    rf"((?:{_LATIN}(?: [A-Za-z0-9][A-Za-z0-9.+'/-]*){{0,6}}|[{CJK}]{{2,16}}|{_LATIN} ?[{CJK}]{{1,8}})) ?"
    rf"\((?=[^()]*[A-Za-z]{{2}})[^()]{{2,90}}\)"
)
_SHAPE: Final = re.compile(rf"(?:{_LATIN}(?: (?:{_LATIN}|\d[\d.]*)){{0,3}} ?)?[{CJK}]{{0,12}}(?: ?{_LATIN})?")
_KINDS: Final = (
    "方法|算法|模型|技术|框架|系统|工具|引擎|机制|结构|协议|数据库|语言|库|平台|问题|指标|过程|思想|网络|策略|函数|组件|服务|"
    "中间件|操作|概念|任务|分布|定理|原则|模式|方案|架构|关键字|接口|类"
)
_PREDICATE: Final = re.compile(
    rf",? ?(?:也称|也叫|又称|又名|亦称|也被称|即 ?[{CJK}A-Z])|是(?:一[种个款类套项]|指|由|用来|用于|最)|指的是|就是|全称"
    rf"|是(?![否什如怎啥])[^,。;:]{{1,40}}?(?:之一|的一[种个类]|(?:{_KINDS})(?=[,。;]|$))"
    r"|(?:与|和|跟|同)[^,。]{1,20}?(?:一样|不同|类似|相似|相比|相反|相同)"
    rf"|的?(?:方式|方法|类型|策略|种类|手段|思路|形式|做法)?(?:可以|主要|大致|通常|一般|大体|又){{0,2}}分(?:为|成)?[{CJK}]?[两三四五几多]"
)
_FAR: Final = 30
_LATER_PAIR: Final = re.compile(rf"([{CJK}]{{2,14}}) ?\((?=[^()]*[A-Z])[A-Za-z][^(){CJK}]{{2,70}}\)")
_GLUE: Final = re.compile("[的是了为用把将叫和与在对以等到中即或及过让]|使用|通过|提出|采用|基于|引入|利用|介绍|所谓|称作|一种|一个")
_ASIDE: Final = re.compile("(?:如|比如|例如|像|传统|以往|包括|和|与)$")
_ENGLISH_SUBJECT: Final = re.compile(
    r"(?:^|(?<=[.!?] ))(?:The |An? )?([A-Z][\w/+-]*(?: (?!is\b|are\b|such\b|that\b|which\b)[A-Za-z][\w/+-]*){0,4}?)(?: \([^()]{2,40}\))? "
    r"(?:is|are|was|were|uses?|shares?|keeps?|lets?|replaces?|makes?|learns?|combines?|provides?|allows?|enables?|stores?|introduces?|extends?|"
    r"solves?|aims?|works?|consists?|such as|has|have|can|reduces?|improves?|appl(?:y|ies)|adds?|trains?|maps?|treats?|computes?|offers?|supports?|"
    r"runs?|splits?|takes?|helps?|gives?|directly|assigns?|represents?|describes?|measures?|removes?|turns?|finds?|avoids?|breaks?)\b"
)
_TROUBLE: Final = re.compile(
    r" (?:a |an |the |to |be |very |often |too |notoriously |quite |from )*(?:hard|slow|expensive|difficult|unstable|suffer|struggle|limited|costly|prohibitive|problem|bottleneck|important|many|great|remarkable)"
)
_VAGUE: Final = re.compile(
    r"(?:We|It|They|This|That|These|Those|There|You|One|In|Our|He|She|What|If|When|As|For|With|To|However|But|And|Let|At|On|After|Since|Here|Most|Many|Some|Each|Every|All|First|Recent|Recently|Example|Figure|Table|Authors?|Readers?|Note)\b"
)
_LEAD_IN: Final = re.compile(
    r"(?:(?:从[^,。]{1,12}(?:看|说|讲|角度)|在[^,。]{2,16}(?:中|里|领域|上|下|时|前)|(?:简单|一般|通常|具体|总的|通俗)(?:地|而)?(?:来)?[说言讲]|众所周知|首先|近年来|近几年|目前|最近|随着[^,。]{4,30}),)+"
)
_CALLED: Final = re.compile(
    rf"(?:实现(?:的是|了)(?:一个|一种)?|可怕的是|重要的是|核心的是|核心是|得到的?是|提供了|引出了?|(?:就)?有了|常说的|说的就是|诸如|所谓的?|这里的|这就是|叫做|称为|称之为|被称作|名为) ?[“\"「]?((?:{_LATIN} ?){{0,3}}[{CJK}]{{0,10}}?(?:{_LATIN})?)[”\"」]? ?"
    rf"(?=,|。|是指|指的|就是|在内|,就|\(|;)"
)
_ENGLISH_IS: Final = re.compile(
    r"(?:The |An? )?([A-Z][\w'+/-]*(?: (?!is |are |was )[\w'+/()-]+){0,5}?)(?: \([^()]{2,60}\))?,? (?:(?:is|are|was) (?:an?|the|one)|refers to|stands for)\b"
)
_LOOK: Final = re.compile(
    r"(?:[Ii]n )?(?:[Tt]his|[Tt]he) (?:short )?(?:post|note|article|tutorial|chapter|section|blog post|blog|paper|guide|page|document|work|lesson)s?,? "
    r"(?:we |I |you |will |'ll |are going to |(?:take|have) an? (?:\w+ )?look at |(?:learn|talk) (?:how to |about )|look at |dive into |walk through |"
    r"explains? |introduces? |describes? |covers? |presents? |proposes? |discuss(?:es)? |explores? |present |summarizes? |shows? (?:how to )?|implement |review |study )+"
    r"(?:the |an? |how |what )?([^,.:;]{3,70}?)(?= and (?:how|its|why|the|then|compare)|,|\.|:|;| which| that| is | are | from scratch| in (?:detail|this|the)| for )"
)
_OURS: Final = re.compile(
    r"(?:[Ww]e|[Tt]his (?:paper|work)) (?:introduces?|presents?|proposes?|propose|present) (?:a new \w+ (?:called|named) |an? |the )?"
    r"([^,.:;]{2,50}?)(?=,|\.|:|;| which| that| to | for | by )"
)
_PAPER: Final = re.compile(r"(?:implementation of|implements|reproduces?) (?:the )?(?:paper|model from|idea of)? ?([A-Z][^.]{6,110}?)(?=\.\s|\. |$| by )")
_VERBS: Final = (
    "介绍|讲解|讲述|总结|梳理|分析|讨论|探讨|记录|聊聊|聊一聊|聊|谈谈|谈|学习|实现|推导|解读|阐述|解析|剖析|了解|说说|讲讲|讲|"
    "回顾|整理|分享|解释|看看|说明|探究|研究|关注|深入|继续讲|继续|讲清楚|搞懂|弄懂|复习|归纳|演示|理解|展示|讲明白"
)
_WHO: Final = (
    "本文|这篇文章|本篇文章|本篇博客|这篇博客|这篇博文|本博文|这篇笔记|本篇|这篇|本节内容|本节课|本节|本章|本小节|本教程|本笔记|本系列|这个系列|这一篇|这一节|"
    "这一章|今天|这里|接下来|下面|文章|此文"
)
_SAYS: Final = re.compile(
    rf"(?:{_WHO})[^。]{{0,40}}?(?:{_VERBS})(?:一下|下|了|的是|如何|怎样|怎么|清楚|并|一些|如下|几种|我对|我的|关于|和|与|、|(?:{_VERBS})|\s)*"
    r"([^。!?;]{2,60})"
)
_SAID_END: Final = re.compile(
    r"等(?:内容|方面|知识|概念|几个|相关|,|。|$)|,|:|。|以及(?:它|其|如何)|并(?:与|给出|实现|比较|对|分析)|的(?:相关|一些|基本|主要)?(?:内容|知识|细节|用法|使用|概念|定义)(?:$|,|。|和)|"
    r"(?:和|及|与|以及)(?:它|其)|\s(?=在|[一二三四五]、|\d[.、 ])|包括|便于|方便|来(?=[^源自])|是(?:如何|怎么|怎样)|\s?[A-Za-z]{1,2}\("
)
_LEAD: Final = re.compile(r"^(?:的是|一下|一种|一个|几种|常见的?|比较有意思的|经典的|著名的|最|我们?|大家|详细|主要|关于|如何|使用|利用|的|是)+(?=\S{2})")
_FOR: Final = re.compile(
    r"(?:为此|因此|于是(?:就)?(?:有了|提出了)?|(?:为了?|针对|为)(?:解决|加速|缓解|克服|应对|改进|降低|避免|弥补|减少|处理|提高|提升)[^。,]{0,30},|针对[^。,]{2,20},|"
    r"解决(?:这|该|上述|此)[^。,]{0,10},|[。;] ?而 ?)"
)


_POINTING: Final = re.compile("(?:它|其|这|该|此|那|他|自己|什么|怎么|上述|以下)|(?:its|their|it|them|these|how it)\\b")
_GOAL: Final = re.compile(rf"(?:深入|熟练|全面|基本)?(?:理解|掌握|了解|熟悉|学会|学习)(?:什么是)?([^,。;!?]{{2,40}}?)(?=[,。;!?]|\\s(?:理解|掌握|了解|熟悉|学会|学习)|\\s\\d|$)")


def aimed_at(opening: Opening) -> str:
    """The first of the aims that a lesson opens with: 理解 X, 掌握 X."""
    found = _GOAL.match(opening.body)
    return found.group(1) if found else ""


def defined(opening: Opening) -> str:
    """The subject of a definition at the very start: X(Full Name) …, X 是一种 …."""
    body = opening.body
    if heads_with_question(body):
        return ""
    start = lead_in(body)
    pair = _PAIR.match(body, start)
    if pair:
        return _bare(pair.group(1))
    said = _PREDICATE.search(body, start, start + 3 * _FAR)
    before = body[start : said.start()].strip(" ,") if said else ""
    return _bare(before) if len(before) <= _FAR and _SHAPE.fullmatch(before) else ""


def paired(opening: Opening) -> str:
    """The Chinese term that a later sentence gives with its English name: …的残差网络(ResNet)."""
    for found in _LATER_PAIR.finditer(opening.body, 0, 360):
        term = _GLUE.split(found.group(1))[-1]
        before = opening.body[max(0, found.start() - 3) : found.start()]
        if len(term) > 1 and not _ASIDE.search(before + found.group(1)[: -len(term)]):
            return term
    return ""


def subject_in_english(opening: Opening) -> str:
    """The subject of the first English sentence that does not only complain."""
    for found in _ENGLISH_SUBJECT.finditer(opening.body, 0, 400):
        if not _TROUBLE.match(opening.body, found.end()) and not _VAGUE.match(found.group(1)):
            return found.group(1)
    return ""


def lead_in(body: str) -> int:
    """The end of phrases that only set the scene: 从 …来看, 在 … 中, 近年来."""
    found = _LEAD_IN.match(body)
    return found.end() if found else 0


def defined_english(opening: Opening) -> str:
    """The subject of an English definition at the very start: "X is a …"."""
    found = _ENGLISH_IS.match(opening.body)
    return found.group(1) if found and not is_sentence(found.group(1)) else ""


def looked_at(opening: Opening) -> str:
    """What an English opening announces: "In this post we take a look at X"."""
    paper = _PAPER.search(opening.plain[:300])
    if paper:
        return paper.group(1)
    found = _LOOK.search(opening.plain[:400])
    return found.group(1) if found and not _POINTING.match(found.group(1)) else ""


def proposed(opening: Opening) -> str:
    """What an English abstract says it proposes."""
    found = _OURS.search(opening.plain[:400])
    return found.group(1) if found else ""


def announced(opening: Opening) -> str:
    """What 本文介绍 X, 本节讲解 X, 今天聊聊 X announce."""
    found = _SAYS.search(opening.plain[:420])
    if not found:
        return ""
    said = found.group(1)
    end = _SAID_END.search(said, 2)
    title = _LEAD.sub("", said[: end.start()] if end else said).strip()
    return "" if _POINTING.match(title) else title


def contrasted(opening: Opening) -> str:
    """The name that is set against the trouble described before it."""
    for cue in _FOR.finditer(opening.body):
        name = NAME.search(opening.body, cue.end(), cue.end() + 30)
        if name and name.start() - cue.end() < 6 and not opening.is_carrier(name.group()):
            return name.group()
    return ""


def called(opening: Opening) -> str:
    """What a later sentence defines: 所谓 X, 这里的 X 是指."""
    found = _CALLED.search(opening.body)
    return _bare(found.group(1)) if found else ""


def _bare(text: str) -> str:
    text = text.strip()
    return "" if is_sentence(text) else text
