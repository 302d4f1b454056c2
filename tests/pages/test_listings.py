"""Do long listings stay short to look at?"""

from collections.abc import Callable
from pathlib import Path

import pytest
from projects import Files, built

from kb.pages.context import pager

Project = Callable[[Files], Path]


@pytest.mark.parametrize(
    ("number", "total", "labels"),
    [
        (1, 1, "1"),
        (1, 4, "1 2 3 4"),
        (1, 9, "1 2 3 … 9"),
        (5, 9, "1 2 3 4 5 6 7 8 9"),
        (6, 20, "1 … 4 5 6 7 8 … 20"),
        (5, 20, "1 2 3 4 5 6 7 … 20"),
        (20, 20, "1 … 18 19 20"),
    ],
)
def test_a_pager_names_the_ends_and_what_is_near(number: int, total: int, labels: str) -> None:
    pages = pager(number, total, str).pages
    assert " ".join(link.label if link else "…" for link in pages) == labels


def test_a_gap_is_shown_and_no_page_names_all_others(project: Project) -> None:
    articles = {f"content/articles/a{n}.md": f"---\ntitle: A{n}\n---\n" for n in range(12)}
    root = project({"kb.yaml": "page_size: 1\n", **articles})
    built(root)
    page = (root / "site/page/6.html").read_text("utf-8")
    assert page.count("…</li>") == 2
    assert 'href="2.html"' not in page
    assert 'href="12.html"' in page


def test_a_card_shows_two_tags(project: Project) -> None:
    text = "---\ntitle: A\ntags: [one, two, three]\n---\n"
    root = project({"content/articles/a.md": text})
    built(root)
    page = (root / "site/index.html").read_text("utf-8")
    assert page.count('href="tags/') - page.count('href="tags/index') == 2


def test_the_archive_knows_nothing_of_a_text(project: Project) -> None:
    file = "content/articles/a.md"
    text = "---\ntitle: A\ndate: 2026-01-02\n---\n\nText.\n"
    root = project({file: text})
    built(root)
    (root / file).write_text(text.replace("Text", "Other text"), "utf-8")
    assert "archive/index.html" not in built(root).published.written
    page = (root / "site/archive/index.html").read_text("utf-8")
    assert '<time datetime="2026-01-02">1月2日</time> <a href="../articles/a.html"' in page


def test_the_contents_of_a_page_show_formulas(project: Project) -> None:
    text = "---\ntitle: A\n---\n\n## 关于 $x^2$ <i>\n\n## 其他\n"
    root = project({"content/articles/a.md": text, "content/pages/b.md": f"{text}\n## 三\n"})
    built(root)
    formula = "<math><semantics><msup><mi>x</mi><mn>2</mn></msup></semantics></math>"
    for path in ("articles/a", "b"):
        page = (root / f"site/{path}.html").read_text("utf-8")
        assert page.count(f'-x-2-i">关于 {formula} &lt;i&gt;</a></li>') == 2
        assert ">其他</a></li>" in page
