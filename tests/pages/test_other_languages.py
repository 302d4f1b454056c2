"""Is an article of another language or direction told as such wherever it is named?"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from projects import Files, built

Project = Callable[[Files], Path]

ARABIC = "نماذج الانتشار"
FILES = {
    "content/articles/a.md": (
        f"---\ntitle: {ARABIC}\nlang: ar\ndate: 2026-01-02\nslug: a\ntags: [LoRA]\naliases: [old]\n"
        f"---\n\n{ARABIC} ما هي\n\n## واحد\n\n## اثنان\n"
    ),
    "content/articles/b.md": (
        "---\ntitle: 乙\ndate: 2026-01-01\ntags: [LoRA]\n---\n\n见 [[a]]。\n\n![[a]]\n"
    ),
    "content/articles/c.md": (
        "---\ntitle: Gimel\nlang: en\ndate: 2026-01-03\nslug: c\n---\n\nBefore [[b]] and after.\n"
    ),
}


@pytest.fixture
def site(project: Project) -> Path:
    root = project(FILES)
    built(root)
    return root / "site"


def naming(page: Path, words: str) -> list[str]:
    """The attributes of language and direction of each element that holds the words alone."""
    found = re.findall(rf"<(?!title)(\w+)([^<>]*)>{re.escape(words)}<", page.read_text("utf-8"))
    return [" ".join(re.findall(r'(?:lang|dir)="[^"]*"', attributes)) for _, attributes in found]


@pytest.mark.parametrize(
    ("page", "named"),
    [
        ("archive/index.html", 1),
        ("graph/index.html", 2),
        ("graph/other.html", 2),
        ("articles/old.html", 1),
    ],
)
def test_an_arabic_article_runs_from_right_to_left_where_it_is_named(
    site: Path, page: str, named: int
) -> None:
    found = naming(site / page, ARABIC)
    assert len(found) == named
    assert set(found) <= {'lang="ar" dir="rtl"', 'lang="ar"'}  # a bdi has the direction of itself


def test_the_card_of_an_arabic_article_runs_from_right_to_left(site: Path) -> None:
    card = (site / "index.html").read_text("utf-8").split('<article class="card">')[2]
    assert '<h3 lang="ar" dir="rtl">' in card
    assert '<p class="excerpt" lang="ar" dir="rtl">' in card


def test_a_page_tells_the_direction_of_what_lies_around_it(site: Path) -> None:
    page = site / "articles/b.html"
    text = page.read_text("utf-8")
    assert naming(page, ARABIC).count('lang="ar" dir="rtl"') == 3  # source, related, around
    assert '<p class="name-of" lang="ar" dir="rtl">' in text
    assert f'<bdi lang="ar">{ARABIC}</bdi></a>' in text  # the next one
    assert '<div class="embed-text" lang="ar" dir="rtl">' in text
    assert naming(page, "Gimel") == ['lang="en"', 'lang="en"']  # linked from, around


def test_the_contents_of_an_arabic_article_run_as_its_text(site: Path) -> None:
    text = (site / "articles/a.html").read_text("utf-8")
    assert text.count('<ol lang="ar" dir="rtl">') == 2


def test_on_an_arabic_site_it_is_the_others_that_turn(project: Project) -> None:
    words = "search: بحث\nplural_rule: '0'\nplural_forms: many\n"
    root = project({**FILES, "kb.yaml": "language: ar\n", "templates/words/ar.yaml": words})
    built(root)
    assert naming(root / "site/archive/index.html", "乙") == ['lang="zh-CN" dir="ltr"']
    assert naming(root / "site/archive/index.html", ARABIC) == ['lang="ar"']


def test_a_line_of_a_dump_runs_as_its_letters_do(project: Project) -> None:
    line = "扩散模型从噪声开始,一步一步去噪,最后得到一张清晰的图像,学的是每一步的噪声..."
    english = "Diffusion models start from noise and remove it step by step until it is clear..."
    root = project({"content/transmissions/a.txt": f"{line}\n{english}\n"})
    built(root)
    text = (root / "site/transmissions/a.html").read_text("utf-8")
    assert f'<p dir="auto">{line}</p>' in text
    assert re.findall(r'<p class="became"><a href="[^"]*"(.*?)>', text) == ["", ' lang="en"']
