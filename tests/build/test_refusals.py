"""What if the disk is full, closed or broken: does the last good site stay, and is it said why?"""

import errno
import itertools
import os
import resource
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from deaths import Ended, Fate, kb_in_a_process, refused, unprivileged
from projects import SMALL, Files, built, clean_build, put, tree

pytestmark = pytest.mark.usefixtures("compiled_once")

EDITS: Files = {
    "content/articles/flow.md": None,
    "content/articles/stream.md": SMALL["content/articles/flow.md"],
    "content/transmissions/2026-02-02.txt": (
        "概述 流匹配(Flow Matching) 流匹配学的是一条从噪声到图像的直路,求解常微分方程,步数很少就够了...\n"
    ),
}
"""An article renamed, and a dump that becomes another."""
ANSWERS = (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EMFILE)
STRIDE = 7


@pytest.fixture
def root(small_site: Path, tmp_path: Path) -> Path:
    """The small project with edits that wait to be built."""
    root = Path(shutil.copytree(small_site, tmp_path / "project"))
    put(root, EDITS)
    return root


def assert_said(ended: Ended) -> None:
    """It ended with a problem that names a place, a fact and what to do, not in a traceback."""
    assert ended.code == 1, ended.said
    assert "Traceback" not in ended.said
    assert ": error[file-system]: the " in ended.said
    assert "\n  hint: " in ended.said


def assert_recovers(root: Path, fresh: Path) -> None:
    """The next run leaves the site of a clean build."""
    built(root)
    assert tree(root / "site") == clean_build(root, fresh)


@pytest.mark.parametrize(("number", "answer"), list(enumerate(ANSWERS)))
def test_a_system_that_refuses_any_step_leaves_whole_pages_and_is_named(
    root: Path, tmp_path: Path, number: int, answer: int
) -> None:
    old, records = tree(root / "site"), tree(root / "content")
    after = Path(shutil.copytree(root, tmp_path / "after"))
    new = clean_build(after, tmp_path / "fresh")
    built(after)
    codes = []
    for last in itertools.count(number, STRIDE):
        case = Path(shutil.copytree(root, tmp_path / str(last)))
        fate = Fate(case, last, partial(refused, answer), lasting=True)
        ended = kb_in_a_process(case, "build", before=fate.begin)

        codes.append(ended.code)
        if ended.code:
            assert_said(ended)
        site = tree(case / "site")
        assert {p for p in site if site[p] not in (old.get(p), new.get(p))} <= {".kb-manifest.json"}
        assert tree(case / "content").keys() >= records.keys()
        built(case)
        assert tree(case / "site") == new
        assert tree(case / "content") == tree(after / "content")
        if ended.code == 0 and last > 2 * STRIDE:
            break
    assert codes.count(1) > 7


def limit_sizes() -> None:
    """Let no file grow beyond a few pages, as where a disk is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (3000, resource.RLIM_INFINITY))


def limit_files(left: int) -> None:
    """Let this process open only so many files more."""
    lowest = os.dup(2)
    os.close(lowest)
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest + left, most))


@pytest.mark.parametrize(
    "limit",
    [limit_sizes, partial(limit_files, 2), partial(limit_files, 4), partial(limit_files, 5)],
)
def test_limits_of_the_system_leave_the_last_good_site(
    root: Path, tmp_path: Path, limit: Callable[[], None]
) -> None:
    before = tree(root / "site")

    ended = kb_in_a_process(root, "build", before=limit)

    assert_said(ended)
    assert tree(root / "site") == before
    assert_recovers(root, tmp_path / "fresh")


@pytest.mark.parametrize("folder", ["site", "content/articles", "content", ".kb", "site/articles"])
def test_a_folder_that_is_closed_to_writing_is_named_and_left_as_it_is(
    root: Path, tmp_path: Path, folder: str
) -> None:
    before, records = tree(root / "site"), tree(root / "content/articles")
    (root / folder).chmod(0o555)

    ended = kb_in_a_process(root, "build", before=unprivileged)

    assert_said(ended)
    assert f"{root / folder}" in ended.said
    now = tree(root / "site")
    changed = {path for path in now if now[path] != before.get(path)}
    assert changed <= {".kb-manifest.json", "articles/liu-pi-pei.html", "articles/liu-pi-pei.md"}
    assert records.items() <= tree(root / "content/articles").items()
    (root / folder).chmod(0o755)
    assert_recovers(root, tmp_path / "fresh")


def test_a_whole_project_that_cannot_be_written_is_named(root: Path) -> None:
    before = tree(root)
    for folder, _, _ in os.walk(root):
        Path(folder).chmod(0o555)

    ended = kb_in_a_process(root, "build", before=unprivileged)

    assert_said(ended)
    assert tree(root) == before
