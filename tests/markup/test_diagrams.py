"""Does Mermaid become a picture that is safe, keeps its words and takes the page's colours?"""

import re

import html5lib
import pytest

from kb.markup import assemble, render
from kb.markup.diagrams import DiagramError, drawn
from kb.markup.svg import picture

FLOW = "flowchart LR\n  A[开始：读入] --> B{重复?}\n  B -->|是| C[合并]\n"
KINDS = {
    "flowchart": FLOW,
    "sequence": "sequenceDiagram\n  participant 甲\n  甲->>乙: 请求\n  Note right of 乙: 记录\n",
    "class": "classDiagram\n  Animal <|-- Duck\n  Animal : +int age\n",
    "state": "stateDiagram-v2\n  [*] --> 空闲\n  空闲 --> 运行: 启动\n",
    "entities": "erDiagram\n  CUSTOMER ||--o{ ORDER : places\n",
    "pie": 'pie title 占比\n  "甲" : 40\n  "乙" : 60\n',
    "plan": "gantt\n  title 计划\n  dateFormat YYYY-MM-DD\n  section 一\n  设计 :a1, 2024-01-01, 30d\n",
    "mind map": "mindmap\n  root((中心))\n    甲\n",
    "time line": "timeline\n  title 历史\n  2017 : Transformer\n",
    "commits": "gitGraph\n  commit\n  branch dev\n  commit\n",
    "styled": 'flowchart TD\n  A:::copy --> B\n  style B fill:#f9f\n  click A "javascript:alert(1)"\n  click B "https://a.com"\n',
    "hostile": 'flowchart TD\n  A["<img src=x onerror=alert(1)>"] --> B["<script>x</script>"]\n',
}
ELEMENTS = {
    *("svg", "g", "defs", "marker", "path", "rect", "circle", "ellipse", "line", "polyline"),
    *("polygon", "text", "tspan"),
}


def html(text: str) -> str:
    return assemble(render(text, path="a.md"), lambda _: None)


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_holds_shapes_and_text_alone(kind: str) -> None:
    fragment = html5lib.parseFragment(drawn(KINDS[kind]).svg, namespaceHTMLElements=False)
    found = list(fragment.iter())[1:]
    assert {str(element.tag).rpartition("}")[2] for element in found} <= ELEMENTS
    for element in found:
        assert not {"style", "href", "onclick", "onload"} & set(element.attrib)
        assert all(name.startswith("d-") for name in element.get("class", "").split())
        assert not re.search(r"javascript|https?:|#[0-9a-f]{3}", " ".join(element.attrib.values()))


def test_a_picture_keeps_its_words_once() -> None:
    assert drawn(FLOW).words == "是 开始：读入 重复? 合并"
    assert render(f"```mermaid\n{FLOW}```", path="a.md").text.count("合并") == 1


def test_a_label_that_is_drawn_elsewhere_stands_where_it_is_used() -> None:
    svg = drawn(KINDS["mind map"]).svg
    assert svg.index("中心") < svg.index("甲")
    assert svg.count("中心") == 1
    assert "<defs>" not in svg


def test_one_colour_written_in_three_ways_is_one_tone() -> None:
    rect = "<rect fill='{}' width='1'/>"
    colors = ("#ff0000", "hsl(0, 100%, 50%)", "rgb(255, 0, 0)", "#00ff00")
    svg = f"<svg>{''.join(map(rect.format, colors))}</svg>"
    assert re.findall(r"d-tone-\d", picture(svg).svg) == ["d-tone-1"] * 3 + ["d-tone-2"]


def test_two_pictures_of_a_page_share_no_id() -> None:
    ids = re.findall(r' id="([^"]+)"', html(f"```mermaid\n{FLOW}```\n" * 2))
    assert len(ids) == len(set(ids)) > 1
    assert all(name.startswith("diagram-") for name in ids)


def test_a_figure_has_its_title_and_its_source() -> None:
    shown = html(f'```mermaid title="流程 <b>"\n{FLOW}```')
    assert "<figcaption>流程 &lt;b&gt;</figcaption>" in shown
    assert "<summary>图的源码</summary>" in shown
    assert "A[开始：读入] --&gt; B{重复?}" in shown


def test_the_same_source_is_the_same_picture() -> None:
    first = drawn(FLOW)
    drawn.cache_clear()
    assert drawn(FLOW) == first


def test_what_cannot_be_drawn_is_shown_as_its_source_and_reported() -> None:
    markup = render("一\n\n```mermaid\nflowchart TD\n  A ==\n  ]x[\n```\n", path="a.md")
    assert [(p.code, str(p.place)) for p in markup.problems] == [("broken-diagram", "a.md:3")]
    assert markup.pieces[0].partition("\n")[2] == (
        '<figure class="undrawn"><p>这幅图没能画出来，这是它的源码：</p>\n'
        '<pre tabindex="0"><code class="language-mermaid">'
        "flowchart TD\n  A ==\n  ]x[\n</code></pre>\n</figure>\n"
    )


def test_what_cannot_be_drawn_keeps_its_title() -> None:
    markup = render('```mermaid title="a <b>"\nflowchart TD\n  A ==\n  ]x[\n```\n', path="a.md")
    assert markup.pieces[0].endswith("<figcaption>a &lt;b&gt;</figcaption>\n</figure>\n")


def test_a_source_beyond_the_limit_is_not_drawn() -> None:
    with pytest.raises(DiagramError, match="longer than"):
        drawn("flowchart LR\n" + "A --> B\n" * 4000)


def test_a_diagram_of_others_is_not_drawn() -> None:
    assert "<svg" not in render(f"```mermaid\n{FLOW}```", path="a.md", trusted=False).pieces[0]


def test_nothing_of_an_engine_passes_that_is_not_named() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" onload="x()" viewBox="0 0 9 8"><style>*{}</style>'
        '<script>x</script><foreignObject><p>x</p></foreignObject><a href="javascript:x"><text '
        'style="fill:url(http://a)" fill="url(http://a)">字 &lt;b&gt;</text></a>'
        '<image href="http://a"/><rect width="1" height="url(x)" class="copy 9 a:b"/></svg>'
    )
    assert picture(svg).svg == (
        '<svg width="9" height="8" viewBox="0 0 9 8"><g><text>字 &lt;b&gt;</text></g>'
        '<rect class="d-copy d-a d-b" width="1"/></svg>'
    )
