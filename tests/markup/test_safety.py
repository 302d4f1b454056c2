"""Can any text run, leak out of its place, or stop the renderer?"""

import gc
import re
from collections.abc import Iterator
from pathlib import Path
from time import process_time
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.markup import Target, assemble, excerpt, render, render_with_html

CASES = Path(__file__).parent.parent / "cases" / "markup"
PIECES = (
    *("$", "$$", "\\(", "\\)", "\\[", "\\]", "\\begin{align}", "\\end{align}", "\\text{", "}", "{"),
    *("[[", "]]", "|", "#", "![", "](", ")", "[", "]", "[^a]", "[^a]: ", "[公式]", "[!note]-", "<"),
    *("`", "```", "~~~", "\n```", "**", "*", "_", "~~", "> ", "- ", "1. ", "- [ ] ", "\n: ", "\n"),
    *("\n\n", "    ", "|---|", "| a | b |\n|---|---|\n", "https://", "javascript:", "data:", "//"),
    *(
        '"',
        "'",
        "&#0;",
        "&#12;",
        "&lt;script&gt;",
        "<script>",
        "<img src=x onerror=alert(1)>",
        "-->",
    ),
    *("\x00", "\x01", "\x1b", "\u202e", "\u2028", "\ufeff", "\ud800", "\\", "\\foo", "\\frac", "^"),
    *(
        "中文",
        "，",
        "：",
        "“",
        "”",
        "a",
        " ",
        "1",
        "x.md",
        "/images/a.png",
        "title=",
        "onload=",
        "style=",
    ),
    *("```mermaid\nflowchart TD\nA-->B\n```\n", "\n\nTable: ", "\n\n表："),
    *("</p>", "</math>", "<annotation-xml>", "{#a}", "\t", "&", ";", "%", "@"),
)
TEX = (
    *(
        "\\frac",
        "\\sqrt",
        "\\text{",
        "\\color{red}",
        "\\href{javascript:x}{y}",
        "\\url{x}",
        "{",
        "}",
    ),
    *(
        "\\begin{cases}",
        "\\end{cases}",
        "\\begin{aligned}",
        "\\end{aligned}",
        "&",
        "\\\\",
        "\\tag{1}",
    ),
    *(
        "\\def\\a{",
        "\\a",
        "\\htmlStyle{color:red}",
        "\\textbf{",
        "\\boxed{",
        "\\cancel{",
        "\\eqref{a}",
    ),
    *(
        "\\left",
        "\\right",
        "(",
        ")",
        "|",
        "^",
        "_",
        "x",
        "1",
        "<",
        ">",
        '"',
        "'",
        "%",
        "#",
        "~",
        " ",
    ),
    *(
        "\\substack{",
        "\\matrix{",
        "\\operatorname*{",
        "\\rule{1em}{1em}",
        "\\hspace{1em}",
        "</math>",
    ),
    *(
        "\\begin{array}{c|c}",
        "\\end{array}",
        "\\hline",
        "\\label{a}",
        "\\phantom{",
        "\\xrightarrow[",
        "]",
    ),
    *(
        "\\begin{align}",
        "\\end{align}",
        "\\begin{CD}A @>a>> B\\end{CD}",
        "\\ref{a}",
        "\\label{<b>}",
        "\\tag{$<b>$}",
        "\\tag{",
        "\\notag",
        "\\smash{",
        "\\overline{",
        "\\raisebox{1em}{",
        "\\textcolor{#f00}{",
        "\\verb|<b>|",
        "\\htmlId{kb-main}{",
        "\\mathop{",
        "\\limits",
        "$",
        "\ue000",
        "0\ue001",
    ),
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
MATHML = {
    *("math", "semantics", "annotation", "mrow", "mi", "mo", "mn", "mtext", "mspace", "msub"),
    *("msup", "msubsup", "mfrac", "msqrt", "mroot", "mover", "munder", "munderover", "mtable"),
    *("mtr", "mtd", "mpadded", "mphantom", "mmultiscripts", "mprescripts", "mstyle"),
}
HTML = {
    *("a", "aside", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em"),
    *("figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "img", "input", "li", "ol", "p"),
    *("pre", "s", "section", "span", "strong", "summary", "sup", "table", "tbody", "td", "th"),
    *("thead", "tr", "ul", "b", "i", "u", "caption"),
}
ATTRIBUTES = {
    *("alt", "aria-hidden", "aria-label", "checked", "class", "data-kind", "data-line"),
    *("decoding", "disabled", "href", "id", "loading", "open", "rel", "role", "scope", "src"),
    *("start", "tabindex", "title", "type", "width", "height", "lang"),
}
SVG = {"svg", "g", "marker", "path", "rect", "text", "tspan"}
SVG_ATTRIBUTES = {
    *("aria-label", "class", "d", "dy", "font-style", "font-weight", "height", "id", "marker-end"),
    *("markerHeight", "markerUnits", "markerWidth", "orient", "refX", "refY", "role", "width", "x"),
    *("stroke-dasharray", "stroke-width", "text-anchor", "transform", "viewBox", "y"),
}
MATH_ATTRIBUTES = {
    *("class", "display", "displaystyle", "encoding", "scriptlevel", "stretchy", "lspace"),
    *("rspace", "width", "height", "depth", "accent", "accentunder", "minsize", "maxsize"),
    *("mathvariant", "form", "symmetric", "linethickness", "voffset", "movablelimits"),
    *("mathcolor", "largeop", "separator", "fence", "id"),
}
SAFE_URL = re.compile(r"(?:https?:|mailto:|tel:|#|[^:/?#]*(?:[/?#]|$)|/(?!/))", re.IGNORECASE)


def elements(html: str) -> Iterator[Element]:
    """Every element that a browser would make of `html`."""
    fragment = html5lib.parseFragment(html, container="article", namespaceHTMLElements=False)
    yield from list(fragment.iter())[1:]


def check(html: str) -> None:
    """Fail on any element, attribute or URL that markup does not write itself."""
    found = list(elements(html))
    assert len(found) == len(re.findall("<[a-z]", html)), f"a browser mends {html}"
    for element in found:
        tag = str(element.tag).rpartition("}")[2]
        assert tag in HTML | MATHML | SVG, f"{tag} in {html}"
        allowed = MATH_ATTRIBUTES if tag in MATHML else SVG_ATTRIBUTES if tag in SVG else ATTRIBUTES
        for name, value in element.attrib.items():
            assert name in allowed, f"{name} of {tag} in {html}"
            if name in ("href", "src"):
                assert SAFE_URL.match(value), value


def rendered(text: str, *, trusted: bool) -> str:
    markup = render(text, path="a.md", title="标题", trusted=trusted)
    assert len(markup.pieces) == len(markup.references) + 1
    assert not [problem for problem in markup.problems if problem.code == "unreadable-markup"]
    targets = [Target('../x.html?a="b"&c', '<T> "t"'), None]
    return assemble(markup, lambda reference: targets[len(reference.target) % 2])


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.booleans())
def test_no_text_yields_live_markup(text: str, trusted: bool) -> None:  # noqa: FBT001 - hypothesis
    check(rendered(text, trusted=trusted))


HTML_PIECES = (
    *(
        "<b>",
        "</b>",
        "<div>",
        "</div>",
        '<a title="',
        '">',
        "<!--",
        "-->",
        "<svg>",
        "<math>",
        "<p>",
    ),
    *(
        "<style>",
        "</style>",
        "<script>",
        "<textarea>",
        "<title>",
        "<noscript>",
        "<template>",
        "<table>",
    ),
    *(
        '<img src="x" onerror=alert(1)>',
        "<annotation-xml encoding=text/html>",
        "<mtext>",
        "<mglyph>",
    ),
    *(
        '<a href="javascript:x">',
        '<form action="//a">',
        "<input>",
        "<select>",
        "<xmp>",
        "<plaintext>",
    ),
    *("<![CDATA[", "]]>", "<?", "</p>", "<details>", "<summary>", "<td>", "<br>", 'id="main"'),
)
OF_PERSONS = {
    *("abbr", "bdi", "bdo", "cite", "dfn", "ins", "kbd", "mark", "q", "rp", "rt", "ruby", "samp"),
    *("small", "sub", "var", "wbr", "col", "colgroup", "tfoot"),
}


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from((*PIECES, *HTML_PIECES)), max_size=20).map("".join))
def test_no_html_of_a_person_yields_live_markup(text: str) -> None:
    markup = render_with_html(text, path="a.md")
    assert len(markup.pieces) == len(markup.references) + 1
    html = assemble(markup, lambda _: Target('../x.html?a="b"&c', '<T> "t"'))
    page = html5lib.parseFragment(
        f"<article>{html}</article><footer></footer>", namespaceHTMLElements=False
    )
    assert [child.tag for child in page] == ["article", "footer"]
    for element in elements(html):
        tag = str(element.tag).rpartition("}")[2]
        assert tag in HTML | MATHML | SVG | OF_PERSONS, f"{tag} in {html}"
        for name, value in element.attrib.items():
            assert name != "style"
            assert not name.startswith("on")
            assert name not in ("href", "src") or SAFE_URL.match(value), value


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(TEX), max_size=14).map("".join))
def test_no_formula_yields_live_markup(tex: str) -> None:
    check(rendered(f"${tex}$\n\n$$\n{tex}\n$$", trusted=True))


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_html_keeps_its_tags_balanced(text: str) -> None:
    """What follows a text in a page stays outside of it."""
    html = f"<article>{rendered(text, trusted=True)}</article><footer></footer>"
    fragment = html5lib.parseFragment(html, namespaceHTMLElements=False)
    assert [child.tag for child in fragment] == ["article", "footer"]


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_rendering_depends_on_its_arguments_alone(text: str) -> None:
    assert render(text, path="a.md") == render(text, path="a.md")


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_text_of_others_holds_no_image_and_no_link_without_rel(text: str) -> None:
    for element in elements(rendered(text, trusted=False)):
        assert element.tag != "img"
        href = element.attrib.get("href", "#")
        assert href.startswith("#") or element.attrib["rel"] == "nofollow ugc noreferrer"


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_every_link_within_a_text_has_its_place(text: str) -> None:
    markup = render(text, path="a.md")
    if any(problem.code == "unknown-heading" for problem in markup.problems):
        return
    html = assemble(markup, lambda _: None)
    ids = [element.attrib["id"] for element in elements(html) if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    for element in elements(html):
        href = element.attrib.get("href", "")
        assert not href.startswith("#") or unquote(href[1:]) in ids


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_no_output_holds_a_control_character(text: str) -> None:
    markup = render(text, path="a.md")
    for output in (assemble(markup, lambda _: None), markup.text):
        assert not re.search(
            "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", output
        )


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80), st.integers(0, 60))
def test_an_excerpt_is_never_longer_than_asked(text: str, length: int) -> None:
    assert len(excerpt(text, length)) <= length


