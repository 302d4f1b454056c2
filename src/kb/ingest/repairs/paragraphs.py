"""Where did a flattened excerpt have paragraphs, labels and parts with lines of their own?

A scraper made a space of each line end. In Chinese text a space after a full stop can be nothing
else; between Chinese and Latin it may be mere spacing and proves nothing.
"""

import re

from kb.ingest.repairs.marks import (
    CONTINUES,
    FORMULA,
    HAN,
    LINK,
    LOST,
    LOST_BLOCK,
    MARK,
    SENTENCE_END,
)

_PARAGRAPH = re.compile(rf"({SENTENCE_END}) +(?=\S)")
_LABEL = re.compile(
    r" (?=(?:论文|代码|项目|原文|源码|官方|文章|视频|题目|数据集?|官网|模型|博客|作者)"
    rf"(?:名称|标题|题目|地址|链接|主页|解读|博客|仓库|来源|下载|解读博客)?：{LINK})"
    r"| (?=(?:论文|项目|原文|代码|源码|文章|博客|视频)(?:名称|标题|题目|地址|链接|主页|解读)：)"
)
# Facts about a paper or a problem: labels only where the text begins with one of them.
_FACTS = (
    "机构|单位|作者|译者|会议|期刊|发表|发表于|发表时间|时间|日期|难度|标签|关键词|来源|出处|链接"
    "|代码|论文|原文|主页|项目|项目主页|一句话总结|一句话概括"
)
_PREAMBLE = re.compile(rf"(?:{MARK}## [^\n]+\n+)*(?:论文|项目|原文|文章|题目)(?:名称|标题|题目)：")
_FACT = re.compile(rf" (?=(?:{_FACTS})：)")
_LINK_LINE = re.compile(rf"^{LINK} (?=[^\s{CONTINUES}是上中里为在])", re.MULTILINE)
_GAPS = re.compile(r"\n(?: *\n){2,}")
_GOES_ON = rf"[{CONTINUES}是为时中里表代来去做作，。；：、？！）]|[上下内外](?![述面文图列])"
_APART = (
    # A colon or a full stop announces it, or it begins the paragraph.
    rf"(?:^|(?<=[：。！？])) *{LOST_BLOCK}(?: {LOST_BLOCK})*+(?: (?!{_GOES_ON})|$)"
    # A line of a few words stands before it.
    rf"|^ *[\w{HAN}]{{2,10}} {LOST_BLOCK}(?: (?!{_GOES_ON})|$)"
)
_LOST_APART = re.compile(_APART)
_LOST_LINE = re.compile(rf"(?:^| ){LOST_BLOCK}(?: (?!{_GOES_ON})|$)")
_DISPLAY = re.compile(rf" *{FORMULA} *")
_ITEM = re.compile(rf" *(?:{MARK}(?:- |\d+\. ))?")


def break_paragraphs(text: str) -> str:
    """A paragraph's end at each full stop that a space follows."""
    return _PARAGRAPH.sub("\\1\n\n", text)


def part_labels(text: str) -> str:
    """`论文地址：…` and the like begin a paragraph each."""
    if "：" not in text:
        return text
    text = _LABEL.sub("\n\n", text)
    return _FACT.sub("\n\n", text) if _PREAMBLE.match(text) else text


def part_links(text: str) -> str:
    """An address that begins a block is a line of its own."""
    return _LINK_LINE.sub(f"{LINK}\n\n", text) if LINK in text else text


def set_blocks_apart(text: str) -> str:
    """Each display formula, and each placeholder of a block, in a paragraph of its own."""
    if FORMULA not in text and LOST_BLOCK not in text:
        return text
    # Where both kinds stand, `[公式]` is the one that had its own line.
    lost = _LOST_LINE if LOST in text else _LOST_APART
    lines = (_with_blocks_apart(line, lost) for line in text.split("\n"))
    return _GAPS.sub("\n\n", "\n".join(lines))


def _with_blocks_apart(line: str, lost: re.Pattern[str]) -> str:
    """What was one line of a list's item stays in the item."""
    item = _ITEM.match(line)
    gap = "\n\n" + " " * (len(item.group().replace(MARK, "")) if item else 0)
    if LOST_BLOCK in line:
        line = _LOST_APART.sub(lambda found: _apart(found.group(), gap), line)
        line = lost.sub(lambda found: _apart(found.group(), gap), line)
    return _DISPLAY.sub(f"{gap}{FORMULA}{gap}", line) if FORMULA in line else line


def _apart(words: str, gap: str) -> str:
    return gap + gap.join(words.split()) + gap
