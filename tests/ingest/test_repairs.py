"""Does every repair do what its cases say?"""

import re
from pathlib import Path

import pytest

from kb.ingest.repairs import CHINESE, CLEANING, PROSE, repair

CASES = Path(__file__).parent.parent / "cases" / "repairs"
CASE = re.compile(
    r"^(?P<title>\S.*)\n\.\n(?P<text>(?:.*\n)*?)\.\n(?P<body>(?:.*\n)*?)\.\n", re.MULTILINE
)
FILES = (
    *("cleaning.txt", "masking.txt", "punctuation.txt", "headings.txt", "lists.txt"),
    *("paragraphs.txt", "escaping.txt", "formulas.txt", "links.txt", "placeholders.txt"),
)


def cases() -> list[object]:
    """Every case, with its title as the test's name."""
    found: list[object] = []
    for file in FILES:
        text = (CASES / file).read_text(encoding="utf-8")
        found += [
            pytest.param(case["text"], case["body"], id=f"{file}: {case['title']}")
            for case in CASE.finditer(text)
        ]
    return found


@pytest.mark.parametrize(("text", "body"), cases())
def test_an_excerpt_becomes_the_expected_markdown(text: str, body: str) -> None:
    assert repair(text).body == body


def test_every_file_of_cases_is_read() -> None:
    assert {path.name for path in CASES.glob("*.txt")} == set(FILES)


def test_a_cut_is_told_from_an_end() -> None:
    assert repair("写到一半...").truncated
    assert repair("写到一半 …").truncated
    assert not repair("写完了。").truncated


def test_an_excerpt_without_text_is_an_empty_body() -> None:
    assert repair(" \u200b ").body == "\n"


def test_the_order_of_the_repairs_is_visible() -> None:
    names = [mend.__name__ for mend in (*CLEANING, *CHINESE, *PROSE)]
    assert names[0] == "drop_illegal_characters"
    assert names[-1] == "escape_line_starts"
