"""Does a page show the texts that it embeds, and never itself?"""

import re
from collections.abc import Callable
from pathlib import Path

from linked import articles, prose
from projects import Files, built

from kb.problems import Place, Problem

Project = Callable[[Files], Path]
LINES = re.compile(r"<[^>]+>")


def words(root: Path, slug: str) -> list[str]:
    """The lines of a page's text, without tags."""
    shown = LINES.sub("", prose(root, slug))
    return [line.strip() for line in shown.split("\n")[1:] if line.strip()]


def faults(problems: tuple[Problem, ...]) -> list[tuple[str, str, str]]:
    return [(problem.code, str(problem.place), problem.message) for problem in problems]


def test_an_article_and_a_section_stand_in_another(project: Project) -> None:
    root = project(
        articles(
            a="![[b]]\n\n![[b#Two|Second]]", b="Top.\n\n## One\n\n1\n\n## Two\n\n2 [[c]]", c="C"
        )
    )
    assert faults(built(root).problems) == []
    assert words(root, "a") == [
        "From B", "Top.", "One #", "1", "Two #", "2 C", "From Second", "Two #", "2 C",
    ]  # fmt: skip
    assert 'href="b.html#Two"' in prose(root, "a")


def test_the_text_of_a_dump_stays_untrusted_in_another(project: Project) -> None:
    dump = "扩散模型 见https://a.example/x-y 的图 ![x](/x.png) 与 [[a]],一步一步去噪,最后得到一张图...\n"
    root = project({**articles(a="Text."), "content/transmissions/2026-01-01.txt": dump})
    built(root)
    record = next(p for p in (root / "content/articles").glob("*.md") if p.name != "a.md")
    (root / "content/articles/a.md").write_text(
        f"---\ntitle: A\nslug: a\nlang: en\n---\n\n![[{record.stem}]]\n", "utf-8"
    )
    built(root)
    html = prose(root, "a")
    assert '<div class="embed-text" lang="zh-CN" dir="ltr">' in html
    assert "<img" not in html
    assert 'href="https://a.example/x-y" rel="nofollow ugc noreferrer"' in html
    assert "[[a]]" in html


def test_a_circle_of_embeds_is_told_with_its_path_and_shown_as_a_link(project: Project) -> None:
    root = project(articles(a="A1\n\n![[b]]", b="B1\n\n![[c]]", c="C1\n\n![[a]]", d="![[b]]"))
    found = faults(built(root).problems)
    names = {slug: f"content/articles/{slug}.md" for slug in "abc"}
    assert found == [
        ("embed-cycle", f"{names['a']}:8", "a text would stand in itself: " + trail("abca")),
        ("embed-cycle", f"{names['b']}:8", "a text would stand in itself: " + trail("bcab")),
        ("embed-cycle", f"{names['c']}:8", "a text would stand in itself: " + trail("cabc")),
    ]
    assert words(root, "a") == ["A1", "From B", "B1", "From C", "C1", "A"]
    assert words(root, "d") == ["From B", "B1", "From C", "C1", "From A", "A1", "B"]


def trail(slugs: str) -> str:
    return " → ".join(f"content/articles/{slug}.md" for slug in slugs)


def test_a_section_may_stand_elsewhere_in_its_own_text_but_not_in_itself(project: Project) -> None:
    root = project(articles(a="# One\n\n1\n\n# Two\n\n![[a#One]]\n\n# Three\n\n![[a#Three]]"))
    assert faults(built(root).problems) == [
        (
            "embed-cycle",
            "content/articles/a.md:16",
            "a text would stand in itself: content/articles/a.md → content/articles/a.md",
        )
    ]
    assert words(root, "a") == [
        "One #",
        "1",
        "Two #",
        "From A",
        "One #",
        "1",
        "Three #",
        "A › Three",
    ]


def test_texts_in_one_another_are_links_from_the_fifth_on(project: Project) -> None:
    root = project(articles(**{f"a{n}": f"T{n}\n\n![[a{n + 1}]]" for n in range(6)}, a6="T6"))
    found = faults(built(root).problems)
    assert [(code, place) for code, place, _ in found] == [
        ("deep-embed", "content/articles/a0.md:8"),
        ("deep-embed", "content/articles/a1.md:8"),
    ]
    assert words(root, "a0")[-2:] == ["T4", "A5"]


def test_a_page_holds_a_bounded_number_of_texts(project: Project) -> None:
    ten = "\n\n".join(["![[{}]]"] * 11)
    root = project(articles(a=ten.format(*"b" * 11), b=ten.format(*"c" * 11), c="C1"))
    found = faults(built(root).problems)
    assert {code for code, _, _ in found} == {"many-embeds"}
    assert prose(root, "a").count('class="embed"') == 100


def test_an_embed_of_no_heading_is_a_link_to_the_article(project: Project) -> None:
    root = project(articles(a="![[b#Too]]\n\n![[b#In]]", b="## Two\n\n> ## In\n"))
    problems = built(root).problems
    assert faults(problems) == [
        (
            "unknown-heading",
            "content/articles/a.md:6",
            'content/articles/b.md has no heading "Too"',
        ),
        (
            "inner-heading",
            "content/articles/a.md:8",
            "the heading stands in a quotation or a list, so no section is under it",
        ),
    ]
    assert problems[0].hint == 'did you mean "Two"?'
    assert problems[0].source == "![[b#Too]]"
    assert 'href="b.html">B › Too</a>' in prose(root, "a")
    assert 'href="b.html#In">B › In</a>' in prose(root, "a")


def test_a_picture_and_a_paper_come_from_static(project: Project) -> None:
    files = {"static/images/Fox.png": b"png", "static/a.pdf": b"pdf", "static/b/a.pdf": b"pdf"}
    text = "![[fox.png|a fox|300]] ![a fox](../../static/images/Fox.png)\n\n[[a.pdf|paper]]\n\n![[images/fox.png|a fox]]\n\n![[fax.png|no]]"
    root = project({**articles(a=text), **files})
    problems = built(root).problems
    html = prose(root, "a")
    assert '<img src="../images/Fox.png" alt="a fox" width="300"' in html
    assert '<a href="../a.pdf">paper</a>' in html
    assert html.count('<img src="../images/Fox.png" alt="a fox"') == 3
    assert [(p.code, p.place, p.hint) for p in problems] == [
        ("ambiguous-link", Place("content/articles/a.md", 8), "write its path: /a.pdf or /b/a.pdf"),
        ("dead-link", Place("content/articles/a.md", 12), 'did you mean "Fox.png"?'),
    ]
    twin = (root / "site/articles/a.md").read_text("utf-8")
    assert "![a fox](../images/Fox.png)" in twin
    assert "[paper](../a.pdf)" in twin
