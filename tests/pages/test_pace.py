"""Is the time that a text takes that of its characters and words?"""

from collections.abc import Callable
from pathlib import Path

import pytest
from projects import Files, built

from kb.pages.pace import minutes


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("", 0),
        ("字", 1),
        ("字" * 400, 1),
        ("字" * 401, 2),
        ("字，" * 1000, 5),
        ("word " * 240, 1),
        ("word " * 2400, 10),
        ("слово " * 480, 2),
        ("单词" * 400 + " word" * 480, 4),
        ("用LoRA微调" * 240, 3),
    ],
)
def test_characters_and_words_have_a_pace_of_their_own(text: str, time: int) -> None:
    assert minutes(text) == time


@pytest.mark.parametrize(
    ("language", "body", "said"),
    [
        ("zh", "字" * 1700, "<li>约 5 分钟</li>"),
        ("en", "word " * 470, "<li>about 2 minutes</li>"),
        ("zh", "字" * 300, ""),
    ],
)
def test_an_article_of_more_than_a_minute_says_how_long_it_takes(
    project: Callable[[Files], Path], language: str, body: str, said: str
) -> None:
    files = {"kb.yaml": f"language: {language}\n", "content/articles/a.md": f"# A\n\n{body}\n"}
    root = project(files)
    built(root)
    page = (root / "site/articles/a.html").read_text("utf-8")
    assert said in page
    assert ("分钟" in page or "minutes" in page) == bool(said)
