"""Does a text, or a section of it, stand inside another as it should?"""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.markup import Embedded, Markup, Reference, Target, assemble, end_of, render, section

HOST = "# 一\n\n## 二\n\n![[b]]\n"
SOURCE = Target("b.html", "B")
LINES = st.lists(
    st.sampled_from(
        ["# 一\n", "## [[x]]\n", "### 三\n", "[[y]]\n", "![[z]]\n", "文[^1]\n", "> # 引 [[v]]\n",
         "[^1]: [[w]]\n", '" id="x" <h2 id="一">\n', "[![i](/i.png)](a.md)\n", "- 一\n"]
    ),
    max_size=14,
)  # fmt: skip


def markup(text: str) -> Markup:
    return render(text, path="a.md")


def linked(reference: Reference) -> Target:
    return Target(f"{reference.target}.html", reference.target)


def embedded(text: str, host: str = HOST) -> str:
    """The host with the text in the place of each embed."""
    inner = assemble(markup(text), linked)
    return assemble(
        markup(host), lambda r: Embedded(SOURCE, inner, "en") if r.is_embed else linked(r)
    )


def test_an_embedded_text_is_a_group_in_its_own_language_with_a_link_to_its_source() -> None:
    assert embedded("Text.").partition("</h3>\n")[2] == (
        '<div class="embed" role="group" aria-label="摘自 B">\n'
        '<p class="embed-source">摘自 <a href="b.html" lang="en" dir="ltr">B</a></p>\n'
        '<div class="embed-text" lang="en" dir="ltr">\n<p>Text.</p>\n</div>\n'
        "</div>\n"
    )


def test_its_headings_lie_below_the_one_above_it() -> None:
    assert re.findall(r"</?h\d", embedded("# a\n## b\n### c\n#### d\n")) == [
        "<h2", "</h2", "<h3", "</h3", "<h4", "</h4", "<h5", "</h5", "<h6", "</h6", "<h6", "</h6",
    ]  # fmt: skip
    assert "<h2 " in embedded("#### a\n", "![[b]]\n")


def test_its_ids_are_its_own_and_its_links_follow_them() -> None:
    html = embedded("# 二\n\n[x](#二) 文[^1]\n\n[^1]: 注\n")
    ids = re.findall(r' id="([^"]*)"', html)
    assert ids == ["一", "二", "e1.二", "e1.noteref_1", "e1.note_1"]
    assert 'href="#e1.%E4%BA%8C">x' in html
    assert 'href="#e1.note_1"' in html


def test_what_it_does_not_bring_along_is_linked_to_in_its_source() -> None:
    source = markup("# 一\n\n文[^1] [x](#二)\n\n# 二\n\n[^1]: 注\n")
    part = assemble(section(source, "一"), linked)
    html = assemble(markup(HOST), lambda _: Embedded(Target("b.html#一", "B"), part, "zh-CN"))
    assert 'href="b.html#note_1"' in html
    assert 'href="b.html#%E4%BA%8C">x' in html
    assert "注</p>" not in html


def test_two_embeds_of_one_text_have_ids_of_their_own() -> None:
    html = embedded("# 一\n", "![[b]]\n\n![[b]]\n")
    assert re.findall(r' id="([^"]*)"', html) == ["e1.一", "e2.一"]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("一", "<h2>一</h2>甲<h3>二</h3>乙<h4>三</h4>"),
        ("二", "<h3>二</h3>乙<h4>三</h4>"),
        ("三", "<h4>三</h4>"),
        ("四", "<h2>四</h2>丙"),
    ],
)
def test_a_section_ends_before_the_next_heading_of_its_level(heading: str, expected: str) -> None:
    found = section(
        markup("序\n\n# 一\n甲\n## 二\n乙\n### 三\n# 四\n丙[^1]\n\n[^1]: 注\n"), heading
    )
    html = re.sub(r"</?p>|\n|<sup.*?</sup>| <a .*?</a>| id=\"\S*?\"", "", assemble(found, linked))
    assert html == expected


@settings(max_examples=200, deadline=None)
@given(LINES)
def test_a_section_has_the_references_that_say_they_stand_in_it(lines: list[str]) -> None:
    whole = markup("\n".join(lines))
    for which, heading in enumerate(whole.outline):
        found = section(whole, heading.id)
        parts = range(which + 1, end_of(whole.outline, which) + 1)
        assert found.references == tuple(r for r in whole.references if r.part in parts)
        assert len(found.pieces) == len(found.references) + 1
        html = assemble(found, linked)
        assert html.startswith(f"<h{heading.level} ")
        assert "footnotes" not in html
