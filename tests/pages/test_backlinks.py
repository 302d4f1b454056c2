"""Does an article show who links to it, in which sentence, and why others are related?"""

from collections.abc import Callable
from pathlib import Path

import pytest
from linked import articles
from projects import Files, built

from kb.markup import render

Project = Callable[[Files], Path]


def page(root: Path, path: str) -> str:
    return (root / "site" / path).read_text("utf-8")


def links(root: Path, slug: str) -> str:
    html = page(root, f"articles/{slug}.html")
    return html.partition('id="kb-backlinks"')[2].partition("</section>")[0]


def test_a_backlink_shows_its_sentence_with_the_link_marked(project: Project) -> None:
    text = "前一句。这里用 [[b]] 微调！\n\n后来又见[[b|它]]。同一段里的[[b]]不再出现。"
    root = project(articles(a=text, b="Text.", c="![[b]]"))
    built(root)
    html = links(root, "b")
    assert '<p lang="zh-CN">这里用 <mark>B</mark> 微调！</p>' in html
    assert '<p lang="zh-CN">后来又见<mark>它</mark>。</p>' in html
    assert html.count("<mark>") == 2
    assert (
        '<a href="c.html" lang="en">C</a>\n<p class="why">在正文中嵌入了本文或其中一节</p>' in html
    )


def test_free_pages_and_introductions_are_among_the_backlinks(project: Project) -> None:
    texts = {
        "content/pages/about.md": "# About\n\nSee [[b]].\n",
        "content/topics/diffusion.md": "---\ntitle: x\n---\n\nBegin with [[b]].\n",
    }
    root = project({**articles(b="Text."), **texts})
    record = root / "content/articles/b.md"
    record.write_text(
        record.read_text("utf-8").replace("slug:", "topic: diffusion\nslug:"), "utf-8"
    )
    built(root)
    html = links(root, "b")
    assert '<a href="../about.html" lang="en">About</a>' in html
    assert '<a href="../topics/models/diffusion.html" lang="en">扩散模型</a>' in html


def test_many_backlinks_are_folded_away(project: Project) -> None:
    many = {f"a{n:02}": "See [[b]]." for n in range(15)}
    root = project(articles(b="Text.", **many))
    built(root)
    before, _, after = links(root, "b").partition("<summary>还有 3 篇</summary>")
    assert (before.count("<li>"), after.count("<li>")) == (12, 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[b]]", ("", "", "")),
        ("One. See [[b|it]] there. Two.", ("See ", "it", " there.")),
        ("字" * 70 + "，" + "文" * 30 + "[[b]]。", ("…" + "文" * 30, "", "。")),
        ("[[b]]" + "文" * 40 + "，" + "字" * 70 + "。", ("", "", "文" * 40 + "…")),
        ("word " * 30 + "[[b]] " + "word " * 30, ("…" + "word " * 11, "", " word" * 12 + "…")),
    ],
)
def test_a_long_sentence_is_cut_politely(text: str, expected: tuple[str, str, str]) -> None:
    found = render(text, path="a.md").references[0].sentence
    assert (found.before, found.words, found.after) == expected


def test_related_articles_say_why(project: Project) -> None:
    front = "---\ntitle: {0}\nslug: {0}\ntopic: {1}\ntags: [RL, HDFS]\n---\n\nText.\n"
    root = project(
        {
            "content/articles/a.md": front.format("a", "diffusion"),
            "content/articles/b.md": front.format("b", "diffusion"),
            "content/articles/c.md": front.format("c", "storage"),
        }
    )
    built(root)
    html = page(root, "articles/a.html").partition('id="kb-related"')[2]
    assert '>b</a><p class="why">同有标签：强化学习、HDFS；同属主题：扩散模型</p>' in html
    assert '>c</a><p class="why">同有标签：强化学习、HDFS</p>' in html
