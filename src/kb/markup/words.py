"""What are the words that markup itself puts into a text, in the text's language?"""

from dataclasses import dataclass

from kb.markup.characters import HAN


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    lost: dict[str, str]
    callouts: dict[str, str]
    table: str
    diagram: str
    source: str
    footnotes: str
    footnote: str
    back: str
    missing: str
    missing_heading: str
    missing_image: str
    embedded: str
    missing_equation: str
    missing_footnote: str
    undrawn: str


ZH = Words(
    lost={
        "formula": "公式缺失",
        "code": "代码缺失",
        "image": "图片缺失",
        "table": "表格缺失",
        "video": "视频缺失",
    },
    callouts={
        "note": "注",
        "tip": "提示",
        "important": "重要",
        "warning": "注意",
        "caution": "警告",
        "abstract": "摘要",
        "info": "说明",
        "todo": "待办",
        "success": "完成",
        "question": "问题",
        "failure": "失败",
        "danger": "危险",
        "bug": "缺陷",
        "example": "示例",
        "quote": "引用",
    },
    table="表格",
    diagram="图",
    source="图的源码",
    footnotes="脚注",
    footnote="脚注",
    back="回到正文",
    missing="还没有这篇文章：",
    missing_heading="没有这一节：",
    missing_image="找不到图片：",
    embedded="摘自 ",
    missing_equation="没有这个公式：",
    missing_footnote="没有这条脚注：",
    undrawn="这幅图没能画出来，这是它的源码：",
)

EN = Words(
    lost={kind: f"{kind} missing" for kind in ZH.lost},
    callouts={kind: kind.capitalize() for kind in ZH.callouts},
    table="Table",
    diagram="Diagram",
    source="Source of the diagram",
    footnotes="Footnotes",
    footnote="Footnote",
    back="Back to the text",
    missing="No such article yet: ",
    missing_heading="No such heading: ",
    missing_image="Image not found: ",
    embedded="From ",
    missing_equation="No such equation: ",
    missing_footnote="No such footnote: ",
    undrawn="This diagram could not be drawn. This is its source:",
)


def words_of(text: str) -> Words:
    """Chinese words for a text with a Chinese character in it, English ones for any other."""
    return ZH if HAN.search(text) else EN
