"""Does kb doubt what it finds: manifests, links, older sites, files saved while it works?"""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from projects import Ran, built, clean_build, put, tree

from kb import disk
from kb.ingest.run import prepare
from kb.ingest.write import write
from kb.project import open_project

Run = Callable[..., Ran]
DUMP = "content/transmissions/2026-01-01.txt"
LONGER = (
    "概述 HDFS 把文件切成块,每块存三个副本,名字节点记住哪一块在哪台机器上,数据节点只管读写,"
    "客户端先问名字节点要位置,再直接去找数据节点,读的时候挑最近的一份...\n"
)


@pytest.fixture
def root(small_site: Path, tmp_path: Path) -> Path:
    """The small project, built."""
    return Path(shutil.copytree(small_site, tmp_path / "project"))


def hdfs(root: Path) -> Path:
    return next(
        p for p in (root / "content/articles").glob("*.md") if "数据节点" in p.read_text("utf-8")
    )


@pytest.mark.parametrize(
    "path",
    [
        "../../victim.txt",
        "/victim.txt",
        "a/../../b",
        "",
        *(["C:/x", "a\\b"] if os.name == "nt" else []),
    ],
)
def test_a_manifest_that_lists_what_is_not_in_the_site_is_refused(
    root: Path, run: Run, path: str
) -> None:
    victim = root.parent / "victim.txt"
    victim.write_text("mine", "utf-8")
    put(root, {"site/.kb-manifest.json": json.dumps({path: ""})})
    for command in ("build", "clean"):
        ran = run(command, folder=root)
        assert (ran.code, "broken-manifest" in ran.stderr) == (1, True)
    assert victim.read_text("utf-8") == "mine"


def test_nothing_is_written_or_removed_behind_a_link_in_the_site(root: Path, run: Run) -> None:
    outside = root.parent / "outside"
    shutil.move(root / "site" / "articles", outside)
    (root / "site" / "articles").symlink_to(outside)
    put(root, {"content/articles/blocks.md": "---\ntitle: Blocks\ntopic: storage\n---\n\nNew.\n"})
    before = tree(outside)
    ran = run("build", folder=root)
    assert (ran.code, "foreign-file" in ran.stderr) == (1, True)
    assert run("clean", folder=root).code == 0
    assert tree(outside) == before


def test_a_site_put_back_to_an_older_state_is_brought_up_to_date(root: Path) -> None:
    old = shutil.copytree(root / "site", root.parent / "old")
    put(root, {"content/articles/blocks.md": "---\ntitle: Blocks\ntopic: storage\n---\n\nNew.\n"})
    built(root)
    shutil.rmtree(root / "site")
    shutil.copytree(old, root / "site")
    built(root)
    assert tree(root / "site") == clean_build(root, root.parent / "fresh")


