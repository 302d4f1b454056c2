"""Which article answers to a name, and who says so where two could?"""

from collections.abc import Callable
from pathlib import Path

from projects import Files, built

from kb.ingest.draft import NameBook
from kb.model import ArticleId
from kb.problems import Place, Severity

Project = Callable[[Files], Path]


def record(title: str, rest: str = "") -> str:
    return f"---\ntitle: {title}\n{rest}---\n\nText.\n"


def test_two_articles_with_one_alias_are_a_warning_that_names_both(project: Project) -> None:
    files = {
        "content/articles/a.md": record("A", "aliases: [old-name]\n"),
        "content/articles/b.md": record("B", "aliases: [x, Old Name]\n"),
        "content/articles/c.md": record("C", "aliases: [old-name]\ndraft: true\n"),
        "content/articles/d.md": record("D") + "See [[old-name]].\n",
    }
    root = project(files)
    problems = built(root).problems

    [problem] = [p for p in problems if p.code == "duplicate-alias"]
    assert problem.severity is Severity.WARNING
    assert problem.place == Place("content/articles/b.md", 3, 10)
    assert "content/articles/a.md" in problem.message
    assert 'href="a.html"' in (root / "site/articles/d.html").read_text("utf-8")
    assert 'href="a.html"' in (root / "site/articles/old-name.html").read_text("utf-8")


def test_titles_that_differ_in_a_sign_are_different() -> None:
    book = NameBook({}, {})
    titles = [
        book.title_for((title,), ArticleId(str(number)))
        for number, title in enumerate(["C", "C++", "C#", "c#"])
    ]
    assert titles == ["C", "C++", "C#", "c# (2)"]
