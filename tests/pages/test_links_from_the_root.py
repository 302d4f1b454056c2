"""Does a link that begins with / lead where its author meant, and is a dead one reported?"""

import re
from collections.abc import Callable
from pathlib import Path

from projects import Files, built

from kb.problems import Place, Problem

Project = Callable[[Files], Path]


def article(text: str) -> str:
    return f"---\ntitle: A\n---\n\n{text}\n"


def dead(problems: tuple[Problem, ...]) -> list[Problem]:
    return [problem for problem in problems if problem.code == "dead-link"]


def test_a_link_from_the_root_leads_to_its_page(project: Project) -> None:
    links = {
        "/": "../index.html",
        "/topics/": "../topics/index.html",
        "/index.html?x=1": "../index.html?x=1",
        "/feed.xml": "../feed.xml",
        "/note.txt": "../note.txt",
        "/articles/a.html": "a.html",
        "/articles/a.md": "a.md",
        "/articles/old.html": "old.html",
    }
    text = article("\n\n".join(f"[x]({link})" for link in links))
    text = text.replace("title: A", "title: A\naliases: [old]")
    root = project({"content/articles/a.md": text, "static/note.txt": "text"})
    problems = built(root).problems
    page = (root / "site/articles/a.html").read_text("utf-8")

    assert dead(problems) == []
    assert re.findall(r'<a href="([^"]*)">x</a>', page) == list(links.values())


def test_a_link_to_no_page_is_a_warning_at_its_line(project: Project) -> None:
    text = article("[x](/no/such.html)\n\n[x](/)\n\n[x](/articles/)\n\n![x](/images/no.png?x)")
    root = project({"content/articles/a.md": text})
    assert [(problem.place, problem.message) for problem in dead(built(root).problems)] == [
        (Place("content/articles/a.md", 5), "the site has no no/such.html"),
        (Place("content/articles/a.md", 9), "the site has no articles/index.html"),
        (Place("content/articles/a.md", 11), "the site has no images/no.png"),
    ]


def test_folders_in_pretty_addresses(project: Project) -> None:
    text = article("[x](/), [y](/topics/), [z](/articles/a/)")
    root = project({"kb.yaml": "urls: pretty\n", "content/articles/a.md": text})
    problems = built(root).problems
    page = (root / "site/articles/a/index.html").read_text("utf-8")

    assert dead(problems) == []
    assert '<a href="../../">x</a>, <a href="../../topics/">y</a>, <a href="./">z</a>' in page
