"""Does a link lead to what its author meant, and is an editor told where it does not?"""

from collections.abc import Callable
from pathlib import Path

from linked import articles, prose
from projects import Files, built

from kb.problems import Problem

Project = Callable[[Files], Path]


def told(problems: tuple[Problem, ...]) -> list[tuple[str, str, str, str]]:
    return [(p.code, str(p.place), p.message, p.hint) for p in problems]


def test_a_misspelt_name_brings_the_one_that_was_meant(project: Project) -> None:
    names = {"attention": "T", "attention-sink": "T", "diffusion": "T"}
    root = project(articles(a="[[atention]]\n\n[[zzz]]", **names))
    assert told(built(root).problems) == [
        (
            "dead-link",
            "content/articles/a.md:6",
            'no article is called "atention"',
            'did you mean "attention"?',
        ),
        (
            "dead-link",
            "content/articles/a.md:8",
            'no article is called "zzz"',
            "a link names an article by its slug, title, alias or file",
        ),
    ]


def test_a_title_of_two_articles_is_ambiguous_and_a_slug_is_not(project: Project) -> None:
    both = {
        f"content/articles/{slug}.md": f"---\ntitle: Notes\nslug: {slug}\n---\n\nText.\n"
        for slug in ("one", "two")
    }
    root = project({**both, **articles(a="[[Notes]] and [[one]]")})
    assert told(built(root).problems) == [
        (
            "ambiguous-link",
            "content/articles/a.md:6",
            '"Notes" names content/articles/one.md and content/articles/two.md; the first is taken',
            "write the slug: [[one]] or [[two]]",
        )
    ]


def test_a_heading_is_found_by_its_words_whatever_their_case_and_signs(project: Project) -> None:
    text = "[[b#one: two]] [[b#One-Two]] [[b#In it]] [[b#No such]]"
    root = project(articles(a=text, b="# One: two\n\n- # In it\n"))
    assert [problem.message for problem in built(root).problems] == [
        'content/articles/b.md has no heading "No such"'
    ]
    html = prose(root, "a")
    assert html.count('href="b.html#One-two"') == 2
    assert 'href="b.html#In-it">B › In it</a>' in html
    assert 'href="b.html">B › No such</a>' in html


def test_a_name_may_hold_the_sign_of_a_heading(project: Project) -> None:
    c = {"content/articles/c.md": "---\ntitle: 'C#'\nslug: csharp\n---\n\n# Part\n"}
    other = {"content/articles/d.md": "---\ntitle: 'C# notes'\nslug: notes\n---\n\nText.\n"}
    root = project({**articles(a="[[C#]] [[C# notes]] [[csharp#Part]]"), **c, **other})
    assert built(root).problems == ()
    html = prose(root, "a")
    assert '<a href="csharp.html">C#</a> <a href="notes.html">C# notes</a>' in html


def test_an_article_is_found_by_its_folder_too(project: Project) -> None:
    deep = {"content/articles/deep/b.md": "---\ntitle: Deep\nslug: deep\n---\n\nText.\n"}
    root = project({**articles(a="[[deep/b|x]] [[articles/deep/b.md|y]]"), **deep})
    assert built(root).problems == ()
    assert '<a href="deep.html">x</a> <a href="deep.html">y</a>' in prose(root, "a")


def test_an_anchor_of_a_page_of_the_site_is_kept(project: Project) -> None:
    root = project(articles(a="[x](/topics/index.html#kb-articles)"))
    built(root)
    assert 'href="../topics/index.html#kb-articles"' in prose(root, "a")
