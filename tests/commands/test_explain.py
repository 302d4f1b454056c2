"""What does kb explain say of an article that no dump holds?"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from projects import Files, Ran

from kb.ingest import explain
from kb.ingest.dumps import read_transmission
from kb.model import Transmission
from kb.project import Project, open_project, read_ledger, read_records, read_taxonomy

Run = Callable[..., Ran]
HDFS = "概述 HDFS 把文件切成块,每块存三个副本,名字节点记住哪一块在哪台机器上,数据节点只管读写..."
RAFT = (
    "概述 Raft 把日志复制到多数机器上,领导者由选举产生,任期号只增不减,旧领导者见了新任期就让位..."
)
FILES = {"content/articles/a.md": "---\ntitle: A title\n---\n\nText.\n"}


def test_an_article_of_ones_own_is_ones_own(project: Callable[[Files], Path], run: Run) -> None:
    project(FILES)
    ran = run("explain", "a title")
    assert ran == Ran(
        0, "A title  content/articles/a.md\nwritten by hand: all of it is yours\n", ""
    )


def test_a_program_is_told_so_too(project: Callable[[Files], Path], run: Run) -> None:
    project(FILES)
    ran = run("explain", "a", "--json")
    found = json.loads(ran.stdout)
    assert ran.code == 0
    assert found["article"]["title"] == "A title"
    assert (found["seen"], found["name"], found["verdict"]) == ([], None, None)
    assert {owner for _, owner in found["owners"]} == {"you"}


def test_only_the_dumps_that_show_the_article_are_read(
    project: Callable[[Files], Path], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "content/transmissions"
    root = project({f"{name}/a.txt": HDFS, f"{name}/b.txt": HDFS, f"{name}/c.txt": RAFT})
    assert run("ingest").code == 0
    read = []

    def noted(project: Project, path: Path) -> Transmission:
        read.append(path.name)
        return read_transmission(project, path)

    monkeypatch.setattr(explain, "read_transmission", noted)
    here = open_project(root)
    [record] = [one for one in read_records(here).found if "HDFS" in one.text]
    found = explain.explain(here, record, read_ledger(here), read_taxonomy(here))
    assert read == ["a.txt", "b.txt"]
    assert [seen.characters for seen in found.seen] == [len(HDFS), len(HDFS)]
