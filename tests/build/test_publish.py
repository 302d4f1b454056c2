"""Is every page whole, and every link good, at each moment of a build and after any accident?"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from projects import Files, built, clean_build, put, tree

from kb import disk
from kb.build import manifest
from kb.build.manifest import FILE

FLOW = "content/articles/flow.md"
EDITS: Files = {
    FLOW: "---\ntitle: Flow\ntopic: storage\ntags: [RL]\n---\n\nOther words of [[sea]].\n",
    "content/articles/sea.md": "---\ntitle: Sea\ntopic: diffusion\n---\n\nThe sea of [[flow]].\n",
    "content/articles/blocks.md": None,
    "content/transmissions/2026-02-02.txt": (
        "概述 流匹配(Flow Matching) 流匹配学的是一条从噪声到图像的直路,求解常微分方程,步数很少就够了...\n"
    ),
    "static/note.txt": "another static file\n",
}
"""What is new, changed and removed between two builds of the small project."""


@pytest.fixture
def root(small_site: Path, tmp_path: Path) -> Path:
    """The small project, built."""
    return Path(shutil.copytree(small_site, tmp_path / "project"))


def watch(patch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """The writes and removals of kb from here on."""
    done: list[tuple[str, str]] = []
    write, move, remove = disk.write, disk.move, disk.remove

    def note(kind: str, path: Path) -> None:
        done.append((kind, path.as_posix().rpartition("/project/")[2]))

    def noted_write(
        path: Path, content: bytes, scratch: Path | None = None, mode: int | None = None
    ) -> None:
        note("write", path)
        write(path, content, scratch, mode)

    def noted_move(file: str, path: str, mode: int) -> None:
        note("write", Path(path))
        move(file, path, mode)

    def noted_remove(path: Path, root: Path) -> None:
        note("remove", path)
        remove(path, root)

    patch.setattr(disk, "write", noted_write)
    patch.setattr(disk, "move", noted_move)
    patch.setattr(disk, "remove", noted_remove)
    return done


def test_new_files_come_before_changed_ones_and_removals_last(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(root / "site")
    put(root, EDITS)
    done = watch(monkeypatch)

    built(root)

    after = tree(root / "site")
    of_site = [(kind, path.removeprefix("site/")) for kind, path in done if path[:5] == "site/"]
    assert of_site[0] == ("write", FILE)
    assert of_site[-1] == ("write", FILE)
    kinds = [
        "removed" if kind == "remove" else "changed" if path in before else "new"
        for kind, path in of_site[1:-1]
    ]
    assert kinds == sorted(kinds, key=("new", "changed", "removed").index)
    assert set(kinds) == {"new", "changed", "removed"}
    assert {path for _, path in of_site} == {
        path for path in before | after if before.get(path) != after.get(path)
    }


def test_records_are_written_before_the_ledger_and_both_before_the_site(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(root, EDITS)
    done = watch(monkeypatch)

    built(root)

    assert [path for _, path in done][:3] == [
        "content/articles/liu-pi-pei.md",
        "content/ledger.jsonl",
        f"site/{FILE}",
    ]


def test_a_removed_article_takes_its_page_along(root: Path) -> None:
    put(root, {FLOW: None})

    found = built(root)

    assert "articles/flow.html" in found.published.removed
    site = tree(root / "site")
    assert "articles/flow.html" not in site
    assert "tags/reinforcement-learning.html" not in site
    assert b"articles/flow.html" not in site[FILE]
    assert [problem.code for problem in found.problems] == ["lost-address"]


def test_the_manifest_lists_every_file_of_the_site(root: Path) -> None:
    listed = manifest.read(root / "site")

    site = tree(root / "site")
    assert set(listed) == site.keys() - {FILE}
    assert {path: manifest.content_digest(site[path]) for path in listed} == listed


def test_nothing_is_written_where_nothing_has_changed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = watch(monkeypatch)

    built(root)

    assert done == []


def test_what_a_person_deletes_or_damages_in_the_site_is_healed(root: Path) -> None:
    good = tree(root / "site")
    (root / "site/index.html").unlink()
    (root / "site/articles/flow.html").write_text("damage", "utf-8")
    shutil.rmtree(root / "site/tags")

    found = built(root)

    assert tree(root / "site") == good
    assert {"index.html", "articles/flow.html"} < set(found.published.written)


def test_a_site_that_was_deleted_is_made_anew(root: Path) -> None:
    good = tree(root / "site")
    shutil.rmtree(root / "site")

    built(root)

    assert tree(root / "site") == good


def test_deleting_the_cache_costs_only_time(root: Path) -> None:
    good = tree(root / "site")
    shutil.rmtree(root / ".kb")

    found = built(root)

    assert tree(root / "site") == good
    assert found.published.written == ()


@pytest.mark.parametrize("damage", ["not a database", ""])
def test_a_damaged_cache_costs_only_time(root: Path, damage: str) -> None:
    good = tree(root / "site")
    (root / ".kb/memo.sqlite").write_text(damage, "utf-8")

    built(root)

    assert tree(root / "site") == good


def test_a_cache_with_damage_inside_costs_only_time(root: Path) -> None:
    good = tree(root / "site")
    path = root / ".kb/memo.sqlite"
    content = path.read_bytes()
    for page in range(0, len(content), 4096):
        path.write_bytes(content[: page + 60] + b"\x8c" * 2000 + content[page + 2060 :])
        built(root)
        assert tree(root / "site") == good


def test_a_cache_of_another_version_of_kb_costs_only_time(root: Path) -> None:
    good = tree(root / "site")
    statements = (
        "update readings set reading = x'93c0'",
        "alter table readings drop column reading",
        "alter table pages drop column digest",
    )
    for statement in statements:
        with closing(sqlite3.connect(root / ".kb/memo.sqlite")) as connection, connection:
            connection.execute(statement)
        built(root)
        assert tree(root / "site") == good


@pytest.mark.parametrize("statement", ["update bodies set markup = x'93c0'", "delete from bodies"])
def test_a_cache_that_lost_a_text_costs_only_time(root: Path, statement: str) -> None:
    good = tree(root / "site")
    with closing(sqlite3.connect(root / ".kb/memo.sqlite")) as connection, connection:
        connection.execute(statement)
    (root / "site/articles/flow.html").unlink()
    built(root)
    assert tree(root / "site") == good


def test_a_static_file_may_become_a_folder_and_back(root: Path, tmp_path: Path) -> None:
    put(root, {"static/shelf": "a file"})
    built(root)
    put(root, {"static/shelf": None})
    put(root, {"static/shelf/a.txt": "a", "static/shelf/b/c.txt": "c"})
    built(root)
    assert tree(root / "site") == clean_build(root, tmp_path / "as folder")

    shutil.rmtree(root / "static/shelf")
    put(root, {"static/shelf": "a file"})
    built(root)
    assert tree(root / "site") == clean_build(root, tmp_path / "as file")
