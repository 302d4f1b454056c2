"""Does every rule of the dialect do what its cases say?"""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from _pytest.mark import ParameterSet

from kb.markup import Reference, Target, assemble, render, render_with_html

CASES = Path(__file__).parent.parent / "cases" / "markup"
CASE = re.compile(
    r"^(?P<title>\S.*)\n\.\n(?P<text>(?:.*\n)*?)\.\n(?P<expected>(?:.*\n)*?)\.\n", re.MULTILINE
)
MATH = re.compile(
    r"<math( display=\"block\")?>.*?<annotation [^>]*>(.*?)</annotation></semantics></math>",
    re.DOTALL,
)
TARGETS = {
    "lora": Target("../articles/lora.html", "LoRA"),
    "/images/a.png": Target("../images/a.png", ""),
    "/topics/": Target("../topics/index.html", "Topics"),
}


def cases(*files: str) -> list[ParameterSet]:
    """Every case of the named files, with its title as the test's name."""
    found = []
    for file in files:
        text = (CASES / file).read_text(encoding="utf-8")
        found += [
            pytest.param(case["text"], case["expected"], id=f"{file}: {case['title']}")
            for case in CASE.finditer(text)
        ]
    return found


def resolve(reference: Reference) -> Target | None:
    """The few pages that the cases link to; every heading is there."""
    target = TARGETS.get(reference.target)
    if target is None or not reference.anchor:
        return target
    anchor, title = (
        quote(reference.anchor.replace(" ", "-")),
        f"{target.title} › {reference.anchor}",
    )
    return Target(f"{target.url}#{anchor}", title)


def html(text: str, *, trusted: bool = True) -> str:
    """The assembled HTML; a formula is shortened to its TeX in `<math>`, `display` kept."""
    markup = render(text, path="a.md", title="The title", trusted=trusted)
    return MATH.sub(r"<math\1>\2</math>", assemble(markup, resolve))


OF_OURS = (
    "callouts.txt", "code.txt", "emphasis.txt", "footnotes.txt", "formulas.txt", "headings.txt",
    "images.txt", "line_breaks.txt", "links.txt", "lists.txt", "money.txt", "placeholders.txt",
    "tables.txt", "wikilinks.txt",
)  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), cases(*OF_OURS))
def test_a_text_of_our_own_becomes_the_expected_html(text: str, expected: str) -> None:
    assert html(text) == expected


@pytest.mark.parametrize(("text", "expected"), cases("html.txt"))
def test_html_between_markdown_becomes_what_an_allow_list_leaves(text: str, expected: str) -> None:
    markup = render_with_html(text, path="a.md")
    html = MATH.sub(r"<math\1>\2</math>", assemble(markup, resolve))
    assert f"{html.rstrip()}\n" == expected


@pytest.mark.parametrize(("text", "expected"), cases("untrusted.txt"))
def test_a_text_of_others_becomes_the_expected_html(text: str, expected: str) -> None:
    assert html(text, trusted=False) == expected


@pytest.mark.parametrize(("text", "expected"), cases("mathml.txt"))
def test_a_formula_becomes_the_expected_mathml(text: str, expected: str) -> None:
    markup = render(text, path="a.md")
    assert assemble(markup, resolve).replace("><", ">\n<") == expected


@pytest.mark.parametrize(("text", "expected"), cases("problems.txt"))
def test_what_a_person_can_mend_is_reported_with_its_line(text: str, expected: str) -> None:
    problems = render(text, path="a.md", first_line=10).problems
    lines = [f"{p.place}: {p.severity}: {p.code}: {p.message}\n" for p in problems]
    assert "".join(lines) == expected


@pytest.mark.parametrize(("text", "expected"), cases("plain.txt"))
def test_a_text_has_the_expected_plain_words(text: str, expected: str) -> None:
    assert render(text, path="a.md").prose + "\n" == expected
