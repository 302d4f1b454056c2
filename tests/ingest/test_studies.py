"""Are studies kept from run to run, and is nothing lost where they are not?"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from projects import SMALL, Files, tree

from kb.ingest import study as studying
from kb.ingest.run import prepare
from kb.ingest.studies import FILE, SPARE, Studies
from kb.ingest.write import write
from kb.project import open_project

Project = Callable[[Files], Path]
pytestmark = pytest.mark.filterwarnings("error")


def ingest(root: Path) -> None:
    write(open_project(root), prepare(open_project(root), jobs=1))


def studied(folder: Path, by: str = "me") -> "closing[Studies[str]]":
    return closing(Studies(folder, str, by))


def refused(*_: object) -> None:
    raise AssertionError("a text was studied again")


def test_a_run_with_nothing_new_studies_nothing(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project(SMALL)
    ingest(root)
    monkeypatch.setattr(studying, "study", refused)
    ingest(root)


def test_without_the_cache_the_content_is_the_same(project: Project) -> None:
    root = project(SMALL)
    ingest(root)
    before = tree(root / "content")
    for damage in (b"", b"no database" * 100):
        (root / ".kb" / FILE).write_bytes(damage)
        ingest(root)
        assert tree(root / "content") == before


def test_studies_of_another_revision_are_not_found_and_not_lost(tmp_path: Path) -> None:
    with studied(tmp_path) as studies:
        studies.keep([("text", "study")])
        assert studies.of("text") == "study"
    with studied(tmp_path) as studies:
        assert "text" in studies
    with studied(tmp_path, "another") as studies:
        assert "text" not in studies
        assert studies.of("text") is None
    with studied(tmp_path) as studies:
        assert studies.of("text") == "study"


def test_what_nobody_asks_for_is_forgotten(tmp_path: Path) -> None:
    with studied(tmp_path) as studies:
        studies.keep((str(number), "") for number in range(SPARE + 10))
        assert studies.of("5") == ""
    with studied(tmp_path) as studies:
        assert "5" in studies
        assert "6" not in studies


def test_while_another_kb_writes_studies_are_kept_in_memory(tmp_path: Path) -> None:
    with studied(tmp_path) as studies:
        studies.keep([("old", "known")])
    with closing(sqlite3.connect(tmp_path / FILE)) as other, studied(tmp_path) as studies:
        other.execute("begin exclusive")
        studies.keep([("new", "found")])
        assert studies.of("new") == "found"
        assert "old" not in studies
        with studied(tmp_path) as late:
            late.keep([("newer", "found")])
            assert late.of("newer") == "found"
    with studied(tmp_path) as studies:
        assert "old" in studies


def test_where_no_file_can_be_the_studies_are_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    with studied(tmp_path / "file") as studies:
        studies.keep([("new", "found")])
        assert studies.of("new") == "found"


def test_a_study_that_was_damaged_is_made_again(tmp_path: Path) -> None:
    with studied(tmp_path) as studies:
        studies.keep([("text", "about flow")])
    file = tmp_path / FILE
    file.write_bytes(file.read_bytes().replace(b"about flow", b"about flaw"))
    with studied(tmp_path) as studies:
        assert studies.of("text") is None