@pytest.mark.parametrize("path", sorted(CASES.glob("*.txt")), ids=lambda path: path.name)
def test_a_text_cut_anywhere_leaks_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for end in range(len(text) + 1):
        check(rendered(text[max(0, end - 120) : end], trusted=True))


@pytest.mark.parametrize(
    "text",
    [
        *("[" * 10_000, "[a](" * 10_000, "*a " * 10_000, "**a" * 10_000, "_a " * 10_000),
        *("`" * 10_000, "".join("e" + "`" * n for n in range(300)), "> " * 10_000, ">" * 10_000),
        *("".join("  " * n + "- a\n" for n in range(1000)), "* " * 10_000, "![" * 10_000),
        *("![" * 500 + "a" + "](b)" * 500, "[^a]" * 10_000, "[^a]: " * 10_000, "[[a|" * 10_000),
        *("$" * 10_000, "$a " * 10_000, "${" * 10_000, "$$\n" * 10_000, "\\[\n" * 10_000),
        *("\\begin{align}\n" * 10_000, "$$" + "{" * 4000 + "}" * 4000 + "$$", "# a\n" * 10_000),
        *("$$" + "\\sqrt" * 1900 + "x$$", "$$" + "\\left(" * 900 + "\\right)" * 900 + "$$"),
        *("|" * 10_000 + "\n" + "|-" * 10_000, "https://a" + ")" * 10_000, "<a " * 10_000),
        *("> [!note]\n" * 10_000, "a\n: b\n" * 10_000, "```python\n" + "(" * 40_000),
        *("[[a]] " * 5000, "[a](b.md) " * 5000, "[" + "![a](/b.png) " * 5000 + "](x.md)"),
        *("$" + "\\frac{" * 1600 + "}" * 1600 + "$", "$$" + "\\substack{{{" * 800 + "$$"),
        *("$$" + "\\mathop{" * 55 + "}" * 55 + "$$", "$" + "\\mathop{" * 55 + "}" * 55 + "$"),
        *("$$" + "\\smash{" * 55 + "}" * 55 + "$$", "$$" + "\\text{$" * 900 + "$}" * 900 + "$$"),
        *("$$" + "a&b\\\\" * 1800 + "$$", "\\eqref{a}" * 5000, "$$" + "x+" * 500_000 + "$$"),
        *("$$x\\label{a}$$\n\n" * 2000, "\\begin{align}" + "a\\\\" * 1900 + "\\end{align}"),
        *("$$" + "\\begin{CD}" + "@>a>>" * 1500 + "\\end{CD}$$", "$$" + "\\tag{" * 1500 + "$$"),
        *(
            "$$" + "\\def\\a{\\b\\b}\\def\\b{\\a\\a}\\a$$",
            "$$" + "\\matrix{" * 55 + "}" * 55 + "$$",
        ),
        *("~~a" * 10_000, "&" * 10_000, "a**b" * 10_000, "- [ ] a\n" * 10_000, "[a][b" * 10_000),
    ],
    ids=lambda text: repr(text[:12]),
)
def test_pathological_text_takes_bounded_time(text: str) -> None:
    """Two seconds are the bar; the bound of the test leaves room for a slow machine."""
    started = process_time()
    render(text, path="a.md")
    assert process_time() - started < 6


