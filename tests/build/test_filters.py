"""Does a template get what it asks kb for, on whichever page it stands?"""

from collections.abc import Callable
from pathlib import Path

import pytest
from projects import SMALL, Files, built, clean_build, tree

from kb.build.fragments import Fragments
from kb.problems import KbError, Place

Project = Callable[[Files], Path]
ARTICLE = "templates/article.html"
TEXTS = {
    "content/articles/flow.md": "---\ntitle: Flow\nslug: flow\n---\n\nText.\n",
    "content/pages/about.md": "---\ntitle: About\nslug: about\n---\n\nText.\n",
}


def text(root: Path, path: str) -> str:
    return (root / "site" / path).read_text("utf-8")


def test_a_part_of_pages_in_two_folders_leads_each_to_the_same_file(project: Project) -> None:
    part = {"templates/parts/x.html": '{{ "index.html"|url }} {{ "kb.css"|asset }}'}
    pages = dict.fromkeys((ARTICLE, "templates/page.html"), '{% include "parts/x.html" %}')
    root = project(TEXTS | part | pages)
    built(root)
    assert text(root, "articles/flow.html").startswith("../index.html ../assets/kb.")
    assert text(root, "about.html").startswith("index.html assets/kb.")


def test_a_page_that_is_shown_at_any_depth_links_from_the_root(project: Project) -> None:
    own = {"kb.yaml": "base_url: https://kb.test/notes\n", "templates/404.html": '{{ "a.md"|url }}'}
    root = project(TEXTS | own)
    built(root)
    assert text(root, "404.html") == "/notes/a.md"


def test_a_word_is_filled_in_with_the_values_of_the_page(project: Project) -> None:
    own = {"kb.yaml": "language: en\n", ARTICLE: '{{ "line"|word(n=page.title|length) }}'}
    root = project(TEXTS | own)
    built(root)
    assert text(root, "articles/flow.html") == "line 4"


def test_words_are_escaped(project: Project) -> None:
    own = {"templates/words/zh.yaml": "home: a < b\n", ARTICLE: '{{ "home"|word }}'}
    root = project(TEXTS | own)
    built(root)
    assert text(root, "articles/flow.html") == "a &lt; b"


def test_nothing_but_a_text_of_kb_is_let_out_as_html(project: Project) -> None:
    with pytest.raises(KbError) as caught:
        built(project(TEXTS | {ARTICLE: "{{ page.title|html }}"}))
    [problem] = caught.value.problems
    assert (problem.code, problem.place) == ("broken-template", Place(ARTICLE, 1))


@pytest.mark.parametrize("name", ["absolute", "asset", "url", "word"])
def test_a_filter_that_is_called_says_how_it_is_written(project: Project, name: str) -> None:
    with pytest.raises(KbError) as caught:
        built(project(TEXTS | {ARTICLE: f"<p>\n{{{{ {name}('kb.css') }}}}\n"}))
    [problem] = caught.value.problems
    assert (problem.code, problem.place) == ("broken-template", Place(ARTICLE, 2))
    assert problem.hint == f"{name} is a filter: write {{{{ …|{name} }}}}"


FRAME = """\
{% macro lead(path) %}{{ site.title }} {{ path|url }} {{ "index.html"|url }}{% endmacro %}
"""
ONCE = '{% from "parts/lead.html" import lead %}{{ lead|once("articles/new/index.html") }}'


def test_what_is_made_once_leads_from_every_page_to_the_same_file(project: Project) -> None:
    """The file stands below a folder that is not of the trunk, and beside one of the pages."""
    own = {
        "kb.yaml": "title: Notes\nurls: pretty\n",
        "content/articles/new.md": "---\ntitle: New\nslug: new\n---\n\nText.\n",
        "templates/parts/lead.html": FRAME,
        ARTICLE: ONCE,
    }
    root = project(TEXTS | own)
    built(root)
    assert text(root, "articles/flow/index.html") == "Notes ../new/ ../../"
    assert text(root, "articles/new/index.html") == "Notes ./ ../../"


@pytest.mark.parametrize("urls", ["files", "pretty"])
def test_a_site_is_the_same_without_what_is_kept(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, urls: str
) -> None:
    settings = f"urls: {urls}\npage_size: 1\nbase_url: https://kb.test/notes\n"
    root = project(SMALL | {"kb.yaml": settings})
    built(root)
    monkeypatch.setattr(Fragments, "known", lambda *_: None)
    assert tree(root / "site") == clean_build(root, tmp_path / "fresh")
