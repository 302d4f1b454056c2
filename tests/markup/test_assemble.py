"""Are slots filled with what is found, and are texts cut where a reader expects it?"""

import pytest

from kb.markup import Heading, Html, Markup, Reference, Sentence, Target, assemble, excerpt, render


def markup(text: str) -> Markup:
    return render(text, path="a.md", first_line=5)


def test_a_reference_says_what_is_asked_for_and_where() -> None:
    assert markup("一\n见 [[lora#秩|低秩]]。二").references == (
        Reference("lora", "秩", "低秩", 6, Sentence("一见 ", "低秩", "。")),  # type: ignore[arg-type]
    )


def test_the_sentence_of_a_reference_ends_at_its_signs() -> None:
    found = markup("前一句。这里用 **[[lora]]** 微调，$x_t$ 不变！后一句。").references[0]
    assert found.sentence == Sentence("这里用 ", "", " 微调，x_t 不变！")


def test_a_link_to_markdown_names_the_article() -> None:
    names = [
        (r.target, r.anchor) for r in markup("[a](../notes/lora.md#秩) [b](./x%20y.md)").references
    ]
    assert names == [("lora", "秩"), ("x y", "")]


def test_slots_cannot_be_forged() -> None:
    text = markup("\x000\x00 [a\x00b](lora.md) &#0;")
    assert assemble(text, lambda _: Target("x.html", "X")) == (
        '<p>0 <a href="x.html">ab</a> \ufffd</p>\n'
    )


def test_images_in_a_label_keep_their_order() -> None:
    text = markup("[![一](/1.png) 和 ![二](/2.png)](lora.md) ![三](/3.png)")
    html = assemble(text, lambda reference: Target(f"..{reference.target}", ""))
    assert [r.target for r in text.references] == ["/1.png", "/2.png", "lora", "/3.png"]
    assert html == (
        '<p><a href="..lora"><img src="../1.png" alt="一" loading="lazy" decoding="async"> 和 '
        '<img src="../2.png" alt="二" loading="lazy" decoding="async"></a> '
        '<img src="../3.png" alt="三" loading="lazy" decoding="async"></p>\n'
    )


def test_a_fragment_of_the_target_is_kept() -> None:
    text = markup("[[lora#秩]]")
    assert 'href="x.html#y"' in assemble(text, lambda _: Target("x.html#y", "X"))


def test_the_outline_has_the_headings_of_the_text_itself() -> None:
    assert markup("# 一\n\n> ## 引\n\n## 二 $x_t$\n").outline == (
        Heading(2, "一", "一"),
        Heading(
            3,
            "二-x-t",
            "二 x_t",
            Html("二 <math><semantics><msub><mi>x</mi><mi>t</mi></msub></semantics></math>"),
        ),
    )


def test_the_outline_shows_what_cannot_be_set_as_words_and_leaves_links_out() -> None:
    [heading] = markup("## [a & $\\foo$](/x) `b` $n$\n").outline
    assert heading.html == "a &amp;  b <math><semantics><mi>n</mi></semantics></math>"


def test_an_id_is_readable_and_not_the_frames() -> None:
    headings = "# 注意力：机制\n# Step 1\n# main\n# ???\n"
    assert [heading.id for heading in markup(headings).outline] == [
        "注意力-机制",
        "Step-1",
        "main_",
        "section_",
    ]


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("短文。", 10, "短文。"),
        ("第一句话在这里。第二句话更长一些，还没有完", 14, "第一句话在这里。…"),
        ("第一句话很长很长，逗号之后还有很多很多字", 12, "第一句话很长很长…"),
        ("one two three four", 12, "one two…"),
        ("没有标点的一段很长的文字", 6, "没有标点的…"),
        ("从分布中采样,得到样本,为此需要建模", 14, "从分布中采样,得到样本…"),
        ("这是 Stable Diffusion 的技术", 14, "这是 Stable…"),
        ("行末\n接着", 10, "行末 接着"),
        ("line\nnext 中\n  x", 20, "line next 中 x"),
        ("ab👩\u200d👩\u200d👧cdefgh", 5, "ab…"),
        ("ae\u0301bcdefg", 3, "a…"),
        ("🇨🇳🇨🇳🇨🇳", 4, "🇨🇳…"),
        ("任何文字", 0, ""),
        ("", 5, ""),
    ],
)
def test_an_excerpt_ends_where_a_reader_does_not_stumble(
    text: str, length: int, expected: str
) -> None:
    assert excerpt(text, length) == expected


def test_a_text_that_is_nested_too_deep_is_still_rendered() -> None:
    text = "> " * 3000 + "深"
    assert assemble(markup(text), lambda _: None).count("<blockquote>") > 10


def test_lines_of_problems_count_every_kind_of_line_end() -> None:
    problems = markup("一\r\n\r二\n\n$\\foo$").problems
    assert [problem.place.line for problem in problems] == [9]
