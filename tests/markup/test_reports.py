"""Is what a text loses, or says in vain, told with its line; and is what was meant found?"""

from time import process_time

import pytest

from kb.markup import Markup, assemble, render, render_with_html


def rendered(text: str) -> tuple[str, list[tuple[str, int]]]:
    markup = render(text, path="a.md", title="x")
    return shown(markup), [(problem.code, problem.place.line) for problem in markup.problems]


def shown(markup: Markup) -> str:
    return assemble(markup, lambda _: None)


def test_a_heading_is_found_by_the_id_that_its_author_wrote() -> None:
    html, told = rendered("## h {#def}\n\n[a](#def) [[#def]]\n")

    assert html.count('href="#def_"') == 3
    assert told == []


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**“注意力”**Attention 是", "<p><strong>“注意力”</strong>Attention 是</p>\n"),
        (
            "见**“注意力”**A，**（自）**B",
            "<p>见<strong>“注意力”</strong>A，<strong>（自）</strong>B</p>\n",
        ),
        ("a**“b”**c", "<p>a**“b”**c</p>\n"),
    ],
)
def test_chinese_quotation_marks_may_stand_at_either_end_of_emphasis(text: str, html: str) -> None:
    assert rendered(text) == (html, [])


def test_a_row_with_more_cells_than_its_header_is_told() -> None:
    text = (
        "> | a | b |\n> |---|---|\n> | 1 | 2 | 3 |\n> | 1 | 2 | |\n\n|a|\n|-|\n|$x|y$|\n|`x|y`|\n"
    )

    empty = "| | |\n|-|-|\n| a | b |\n\na | b\n-|-\nc | d\n"

    assert rendered(text)[1] == [("long-row", 3), ("long-row", 9)]
    assert rendered(empty)[1] == []


def test_a_line_to_mark_that_the_block_does_not_have_is_told() -> None:
    assert rendered('x\n\n```py hl_lines="1 9"\na\nb\n```\n')[1] == [("no-such-line", 3)]
    assert rendered('```py hl_lines="2" ins="1"\na\nb\n```\n')[1] == []


def test_code_that_is_too_long_for_colours_is_told() -> None:
    code = "x = 1\n" * 8000

    assert rendered(f"```py\n{code}```\n")[1] == [("long-code", 1)]


def test_a_formula_that_is_too_long_is_told_not_shown_as_prose() -> None:
    html, told = rendered(f"$$\n{'x+' * 11_000}x\n$$\n")

    assert told == [("broken-formula", 1)]
    assert 'class="math-error"' in html


def test_a_code_span_is_no_end_of_a_formula() -> None:
    assert rendered("It costs $x. `$HOME` ok") == (
        "<p>It costs $x. <code>$HOME</code> ok</p>\n",
        [],
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("设 $c$：数", '设 <span class="whole">{c}：</span>数'),
        ("（$c$）。对", '<span class="whole">（{c}）。</span>对'),
        ("f($c$)", 'f<span class="whole">({c})</span>'),
        ("$c$，$c$。", '<span class="whole">{c}，</span><span class="whole">{c}。</span>'),
        ("$c$ 与“**$c$**”", "{c} 与“<strong>{c}</strong>”"),
    ],
)
def test_a_formula_stays_with_the_marks_beside_it(text: str, html: str) -> None:
    formula = rendered("$c$")[0].removeprefix("<p>").removesuffix("</p>\n")
    assert rendered(text) == (f"<p>{html.format(c=formula)}</p>\n", [])


@pytest.mark.parametrize("piece", ["<div ", "<img ", "<!-- ", "<a href=", "</div "])
def test_html_that_never_ends_takes_no_longer_than_its_length(piece: str) -> None:
    begin = process_time()
    render_with_html(piece * 80_000, path="a.md")

    assert process_time() - begin < 2


def test_code_is_found_where_it_stands_and_is_no_prose() -> None:
    markup = render("one\n\n```py\nx = 1\n\ny = 2\n```\n\n> ```\n> z\n> ```\n\ntwo\n", path="a.md")
    assert markup.text == "one\nx = 1\n\ny = 2\nz\ntwo"
    assert markup.code == ((1, 4), (4, 5))
    assert markup.prose == "one\ntwo"
