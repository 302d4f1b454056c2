"""Where did a flattened excerpt have paragraphs and display formulas?

A scraper made a space of each line end. In Chinese text a space after a full stop can be nothing
else; between Chinese and Latin it may be mere spacing and proves nothing.
"""

import re

from kb.ingest.repairs.marks import FORMULA, LINK, SENTENCE_END

_PARAGRAPH = re.compile(rf"({SENTENCE_END}) +(?=\S)")
_LABEL = re.compile(
    r" (?=(?:论文|代码|项目|原文|源码|官方|文章|视频|题目|数据集?|官网|模型|博客|作者)"
    rf"(?:名称|标题|题目|地址|链接|主页|解读|博客|仓库|来源|下载|解读博客)?：{LINK})"
    r"| (?=(?:论文|项目|原文|代码|源码|文章|博客|视频)(?:名称|标题|题目|地址|链接|主页|解读)：)"
)
_GAPS = re.compile(r"\n(?: *\n){2,}")
_DISPLAY = re.compile(rf" *{FORMULA} *")


def break_paragraphs(text: str) -> str:
    """A paragraph's end at each full stop that a space follows."""
    return _PARAGRAPH.sub("\\1\n\n", text)


def part_labels(text: str) -> str:
    """`论文地址：…` and the like begin a paragraph each."""
    return _LABEL.sub("\n\n", text)


def set_formulas_apart(text: str) -> str:
    """Each display formula in a paragraph of its own."""
    return _GAPS.sub("\n\n", _DISPLAY.sub(f"\n\n{FORMULA}\n\n", text))
