"""Can an export that died be run again, and does nothing in between look deleted?"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from projects import TOPICS, put, tree

from kb import disk
from kb.commands import export as exporting
from kb.commands.export import Request, export
from kb.commands.import_ import import_
from kb.console import Console
from kb.library import ledger as ledgers
from kb.library.ledger import LedgerLine
from kb.model import ArticleId
from kb.problems import KbError, Problem
from kb.project import Project, Records, open_project, read_ledger, read_records

QUIET = Console(verbosity=-1)
BEFORE = {
    "retitled": "Old title",
    "cased": "Some case",
    "first": "One",
    "second": "Two",
    "kept": "Kept",
    "gone": "Gone",
}
AFTER = {
    "retitled": "New title",
    "cased": "Some Case",
    "first": "Two",
    "second": "One",
    "kept": "Kept",
    "fresh": "Fresh",
}


class DiedError(Exception):
    """What stands for a kill."""


def article(name: str, title: str) -> str:
    return f"---\nid: {name}\ntitle: {title}\ntopic: storage\n---\n\nText of {name}.\n"


def written(root: Path, titles: dict[str, str]) -> Project:
    """A project whose ledger knows all articles that it ever had."""
    known = [LedgerLine(ArticleId(name), (), (), (), {}) for name in {**BEFORE, **titles}]
    put(
        root,
        {
            "kb.yaml": "title: Notes\n",
            "content/topics.yaml": TOPICS,
            "content/ledger.jsonl": ledgers.render({line.id: line for line in known}),
            **{f"content/articles/{n}.md": article(n, title) for n, title in titles.items()},
        },
    )
    return open_project(root)


@pytest.fixture
def dies(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path, int], None]:
    """Makes every change in a folder after the first so many fail."""
    write, remove = disk.write, disk.remove

    def after(folder: Path, steps: int) -> None:
        left = iter(range(steps))
        monkeypatch.setattr(disk, "write", stepped(write, folder, left))
        monkeypatch.setattr(disk, "remove", stepped(remove, folder, left))

    return after


def stepped(act: Callable[..., None], folder: Path, left: Iterator[int]) -> Callable[..., None]:
    def step(path: Path, *rest: Any) -> None:
        if path.is_relative_to(folder) and next(left, None) is None:
            raise DiedError
        act(path, *rest)

    return step


def exported(project: Project, target: Path) -> tuple[Problem, ...]:
    request = Request(target, "markdown", dry_run=False, as_json=False)
    return export(project, QUIET, request)


def imported(root: Path, source: Path) -> tuple[set[str], set[str], list[str]]:
    """Names of the records that a new project has then, what it takes for deleted, and codes."""
    put(root, {"kb.yaml": "title: Notes\n", "content/topics.yaml": TOPICS})
    project = open_project(root)
    problems = import_(project, QUIET, str(source), dry_run=False, as_json=False)
    here = {str(record.article.id) for record in read_records(project).found}
    known = {str(article) for article in read_ledger(project)}
    return here, known - here, [problem.code for problem in problems]


@pytest.mark.parametrize("steps", range(10))
def test_a_first_export_that_died_is_run_again(
    tmp_path: Path, dies: Callable[[Path, int], None], steps: int
) -> None:
    project, vault = written(tmp_path / "project", BEFORE), tmp_path / "vault"
    dies(vault, steps)
    is_dead = steps < 8  # the sidecar, six files, the sidecar
    if is_dead:
        with pytest.raises(DiedError):
            exported(project, vault)
    else:
        exported(project, vault)
    vault.mkdir(exist_ok=True)
    half = imported(tmp_path / "half", vault)
    dies(vault, 99)

    assert half[0] == set(sorted(BEFORE, key=BEFORE.__getitem__)[: max(0, steps - 1)])
    assert half[1:] == (set(), ["unfinished-export"] if 0 < steps < 8 else [])
    assert exported(project, vault) == ()
    assert imported(tmp_path / "whole", vault) == ({*BEFORE}, set(), [])


@pytest.mark.parametrize("steps", range(12))
def test_an_export_that_died_at_a_change_is_run_again_and_loses_nothing(
    tmp_path: Path, dies: Callable[[Path, int], None], steps: int
) -> None:
    vault, fresh = tmp_path / "vault", tmp_path / "fresh"
    exported(written(tmp_path / "before", BEFORE), vault)
    project = written(tmp_path / "after", AFTER)
    exported(project, fresh)
    dies(vault, steps)
    is_dead = steps < 10  # the sidecar, five files, three removals, the sidecar
    if is_dead:
        with pytest.raises(DiedError):
            exported(project, vault)
    else:
        exported(project, vault)
    here, deleted, codes = imported(tmp_path / "half", vault)
    dies(vault, 99)

    assert {"retitled", "cased", "kept"} <= here
    assert deleted <= {"gone"}
    assert ("unfinished-export" in codes) == (0 < steps < 10)
    assert exported(project, vault) == ()
    assert tree(vault) == tree(fresh)
    assert imported(tmp_path / "whole", vault) == ({*AFTER}, {"gone"}, [])


def test_a_file_that_was_edited_after_an_export_died_stays(
    tmp_path: Path, dies: Callable[[Path, int], None]
) -> None:
    vault = tmp_path / "vault"
    exported(written(tmp_path / "before", BEFORE), vault)
    project = written(tmp_path / "after", AFTER)
    dies(vault, 4)
    with pytest.raises(DiedError):
        exported(project, vault)
    dies(vault, 99)
    put(vault, {"storage/Old title.md": "mine\n"})

    assert [(p.code, p.place.path) for p in exported(project, vault)] == [
        ("export-conflict", "storage/Old title.md")
    ]
    assert tree(vault)["storage/Old title.md"] == b"mine\n"


def test_a_foreign_file_whose_name_differs_in_case_only_survives(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    exported(written(tmp_path / "project", {"cased": "flow"}), vault)
    put(vault, {"storage/Flow.md": "mine\n"})
    project = written(tmp_path / "project", {"cased": "Flow"})

    assert [problem.code for problem in exported(project, vault)] == ["export-conflict"]
    assert (vault / "storage/Flow.md").read_bytes() == b"mine\n"


@pytest.mark.parametrize("later", [None, article("first", "Changed"), b"\xff"])
def test_a_record_that_changes_during_an_export_travels_as_it_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, later: str | bytes | None
) -> None:
    project, target = written(tmp_path / "project", {"first": "One"}), tmp_path / "notes.jsonl"

    def read_then_change(of: Project) -> Records:
        found = read_records(of)
        put(of.root, {"content/articles/first.md": later})
        return found

    monkeypatch.setattr(exporting, "read_records", read_then_change)
    assert export(project, QUIET, Request(target, "jsonl", dry_run=False, as_json=False)) == ()
    monkeypatch.undo()
    imported(tmp_path / "other", target)
    [record] = read_records(open_project(tmp_path / "other")).found
    assert record.text == article("first", "One")


def test_an_export_into_a_folder_with_a_wrong_sidecar_is_refused(tmp_path: Path) -> None:
    put(tmp_path, {"vault/.kb-export.jsonl": '{"version":1,"file":"a.md","stage":"lost"}\n'})
    with pytest.raises(KbError):
        exported(written(tmp_path / "project", BEFORE), tmp_path / "vault")