def test_a_run_that_dies_before_the_ledger_keeps_its_fields(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = disk.write

    def dying(path: Path, *rest: object, **more: object) -> None:
        whole(path, *rest, **more)  # type: ignore[arg-type]
        if path.suffix == ".md":
            raise KeyboardInterrupt

    put(root, {"content/transmissions/b.txt": LONGER})
    monkeypatch.setattr(disk, "write", dying)
    with pytest.raises(KeyboardInterrupt):
        built(root)
    monkeypatch.undo()
    built(root)
    put(root, {"content/transmissions/c.txt": LONGER.replace("...", "。写的时候三份依次传下去...")})
    built(root)
    assert "依次传下去" in hdfs(root).read_text("utf-8")
    assert "pending" not in (root / "content/ledger.jsonl").read_text("utf-8")


def test_a_record_saved_while_kb_works_is_left_to_the_next_run(root: Path) -> None:
    project = open_project(root)
    put(root, {"content/transmissions/b.txt": LONGER})
    planned = prepare(project)
    edited = hdfs(root).read_text("utf-8").replace("topic: storage", "topic: diffusion")
    hdfs(root).write_text(edited, "utf-8")
    write(project, planned)
    assert hdfs(root).read_text("utf-8") == edited
    built(root)
    text = hdfs(root).read_text("utf-8")
    assert ("topic: diffusion" in text, "读的时候" in text) == (True, True)


def test_what_a_person_says_of_the_cut_stays(root: Path) -> None:
    text = hdfs(root).read_text("utf-8")
    hdfs(root).write_text(text.replace("truncated: true", "truncated: false  # mine"), "utf-8")
    put(root, {"content/transmissions/b.txt": LONGER})
    built(root)
    assert "truncated: false  # mine" in hdfs(root).read_text("utf-8")


def test_a_static_file_where_a_folder_must_be_is_a_problem(root: Path, run: Run) -> None:
    before = tree(root / "site")
    put(root, {"static/topics": "a file"})
    ran = run("build", folder=root)
    assert (ran.code, "same-address" in ran.stderr) == (1, True)
    assert tree(root / "site") == before


def test_hidden_static_files_are_copied_too(root: Path) -> None:
    put(root, {"static/.nojekyll": "", "static/.well-known/security.txt": "Contact: a"})
    built(root)
    assert {".nojekyll", ".well-known/security.txt"} <= tree(root / "site").keys()


def test_what_stops_a_command_is_json_where_json_was_asked_for(root: Path, run: Run) -> None:
    put(root, {"kb.yaml": "titel: x\n"})
    ran = run("build", "--json", folder=root)
    assert ran.code == 1
    assert [p["code"] for p in json.loads(ran.stdout)["problems"]] == ["unknown-setting"]


def test_a_broken_template_leaves_records_and_site_as_they_were(root: Path, run: Run) -> None:
    put(root, {"content/transmissions/b.txt": LONGER, "templates/home.html": "{% if %}"})
    before = tree(root / "site") | tree(root / "content")
    assert run("build", folder=root).code == 1
    assert tree(root / "site") | tree(root / "content") == before


def test_a_dump_cut_within_a_character_is_published_but_for_that_line(root: Path, run: Run) -> None:
    text = "概述 检查点让长任务从中断的地方接着跑,而不是从头再来,代价是定期把状态写到远处。\n后半行在这里被截".encode()
    put(root, {"content/transmissions/cut.txt": text[:-1]})
    ran = run("build", folder=root)
    assert (ran.code, "quarantined-line" in ran.stderr, "Traceback" in ran.stderr) == (
        0,
        True,
        False,
    )
    assert "\ufffd" in (root / "site/transmissions/cut.html").read_text("utf-8")


@pytest.mark.parametrize("folder", ["content/transmissions", "content/articles", "static"])
def test_a_file_whose_name_is_no_text_is_a_problem_and_the_rest_goes_on(
    root: Path, run: Run, folder: str
) -> None:
    (root / folder).mkdir(exist_ok=True)
    suffix = b".txt" if folder.endswith("transmissions") else b".md"
    (root / folder / os.fsdecode(b"\xff\xfe" + suffix)).write_text("# x\n\nx\n", "utf-8")
    before = tree(root / "site")
    ran = run("build", folder=root)
    assert (ran.code, "passed-over" in ran.stderr, "Traceback" in ran.stderr) == (1, True, False)
    assert tree(root / "site") == before


def test_links_out_of_the_project_and_pipes_are_named_and_left_out(root: Path, run: Run) -> None:
    outside = root.parent / "dump.txt"
    outside.write_text(LONGER, "utf-8")
    folder = root / "content/transmissions"
    (folder / "linked.txt").symlink_to(outside)
    (folder / "dangling.txt").symlink_to(root.parent / "nowhere")
    os.mkfifo(folder / "pipe.txt")
    ran = run("build", "--json", folder=root)
    said = {p["file"] for p in json.loads(ran.stdout)["problems"] if p["code"] == "passed-over"}
    names = {f"content/transmissions/{name}.txt" for name in ("linked", "dangling", "pipe")}
    assert (ran.code, said) == (0, names)
