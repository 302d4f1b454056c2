"""Does every line of every dump come through, whatever its bytes and however many cores read it?"""

import shutil
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from projects import SMALL, Files, put, tree

from kb.cores import Cores, cores
from kb.ingest import scan as scanning
from kb.ingest import study as studying
from kb.ingest.deduplicate import group
from kb.ingest.dumps import dump_paths, read_transmission
from kb.ingest.identity import keyed
from kb.ingest.run import prepare
from kb.ingest.variants import IN_MEMORY, Variants
from kb.ingest.write import write
from kb.model import LineKind
from kb.problems import KbError
from kb.project import open_project

PIECES = st.sampled_from(
    [b"\r\n", b"\n", b"\r", b" ", b"INCOMING TRANSMISSION", b"1 2 3", b"...", b"\x00", b"\xff\xfe"]
    + ["概述 扩散模型从噪声开始".encode(code) for code in ("utf-8", "gb18030", "utf-16-le")]
)
DUMPS = st.lists(
    st.lists(PIECES | st.binary(max_size=12), max_size=12).map(b"".join), min_size=1, max_size=4
)


@settings(max_examples=150, deadline=None)
@given(DUMPS)
def test_every_line_has_a_class_and_every_entry_an_article(dumps: list[bytes]) -> None:
    root = Path(tempfile.mkdtemp())
    try:
        names = {f"content/transmissions/{n}.txt": content for n, content in enumerate(dumps)}
        put(root, {"kb.yaml": "", **names})
        project = open_project(root)
        lines = []
        for path in dump_paths(project):
            try:
                transmission = read_transmission(project, path)
            except KbError:
                continue
            lines += [(transmission.name, line) for line in transmission.lines]
        with closing(Variants()) as variants:
            found = scanning.scan(project, variants, Cores())
            groups = group(variants, {}, {})
    finally:
        shutil.rmtree(root)
    assert sum(found.lines.values()) == len(lines)
    spots = sorted((s.transmission, s.line) for part in groups for s in part.sightings)
    entries = [(name, line.number) for name, line in lines if line.kind is LineKind.ENTRY]
    assert spots == sorted(entries)


def test_two_cores_file_what_one_files(
    project: Callable[[Files], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dumps = {
        f"content/transmissions/{n}.txt": f"第 {n} 篇讲 HDFS 的副本怎么放,名字节点记住哪一块在哪里,读的时候就近...\n"
        * 2
        for n in range(6)
    }
    root = project(SMALL | dumps)
    other = shutil.copytree(root, tmp_path / "other")
    write(open_project(other), prepare(open_project(other), jobs=1))
    monkeypatch.setattr(scanning, "TASK", 1)
    monkeypatch.setattr(studying, "TASK", 1)
    write(open_project(root), prepare(open_project(root), jobs=2))
    assert tree(root / "content") == tree(other / "content")


def test_workers_answer_in_the_order_of_the_questions() -> None:
    with cores(2) as workers:
        assert list(workers.map(abs, range(-40, 0))) == list(range(40, 0, -1))


def test_one_question_needs_no_worker() -> None:
    with cores(2) as workers:
        assert list(workers.map(lambda number: number + 1, [1])) == [2]
        assert list(workers.map(lambda number: number + 1, [])) == []


def test_texts_wait_in_a_file_when_they_are_many() -> None:
    long = "长" * (IN_MEMORY // 6)
    with closing(Variants()) as variants:
        numbers = [variants.add(keyed(f"{n}，{long}")) for n in range(3)]
        assert [variants.text(number)[:2] for number in numbers] == ["0，", "1，", "2，"]
        assert [variants.key(number)[:2] for number in numbers] == ["0长", "1长", "2长"]


def test_of_texts_with_one_key_the_richest_stays() -> None:
    with closing(Variants()) as variants:
        for text in ("ab", "a, b", "a b"):
            assert variants.add(keyed(text)) == 0
        assert variants.text(0) == "a, b"
