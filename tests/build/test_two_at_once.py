"""What if two kb work on one project, or one was killed there, or a preview runs beside a build?"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from deaths import Ended, kb_in_a_process
from projects import Ran, built, clean_build, put, tree

from kb.library import lock
from kb.library.lock import only_writer

Run = Callable[..., Ran]
FLOW = "content/articles/flow.md"


@pytest.fixture
def root(small_site: Path, tmp_path: Path) -> Path:
    """The small project with an edit that waits to be built."""
    root = Path(shutil.copytree(small_site, tmp_path / "project"))
    put(root, {FLOW: "# Flow\n\nAnother text.\n"})
    return root


@contextmanager
def another_at_work(root: Path, seconds: float = 60) -> Iterator[int]:
    """Another process that holds the project's lock so long; gives its id."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        with only_writer(root / ".kb"):
            os.write(writing, b"x")
            time.sleep(seconds)
        os._exit(0)
    try:
        os.read(reading, 1)
        yield child
        os.kill(child, signal.SIGKILL)
    finally:
        os.waitpid(child, 0)
        os.close(reading)
        os.close(writing)


def hasty() -> None:
    """Wait for nobody."""
    lock.PATIENCE = 0.2


def assert_refused(ended: Ended) -> None:
    assert ended.code == 1
    assert "error[locked]: another kb is at work in this project" in ended.said
    assert "hint: wait for it to finish" in ended.said
    assert "Traceback" not in ended.said


@pytest.mark.parametrize("command", ["build", "ingest", "clean"])
def test_a_second_writer_is_refused_and_changes_nothing(root: Path, command: str) -> None:
    before = tree(root / "site") | tree(root / "content")

    with another_at_work(root):
        assert_refused(kb_in_a_process(root, command, before=hasty))

    assert tree(root / "site") | tree(root / "content") == before


def test_a_second_build_waits_for_the_first_to_end(root: Path, tmp_path: Path) -> None:
    with another_at_work(root, seconds=0.5):
        assert kb_in_a_process(root, "build").code == 0

    assert tree(root / "site") == clean_build(root, tmp_path / "fresh")


def test_the_lock_of_a_process_that_was_killed_holds_nobody_up(root: Path) -> None:
    with another_at_work(root) as other:
        os.kill(other, signal.SIGKILL)
        assert kb_in_a_process(root, "build", before=hasty).code == 0

    assert (root / ".kb/lock").is_file()


def test_one_who_waits_while_the_cache_is_cleaned_is_the_only_writer_too(root: Path) -> None:
    with another_at_work(root, seconds=0.5):
        assert kb_in_a_process(root, "clean").code == 0
        assert not (root / ".kb").exists()
        with another_at_work(root):
            assert_refused(kb_in_a_process(root, "build", before=hasty))


def test_many_builds_at_once_all_end_well(root: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kb", "-C", str(root), "build"]
    builds = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    said = [build.communicate(timeout=120)[1] for build in builds]

    assert [build.returncode for build in builds] == [0, 0, 0, 0], said
    assert tree(root / "site") == clean_build(root, tmp_path / "fresh")


@contextmanager
def preview(root: Path) -> Iterator[subprocess.Popen[str]]:
    """`kb serve`, once it serves."""
    command = [sys.executable, "-m", "kb", "-C", str(root), "serve"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        said = iter(server.stderr.readline, "")
        assert any(re.search(r"serving at http://", line) for line in said)
        try:
            yield server
        finally:
            server.send_signal(signal.SIGINT)
            server.stderr.read()


def test_a_build_beside_a_preview_ends_well(root: Path, tmp_path: Path) -> None:
    with preview(root) as server:
        for number in range(4):
            put(root, {FLOW: f"# Flow\n\nText {number}.\n"})
            ended = kb_in_a_process(root, "build")
            assert ended.code == 0, ended.said
    assert server.returncode == 0

    built(root)
    assert tree(root / "site") == clean_build(root, tmp_path / "fresh")


def test_a_lock_that_cannot_be_made_is_named(root: Path) -> None:
    shutil.rmtree(root / ".kb")
    put(root, {".kb/lock/a": "a person's"})

    ended = kb_in_a_process(root, "build")

    assert ended.code == 1
    assert (
        f"{root}/.kb/lock: error[file-system]: the file system says: Is a directory" in ended.said
    )
