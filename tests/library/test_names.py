"""Which article answers to a name, and who says so where two could?"""

from collections.abc import Callable
from pathlib import Path
from time import process_time

from projects import Files, built

from kb.ingest.namebook import NameBook
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


def test_ten_thousand_articles_of_one_title_are_numbered_at_once() -> None:
    ids = [ArticleId(f"{number:05}") for number in range(10_000)]
    started = process_time()
    book = NameBook({}, {})
    titles = [book.title_for(("Same",), article) for article in ids]
    book.settle(dict.fromkeys(ids, ("Same",)))
    assert titles[:3] == ["Same", "Same (2)", "Same (3)"]
    assert book.title_for(("Same",), ids[-1]) == titles[-1] == "Same (10000)"
    assert process_time() - started < 2


def test_a_number_that_becomes_free_goes_to_the_next_in_order() -> None:
    book = NameBook({}, {})
    first, second, third = (ArticleId(letter) for letter in "abc")
    for article in (first, second, third):
        book.title_for(("Same",), article)
    book.settle({second: ("Other",), third: ("Same",)})
    assert book.titles == {"same": "a", "other": "b", "same(2)": "c"}


def test_a_persons_title_comes_before_kbs(project: Project) -> None:
    one = "概述 HDFS 把文件切成块,每块存三个副本,名字节点记住哪一块在哪台机器上,数据节点只管读写..."
    two = "扩散模型 扩散模型从噪声开始,一步一步去噪,最后得到一张清晰的图像,学的是每一步的噪声..."
    root = project({"content/transmissions/a.txt": f"{one}\n{two}\n"})
    built(root)
    paths = sorted((root / "content/articles").glob("*.md"))
    titles = [path.read_text("utf-8").split("title: ")[1].partition("\n")[0] for path in paths]
    for turn in (1, -1):
        mine, kbs = paths[::turn]
        text = mine.read_text("utf-8")
        mine.write_text(
            text.replace(f"title: {titles[::turn][0]}", f"title: {titles[::turn][1]}"), "utf-8"
        )
        built(root)
        assert f"title: {titles[::turn][1]}\n" in mine.read_text("utf-8")
        assert f"title: {titles[::turn][1]}\n" not in kbs.read_text("utf-8")
        mine.write_text(text, "utf-8")
        built(root)
