"""Does a second check find what the first one found, and what has changed since?"""

from collections.abc import Callable
from pathlib import Path

import pytest
from projects import SMALL, built

from kb.check import crawl, remembered
from kb.check.evidence import gather
from kb.check.inspect import inspect
from kb.project import open_project

Found = set[tuple[str, str]]


@pytest.fixture
def root(project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small project, built, whose files count as old enough to be remembered."""
    monkeypatch.setattr(remembered, "TICK", -(10**12))
    root = project(SMALL)
    built(root)
    return root


def checked(root: Path) -> Found:
    evidence = gather(open_project(root), 1, lambda _done, _total: None)
    return {(problem.code, problem.place.path) for problem in inspect(evidence)}


def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files of the site that are read from now on."""
    found: list[str] = []
    before = crawl.read

    def read(path: str, content: bytes) -> object:
        found.append(path)
        return before(path, content)

    monkeypatch.setattr(crawl, "read", read)
    return found


def test_a_second_check_reads_no_page_and_finds_the_same(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = checked(root)
    found = reads(monkeypatch)

    assert checked(root) == first
    assert found == []


def test_a_page_that_has_changed_is_read_again(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = checked(root)
    page = root / "site/articles/flow.html"
    page.write_bytes(page.read_bytes().replace(b"</main>", b'<a href="gone.html">x</a></main>'))
    found = reads(monkeypatch)

    assert ("dead-link", "site/articles/flow.html") in checked(root) - first
    assert {*found} == {"articles/flow.html"}


def test_what_was_just_written_is_not_taken_for_known(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembered, "TICK", 10**15)
    checked(root)
    found = reads(monkeypatch)

    checked(root)

    assert "index.html" in found


@pytest.mark.parametrize("content", [b"", b"\x00" * 40, b"{"])
def test_a_damaged_memory_costs_only_time(root: Path, content: bytes) -> None:
    first = checked(root)
    (root / ".kb" / remembered.FILE).write_bytes(content)

    assert checked(root) == first
