"""Is the shorter way through a build taken only where it leads to the same site?"""

import os
from pathlib import Path

import pytest
from projects import clean_build, put, tree, updated

HEAD = "---\ntitle: Deep\nrank: {}\n---\n\n"
LONG = "A long beginning that fills the excerpt of the article. " * 6


def same(root: Path) -> bool:
    return tree(root / "site") == clean_build(root, root.parent / "fresh")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    text = HEAD.format("1") + LONG
    put(root, {"kb.yaml": "title: Notes\n", "content/articles/deep.md": text})
    put(root, {"templates/article.html": "{{ page.extra.rank }}{{ page.body|html }}\n"})
    updated(root)
    return root


def test_a_value_of_another_type_is_another_value(root: Path) -> None:
    put(root, {"content/articles/deep.md": HEAD.format("true") + LONG})
    updated(root)
    assert same(root)


def test_other_addresses_reach_every_page(root: Path) -> None:
    put(root, {"kb.yaml": "title: Notes\nurls: pretty\n"})
    updated(root)
    assert same(root)


def test_a_text_that_a_link_names_too_is_two_texts(root: Path) -> None:
    (root / "content/articles/twin.md").symlink_to("deep.md")
    updated(root)
    put(root, {"content/articles/deep.md": HEAD.format("1") + LONG + "More."})
    updated(root)
    assert same(root)


def test_a_young_pipe_is_not_read(root: Path) -> None:
    (root / "static").mkdir()
    os.mkfifo(root / "static/pipe")
    updated(root)
    assert "site/pipe" not in tree(root)
