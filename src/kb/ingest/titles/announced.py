"""What do the author's own words announce: 本文介绍 X, 学习目标: 掌握 X?"""

import re
from typing import Final

from kb.ingest.titles.text import Opening

_VERBS: Final = (
    "介绍|讲解|讲述|总结|梳理|分析|讨论|探讨|记录|聊聊|聊一聊|聊|谈谈|谈|学习|实现|推导|解读|阐述"
    "|解析|剖析|了解|说说|讲讲|讲|"
    "回顾|整理|分享|解释|看看|说明|探究|研究|关注|深入|继续讲|继续|讲清楚|搞懂|弄懂|复习|归纳|演示"
    "|理解|展示|讲明白"
)
_WHO: Final = (
    "本文|这篇文章|本篇文章|本篇博客|这篇博客|这篇博文|本博文|这篇笔记|本篇|这篇|本节内容|"
    "本节课|本节|本章|本小节|本教程|本笔记|本系列|这个系列|这一篇|这一节|这一章|今天|此文|"
    "文章将|文章会"
)
_OBJECT: Final = (
    rf"[^。]{{0,40}}?(?:{_VERBS})(?:一下|下|了|的是|如何|怎样|怎么|清楚|并|一些|如下|几种|我对"
    rf"|我的|关于|和|与|、|(?:{_VERBS})|\s)*"
    r"([^。!?;]{2,60})"
)
_SAYS: Final = re.compile(rf"(?:{_WHO})(?!先|首先){_OBJECT}")
_SAID_END: Final = re.compile(
    r"等(?:内容|方面|知识|概念|几个|相关|,|。|$)|,|:|。|以及(?:它|其|如何)|并(?:与|给出|实现|比较"
    r"|对|分析)|的(?:相关|一些|基本|主要)?(?:内容|知识|细节|用法|使用|概念|定义)(?:$|,|。|和)|"
    r"(?:和|及|与|以及)(?:它|其)|\s(?=在|[一二三四五]、|\d[.、 ])|包括|便于|方便|来(?=[^源自])"
    r"|是(?:如何|怎么|怎样)|\s?[A-Za-z]{1,2}\("
)
_LEAD: Final = re.compile(
    r"^(?:的是|一下|一种|(?:一个)?(?:非常|最|比较)?(?:简单|完整|基本|小型)的|一个|几种|常见的?"
    r"|比较有意思的|经典的|著名的|最(?:常[见用]|经典|简单|基本"
    r"|核心|重要)的?|我们?|大家|详细|主要|关于|如何|使用|利用|的|是)+(?=\S{2})"
)
POINTING: Final = re.compile(
    "(?:它|其|这|该|此|那|他|自己|什么|怎么|上述|以下)|(?:its|their|it|them|these|how it)\\b"
)


def announced(opening: Opening) -> str:
    """What 本文介绍 X, 本节讲解 X, 今天聊聊 X announce."""
    found = _SAYS.search(opening.plain[:420])
    return _said(found) if found else ""


def _said(found: re.Match[str]) -> str:
    said = found.group(1)
    end = _SAID_END.search(said, 2)
    title = _LEAD.sub("", said[: end.start()] if end else said).strip()
    return "" if POINTING.match(title) else title
