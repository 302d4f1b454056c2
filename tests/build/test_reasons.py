"""Does kb say why it made a page?"""

import shutil
from pathlib import Path

import pytest
from projects import built, put, tree

from kb.build.run import build
from kb.project import open_project

FLOW = "---\ntitle: Flow\ntopic: diffusion\ntags: [RL, HDFS]\n---\n\nOther words of [[blocks]].\n"


@pytest.fixture
def root(small_site: Path, tmp_path: Path) -> Path:
    """The small project, built."""
    return Path(shutil.copytree(small_site, tmp_path / "project"))


def test_an_edit_names_the_fields_that_it_changed(root: Path) -> None:
    put(root, {"content/articles/flow.md": FLOW})

    reasons = built(root).reasons

    assert reasons["articles/flow.html"] == "changed: body, description"
    assert reasons["articles/flow.md"] == "changed: text"
    assert reasons["articles/blocks.html"] == "changed: backlinks"
    assert reasons["api/articles.json"] == "changed: articles"
    assert "articles/hdfs.html" not in reasons


def test_an_edit_of_an_embedded_text_makes_the_pages_that_show_it_and_no_other(root: Path) -> None:
    inner = f"---\ntitle: Inner\n---\n\n{'A long beginning. ' * 20}\n\n# Part\n\n"
    put(root, {"content/articles/inner.md": f"{inner}Old.\n"})
    put(root, {"content/articles/outer.md": "# Outer\n\n![[inner#Part]]\n"})
    put(root, {"content/articles/outermost.md": "# Outermost\n\n![[outer]]\n"})
    built(root)
    put(root, {"content/articles/inner.md": f"{inner}New.\n"})

    assert built(root).reasons == {
        "articles/inner.html": "changed: body",
        "articles/inner.md": "changed: text",
        "articles/outer.html": "changed: body",
        "articles/outermost.html": "changed: body",
        "search/d/0.js": "changed: documents",
        "search/t/0.js": "changed: terms",
        "search/t/1.js": "changed: terms",
    }
    assert "New." in (root / "site/articles/outermost.html").read_text("utf-8")


def test_a_new_page_a_damaged_file_and_another_theme_are_told_apart(root: Path) -> None:
    put(root, {"site/robots.txt": "mine", "templates/tag.html": "{{ page.title }}\n"})
    put(root, {"content/pages/new.md": "# New\n"})

    reasons = built(root).reasons

    assert reasons["new.html"] == "it is new"
    assert reasons["tags/hdfs.html"] == "the theme, the settings or kb itself changed"
    put(root, {"site/robots.txt": "mine"})
    assert built(root).reasons == {"robots.txt": "its file is not as kb left it"}


def test_a_shard_of_the_search_index_that_is_gone_is_all_that_is_made(root: Path) -> None:
    put(root, {"site/search/t/1.js": None})
    assert built(root).reasons == {"search/t/1.js": "its file is not as kb left it"}


def test_one_process_makes_the_same_site_as_many(root: Path) -> None:
    good = tree(root / "site")
    for jobs in (1, 3):
        shutil.rmtree(root / "site")
        shutil.rmtree(root / ".kb")
        build(open_project(root), jobs)
        assert tree(root / "site") == good
