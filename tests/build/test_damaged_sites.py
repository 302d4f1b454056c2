"""Is what people do to files of the site healed or refused, and what is theirs left alone?"""

import os
import shutil
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from deaths import Ended, kb_in_a_process, unprivileged
from projects import built, clean_build, put, tree

pytestmark = pytest.mark.usefixtures("compiled_once")

MANIFEST = "site/.kb-manifest.json"
PAGE = "site/articles/flow.html"


@pytest.fixture
def root(small_site: Path, tmp_path: Path) -> Path:
    """The small project, built, beside a file that is not kb's."""
    root = Path(shutil.copytree(small_site, tmp_path / "project"))
    put(tmp_path, {"outside.html": "mine"})
    assert build(root).code == 0
    return root


def build(root: Path) -> Ended:
    """`kb build` by a user who is not allowed everything, which must not wait for anything."""

    def before() -> None:
        unprivileged()
        signal.alarm(20)

    return kb_in_a_process(root, "build", before=before)


def unreadable(path: Path) -> None:
    path.chmod(0)


def linked(to: str, path: Path) -> None:
    path.unlink()
    path.symlink_to(to)


def piped(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def rewritten(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"flow", b"flaw"))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


def twice(path: Path) -> None:
    """One file under two names: what is written to one is written to the other."""
    other = path.parents[3] / "outside.html"
    path.unlink()
    path.hardlink_to(other)


@pytest.mark.parametrize(
    "damage",
    [
        *(unreadable, piped, rewritten, cut, twice, Path.unlink),
        *(partial(linked, to) for to in ("../../../outside.html", "/", "nowhere", "blocks.html")),
    ],
)
def test_a_page_that_a_person_damaged_is_healed_and_nothing_else_is_touched(
    root: Path, damage: Callable[[Path], None]
) -> None:
    good = tree(root / "site")
    damage(root / PAGE)

    ended = build(root)

    assert ended.code == 0, ended.said
    assert tree(root / "site") == good
    assert (root / PAGE).lstat().st_mode & 0o7777 == 0o644
    assert (root.parent / "outside.html").read_text("utf-8") == "mine"


def test_a_link_to_the_same_page_elsewhere_is_replaced_when_the_page_changes(root: Path) -> None:
    outside = root.parent / "outside.html"
    shutil.copy(root / PAGE, outside)
    linked(str(outside), root / PAGE)
    before = outside.read_bytes()
    put(root, {"content/articles/flow.md": "---\ntitle: Flow\n---\n\nOther words.\n"})

    assert build(root).code == 0

    assert outside.read_bytes() == before
    assert tree(root / "site") == clean_build(root, root.parent / "fresh")


def folder(files: dict[str, str], path: Path) -> None:
    path.unlink()
    path.mkdir()
    put(path, files)


@pytest.mark.parametrize(
    ("path", "files", "problem"),
    [
        (PAGE, {}, f"{PAGE}: error[foreign-file]"),
        (PAGE, {"a.txt": "mine"}, f"{PAGE}: error[foreign-file]"),
        (MANIFEST, {"a.txt": "mine"}, f"{MANIFEST}: error[broken-manifest]"),
        (MANIFEST, {}, f"{MANIFEST}: error[broken-manifest]"),
    ],
)
def test_a_folder_in_the_place_of_a_file_is_refused(
    root: Path, path: str, files: dict[str, str], problem: str
) -> None:
    folder(files, root / path)
    before = tree(root / "site")

    ended = build(root)

    assert ended.code == 1
    assert problem in ended.said
    assert "hint: move" in ended.said
    assert tree(root / "site") == before


@pytest.mark.parametrize("thing", ["pipe", "link", "text", "closed"])
def test_what_is_not_kbs_is_not_replaced_by_a_new_page(root: Path, thing: str) -> None:
    path = root / "site/articles/sea.html"
    put(root, {"content/articles/sea.md": "# Sea\n\nText.\n", "site/articles/sea.html": "mine"})
    if thing == "pipe":
        piped(path)
    elif thing == "link":
        linked("../../../outside.html", path)
    elif thing == "closed":
        unreadable(path)
    before = tree(root / "site")

    ended = build(root)

    assert ended.code == 1
    assert "site/articles/sea.html: error[foreign-file]" in ended.said
    assert tree(root / "site") == before


@pytest.mark.parametrize("text", [b'{"a\xff": "x"}', b'{"a": ', b"[]", b'{"a": 5}'])
def test_a_list_that_is_damaged_is_refused(root: Path, text: bytes) -> None:
    put(root, {MANIFEST: text})
    before = tree(root / "site")

    ended = build(root)

    assert ended.code == 1
    assert f"{MANIFEST}: error[broken-manifest]" in ended.said
    assert "hint: move site/ away" in ended.said
    assert tree(root / "site") == before


def test_without_its_list_kb_takes_back_what_it_made_and_nothing_else(root: Path) -> None:
    good = tree(root / "site")
    (root / MANIFEST).unlink()
    put(root, {"site/articles/mine.html": "mine"})

    assert build(root).code == 0

    assert tree(root / "site") == {**good, "articles/mine.html": b"mine"}
    (root / MANIFEST).unlink()
    rewritten(root / PAGE)
    ended = build(root)
    assert ended.code == 1
    assert f"{PAGE}: error[foreign-file]" in ended.said


def test_what_a_person_put_into_the_site_outlives_kbs_own_pages(root: Path) -> None:
    mine = {"articles/mine.html": b"mine", "CNAME": b"kb.test", ".git/HEAD": b"x", "tags/a/b": b""}
    put(root / "site", mine)
    put(root, {"content/articles/flow.md": None})
    built(root)
    assert mine.items() <= tree(root / "site").items()

    assert kb_in_a_process(root, "clean").code == 0

    assert tree(root / "site") == mine