GROWING = {
    "lines of text": "中文字符 and words\n",
    "one long line": "中文字符 and words",
    "links": "[a](b.md) ",
    "wikilinks": "[[a]] ",
    "open references": "[a][b",
    "open images": "![",
    "emphasis by Chinese signs": "，**",
    "rows of a table": "| 1 | $x|y$ |\n",
    "tasks": "- [ ] a\n",
    "definitions": "a\n: b\n",
    "headings": "# a\n",
    "open formulas": "\\[\n",
    "entities": "&#12;",
    "figures": '![a](/b.png "c")\n\n',
    "captions": "|a|\n|-|\n\n表：x\n\n",
}


def seconds(text: str) -> float:
    """The time that a text takes by itself; looking for circular garbage grows with the heap."""
    gc.collect()
    gc.disable()
    started = process_time()
    render(text, path="a.md")
    gc.enable()
    return process_time() - started


@pytest.mark.parametrize("kind", GROWING)
def test_twice_the_text_takes_about_twice_the_time(kind: str) -> None:
    """A quadratic rule would take four times as long; the least of three measures is compared."""
    head = "| a | b |\n|---|---|\n" if kind == "rows of a table" else ""
    once, twice = (head + GROWING[kind] * number for number in (3000, 6000))
    assert min(seconds(twice) for _ in range(3)) < 3 * min(seconds(once) for _ in range(3)) + 0.02


def test_a_line_of_ten_megabytes_is_read() -> None:
    assert seconds("中文字符，abc" * 500_000) < 6


def test_html_that_loads_a_picture_from_elsewhere_is_told_with_its_line() -> None:
    text = 'x\n\n<div><img src="https://a.test/x.png"></div>\n\nb <img src=/y.png> c\n'

    problems = render_with_html(text, path="a.md").problems

    assert [(p.code, p.place.line) for p in problems] == [("remote-image", 3)]
