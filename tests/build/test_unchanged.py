"""Is kb gone at once where there is nothing to do, and only there?"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from projects import Ran, clean_build, put, tree

from kb.build.unchanged import nothing_to_do
from kb.cli import cli

FLOW = "content/articles/flow.md"
NO_OPTIONS = "None"
SLOW = ("jinja2", "yaml", "markdown_it", "rich", "numpy", "pygments", "filelock", "starlette")


def run(*arguments: str, folder: Path) -> Ran:
    """Runs kb in this process: another has another path to search for modules."""
    result = CliRunner().invoke(cli, ["-C", str(folder), *arguments])
    return Ran(result.exit_code, result.stdout, result.stderr)


@pytest.fixture
def root(small_site: Path, tmp_path: Path) -> Path:
    """The small project, built by the command, with nothing left to do."""
    root = Path(shutil.copytree(small_site, tmp_path / "project"))
    assert run("build", folder=root).code == 0
    assert nothing_to_do(root, NO_OPTIONS)
    return root


def pages(ran: Ran) -> dict[str, int]:
    found: dict[str, int] = json.loads(ran.stdout)["pages"]
    return found


def test_nothing_slow_is_loaded_where_there_is_nothing_to_do(root: Path) -> None:
    script = f"""
import sys
from kb.cli import main
try:
    main()
finally:
    print(sorted(set({SLOW}) & sys.modules.keys()), end="")
"""
    command = [sys.executable, "-c", script, "-C", str(root), "build"]
    runs = [subprocess.run(command, capture_output=True, check=True).stdout for _ in range(2)]

    assert runs[1] == b"[]"


def test_it_says_what_a_build_that_changes_nothing_says(root: Path) -> None:
    put(root, {"content/articles/sea.md": "# Sea\n\nTo [[nowhere]].\n"})
    run("build", folder=root)

    quick = run("build", "--json", folder=root)
    (root / ".kb/unchanged.msgpack").unlink()
    slow = run("build", "--json", folder=root)

    said, expected = json.loads(quick.stdout), json.loads(slow.stdout)
    assert said.pop("seconds") < expected.pop("seconds")
    assert said == expected
    assert "dead-link" in quick.stderr
    assert quick.stderr == slow.stderr


def test_warnings_count_in_a_strict_run_without_anything_to_do(root: Path) -> None:
    put(root, {"content/articles/sea.md": "# Sea\n\nTo [[nowhere]].\n"})

    assert [run("build", folder=root).code for _ in range(2)] == [0, 0]
    assert run("build", "--strict", folder=root).code == 1


def test_an_edit_that_keeps_size_and_time_is_seen(root: Path) -> None:
    path = root / FLOW
    before = path.stat()
    path.write_text(path.read_text("utf-8").replace("The flow", "One flow"), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size

    run("build", folder=root)

    assert "One flow" in (root / "site/articles/flow.html").read_text("utf-8")


@pytest.mark.parametrize("again", range(8))
def test_an_edit_in_the_tick_after_a_build_is_seen(root: Path, again: int) -> None:
    put(root, {FLOW: f"# Flow\n\nEdit {again} a.\n"})
    run("build", folder=root)
    put(root, {FLOW: f"# Flow\n\nEdit {again} b.\n"})
    run("build", folder=root)

    assert f"Edit {again} b." in (root / "site/articles/flow.html").read_text("utf-8")


def test_files_that_a_person_damages_or_deletes_in_the_site_are_healed(root: Path) -> None:
    good = tree(root / "site")
    (root / "site/index.html").unlink()
    damaged = root / "site/articles/flow.html"
    before = damaged.stat()
    damaged.write_bytes(b"x" * before.st_size)
    os.utime(damaged, ns=(before.st_atime_ns, before.st_mtime_ns))

    ran = run("build", "--json", folder=root)

    assert pages(ran)["written"] == 2
    assert tree(root / "site") == good


@pytest.mark.parametrize(
    "files",
    [
        {"content/articles/new.md": "# New\n\nText.\n"},
        {FLOW: None},
        {"kb.yaml": "title: Others\n"},
        {"templates/tag.html": "{{ page.title }}\n"},
        {"static/.hidden": "x"},
        {"content/topics/storage.md": "About.\n"},
    ],
)
def test_whatever_a_build_reads_is_looked_at(
    root: Path, tmp_path: Path, files: dict[str, str | None]
) -> None:
    put(root, files)
    assert nothing_to_do(root, NO_OPTIONS) is None

    run("build", folder=root)

    assert tree(root / "site") == clean_build(root, tmp_path / "fresh")


def test_an_address_of_the_command_line_is_no_address_of_the_next_run(root: Path) -> None:
    good = tree(root / "site")
    run("build", "--base-url", "https://kb.test", folder=root)
    assert (root / "site/sitemap.xml").is_file()

    run("build", folder=root)

    assert tree(root / "site") == good


def test_a_linked_file_is_followed(root: Path) -> None:
    (root / "content/articles/.hidden.md").write_text("# Linked\n\nOne.\n", "utf-8")
    (root / "content/articles/linked.md").symlink_to(root / "content/articles/.hidden.md")
    run("build", folder=root)
    (root / "content/articles/.hidden.md").write_text("# Linked\n\nTwo.\n", "utf-8")
    run("build", folder=root)

    assert "Two." in (root / "site/articles/linked.html").read_text("utf-8")


def test_a_build_with_an_error_is_not_taken_for_done(root: Path) -> None:
    put(root, {FLOW: "---\ntitle: [\n---\n"})

    assert [run("build", folder=root).code for _ in range(3)] == [1, 1, 1]


def test_a_damaged_file_of_the_cache_costs_only_time(root: Path) -> None:
    for damage in (b"", b"\x00", b"\xc1" * 100):
        (root / ".kb/unchanged.msgpack").write_bytes(damage)
        assert pages(run("build", "--json", folder=root))["written"] == 0
        assert nothing_to_do(root, NO_OPTIONS)
