"""Is the right thing watched?"""

from pathlib import Path

import pytest

from kb.serve.roots import Roots, Watch, real_roots


@pytest.fixture
def roots(tmp_path: Path) -> Roots:
    watched = (tmp_path / "content", tmp_path / "kb.yaml", tmp_path / "theme" / "parts")
    return real_roots(watched, tmp_path / "site")


@pytest.mark.parametrize(
    "name",
    ["content", "content/a.md", "content/new/deep/a.md", "kb.yaml", "theme", "theme/parts/a.html"],
)
def test_a_change_in_a_root_matters(tmp_path: Path, roots: Roots, name: str) -> None:
    assert roots.concern(tmp_path / name)


@pytest.mark.parametrize(
    "name",
    [
        "other.yaml",
        "site/index.html",
        ".kb/cache",
        "content/.kb/cache",
        "content/.a.md.swp",
        "content/.git/index",
        "theme/other.html",
        "contents/a.md",
    ],
)
def test_a_change_elsewhere_does_not(tmp_path: Path, roots: Roots, name: str) -> None:
    assert not roots.concern(tmp_path / name)


def test_the_site_never_matters_even_inside_a_root(tmp_path: Path) -> None:
    roots = real_roots((tmp_path,), tmp_path / "site")
    assert not roots.concern(tmp_path / "site" / "index.html")
    assert roots.concern(tmp_path / "kb.yaml")


def test_a_hidden_place_of_the_whole_project_hides_nothing(tmp_path: Path) -> None:
    root = tmp_path / ".notes" / "content"
    assert real_roots((root,), tmp_path / "site").concern(root / "a.md")


def test_what_is_not_there_yet_is_awaited_from_above(tmp_path: Path, roots: Roots) -> None:
    assert roots.watches() == {Watch(tmp_path, recursive=False)}


def test_a_folder_is_watched_with_all_in_it_and_from_above(tmp_path: Path, roots: Roots) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "theme").mkdir()
    assert roots.watches() == {
        Watch(tmp_path, recursive=False),
        Watch(tmp_path / "content", recursive=True),
        Watch(tmp_path / "theme", recursive=False),
    }


def test_no_folder_is_watched_twice(tmp_path: Path) -> None:
    (tmp_path / "content" / "pages").mkdir(parents=True)
    watched = ("content", "content/pages", "content/topics.yaml")
    roots = real_roots([tmp_path / name for name in watched], tmp_path / "site")
    assert roots.watches() == {
        Watch(tmp_path, recursive=False),
        Watch(tmp_path / "content", recursive=True),
    }
