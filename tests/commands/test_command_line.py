"""Does each command do and print what it promises, run as a person runs it?"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from projects import SMALL, Ran, put, tree

from kb import __version__

Run = Callable[..., Ran]

COMMANDS = (
    "init",
    "new",
    "ingest",
    "build",
    "serve",
    "check",
    "list",
    "explain",
    "topics",
    "clean",
)
RED = "31m"
SUMMARY = "1 transmission, 6 lines: 2 header, 1 blank, 1 pager, 2 entry, 0 quarantined"


@pytest.fixture
def root(small_site: Path, tmp_path: Path) -> Path:
    """The small project, built."""
    return Path(shutil.copytree(small_site, tmp_path / "project"))


def test_a_new_project_builds_at_once_and_again_without_a_change(run: Run, tmp_path: Path) -> None:
    assert run("init", "x", folder=tmp_path).code == 0
    first = run("build", folder=tmp_path / "x")
    site = tree(tmp_path / "x")
    again = run("build", folder=tmp_path / "x")

    assert (first.code, again.code) == (0, 0)
    assert "index.html" in tree(tmp_path / "x" / "site")
    assert ": 0 written, " in again.stderr
    assert without_cache(tree(tmp_path / "x")) == without_cache(site)


def without_cache(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if not name.startswith(".kb/")}


def test_a_second_init_in_the_same_folder_changes_nothing(run: Run, tmp_path: Path) -> None:
    run("init", "x", folder=tmp_path)
    before = tree(tmp_path / "x")

    again = run("init", "x", folder=tmp_path)

    assert again.code == 1
    assert "error[project-exists]" in again.stderr
    assert tree(tmp_path / "x") == before


def test_init_keeps_the_files_that_are_there(run: Run, tmp_path: Path) -> None:
    put(tmp_path, {"x/content/topics.yaml": "topics: []\n"})

    assert run("init", "x", folder=tmp_path).code == 0
    assert (tmp_path / "x/content/topics.yaml").read_text("utf-8") == "topics: []\n"


def test_help_names_every_command_in_the_order_of_need(run: Run, tmp_path: Path) -> None:
    ran = run("-h", folder=tmp_path)
    listed = ran.stdout.partition("\nCommands:\n")[2].splitlines()

    assert ran.code == 0
    assert [line.split()[0] for line in listed if line[2] != " "] == [
        "init",
        "new",
        "ingest",
        "build",
        "serve",
        "check",
        "list",
        "explain",
        "topics",
        "export",
        "import",
        "clean",
        "config",
        "doctor",
        "completion",
    ]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(run: Run, tmp_path: Path, command: str) -> None:
    ran = run(command, "-h", folder=tmp_path)

    assert ran.code == 0
    assert f"\n  kb {command}" in ran.stdout
    assert ran.stdout == run(command, "--help", folder=tmp_path).stdout


def test_the_version_is_told(run: Run, tmp_path: Path) -> None:
    assert run("--version", folder=tmp_path) == Ran(0, f"kb, version {__version__}\n", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--nonsense",),
        ("nonsense",),
        ("build", "--nonsense"),
        ("build", "--base-url", "here"),
        ("-C", "nowhere", "build"),
        ("serve", "-p", "0"),
    ],
)
def test_a_wrong_call_ends_with_2(run: Run, root: Path, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments, folder=root)

    assert ran.code == 2
    assert ran.stdout == ""
    assert "Error: " in ran.stderr


def test_build_says_what_it_did_on_stderr(run: Run, root: Path) -> None:
    ran = run("build", folder=root)

    assert ran.code == 0
    assert ran.stdout == ""
    assert ran.stderr.startswith(
        f"{SUMMARY}\n2 articles: 2 kept; repeats: 0 exact, 0 prefix, 0 near\n"
    )


def test_quiet_says_nothing_but_errors(run: Run, root: Path) -> None:
    assert run("-q", "build", folder=root) == Ran(0, "", "")

    put(root, {"content/articles/flow.md": "---\ntags: 5\n---\n"})
    assert run("-q", "build", folder=root).stderr.startswith(
        "content/articles/flow.md:2:7: error[invalid-field]"
    )


def test_verbose_names_the_files_and_says_why(run: Run, root: Path) -> None:
    put(root, {"static/more.txt": "more"})

    assert "wrote more.txt: it is new\n" in run("-v", "build", folder=root).stderr


def test_a_command_finds_its_project_from_below_and_from_elsewhere(
    run: Run, root: Path, tmp_path: Path
) -> None:
    here = run("list", "--json", folder=root)

    assert run("list", "--json", folder=root / "content" / "articles") == here
    assert run("-C", "project", "list", "--json", folder=tmp_path) == here


def test_colours_are_for_terminals_and_those_who_ask(run: Run, root: Path) -> None:
    put(root, {"content/articles/flow.md": "---\ntags: 5\n---\n"})

    assert RED not in run("build", folder=root).stderr
    assert RED in run("--color", "always", "build", folder=root).stderr
    assert RED in run("build", folder=root, FORCE_COLOR="1").stderr
    assert RED not in run("build", folder=root, NO_COLOR="1", FORCE_COLOR="1").stderr
    assert RED not in run("--color", "never", "build", folder=root, FORCE_COLOR="1").stderr


def test_list_as_json_has_the_promised_shape(run: Run, root: Path) -> None:
    ran = run("list", "--json", folder=root)

    assert ran.code == 0
    assert ran.stderr == ""
    assert json.loads(ran.stdout)[2] == {
        "id": "07dee5f6cb90",
        "title": "HDFS",
        "slug": "hdfs",
        "url": "articles/hdfs.html",
        "topic": "storage",
        "tags": ["HDFS"],
        "lang": "zh",
        "truncated": True,
        "date": "2026-01-01",
        "sources": [{"file": "2026-01-01.txt", "line": 5}],
    }


def test_list_shows_the_articles_under_a_topic(run: Run, root: Path) -> None:
    found = json.loads(run("list", "--topic", "models", "--json", folder=root).stdout)

    assert {article["slug"] for article in found} == {"flow", "kuo-san-mo-xing"}


def test_list_knows_no_topic_that_is_not_there(run: Run, root: Path) -> None:
    ran = run("list", "--topic", "difusion", folder=root)

    assert ran.code == 1
    assert 'hint: did you mean "diffusion"?' in ran.stderr


def test_list_is_a_table_for_people(run: Run, root: Path) -> None:
    ran = run("list", folder=root)

    assert ran.code == 0
    assert "扩散模型" in ran.stdout
    assert ran.stderr == ""


def test_ingest_as_json_has_the_promised_shape(run: Run, project: Callable[..., Path]) -> None:
    root = project(SMALL)
    ran = run("ingest", "--json", folder=root)

    assert ran.code == 0
    assert ran.stderr == ""
    outcome = json.loads(ran.stdout)
    assert [change["file"] for change in outcome.pop("changes")] == [
        "content/articles/hdfs.md",
        "content/articles/kuo-san-mo-xing.md",
    ]
    assert outcome == {
        "version": 1,
        "transmissions": 1,
        "lines": {"header": 2, "blank": 1, "pager": 1, "entry": 2, "quarantined": 0},
        "articles": {
            "created": 2,
            "extended": 0,
            "updated": 0,
            "kept": 0,
            "conflict": 0,
            "deleted": 0,
            "merged": 0,
        },
        "duplicates": {"exact": 0, "prefix": 0, "near": 0},
        "problems": [],
    }


def test_a_dry_run_shows_the_plan_and_writes_nothing(
    run: Run, project: Callable[..., Path]
) -> None:
    root = project(SMALL)
    before = tree(root)

    ran = run("ingest", "--dry-run", folder=root)

    assert ran.code == 0
    assert "created" in ran.stdout
    assert "扩散模型" in ran.stdout
    assert "2 articles (nothing written): 2 created" in ran.stderr
    assert without_cache(tree(root)) == before


def test_build_as_json_has_the_promised_shape(run: Run, root: Path) -> None:
    put(root, {"static/more.txt": "more", "static/note.txt": None})
    put(root, {"content/articles/flow.md": "---\ntitle: Flow\ntags: 5\n---\n"})

    ran = run("build", "--json", folder=root)

    assert ran.code == 1
    outcome = json.loads(ran.stdout)
    assert set(outcome) == {"version", "pages", "problems", "seconds"}
    assert outcome["version"] == 1
    assert outcome["pages"]["written"] == 1
    assert outcome["pages"]["removed"] == 1
    assert outcome["problems"] == [
        {
            "severity": "error",
            "code": "invalid-field",
            "file": "content/articles/flow.md",
            "line": 3,
            "column": 7,
            "message": "tags must be a list of texts, such as [one, two]",
            "hint": "",
        }
    ]


def test_a_warning_is_fatal_only_to_the_strict(run: Run, root: Path) -> None:
    put(root, {"content/articles/flow.md": "---\ntitle: Flow\n---\n\n[[nowhere]]\n"})

    ran = run("build", folder=root)
    assert ran.code == 0
    assert "content/articles/flow.md:5: warning[dead-link]" in ran.stderr
    assert run("build", "--strict", folder=root).code == 1


def test_an_address_can_be_given_for_one_build(run: Run, root: Path) -> None:
    assert run("build", "--base-url", "https://kb.test/sub", folder=root).code == 0
    assert "https://kb.test/sub/articles/flow.html" in (root / "site/sitemap.xml").read_text()

    assert run("build", folder=root).code == 0
    assert not (root / "site/sitemap.xml").exists()


def test_a_build_from_scratch_is_the_same_build(run: Run, root: Path) -> None:
    site = tree(root / "site")

    assert run("build", "--clean", folder=root).code == 0
    assert tree(root / "site") == site


def test_clean_removes_what_kb_made_and_nothing_else(run: Run, root: Path) -> None:
    put(root, {"site/CNAME": "kb.test", "site/articles/mine.txt": "mine"})
    content = tree(root / "content")

    assert run("clean", folder=root).code == 0

    assert set(tree(root / "site")) == {"CNAME", "articles/mine.txt"}
    assert tree(root / "content") == content
    assert not (root / ".kb").exists()


def test_an_error_in_a_record_does_not_keep_ingest_from_the_dumps(
    run: Run, project: Callable[..., Path]
) -> None:
    root = project({**SMALL, "content/transmissions/x.txt": b"\x00\x01\x02"})

    ran = run("ingest", folder=root)

    assert ran.code == 1
    assert "content/transmissions/x.txt: error[unreadable-transmission]" in ran.stderr
    assert (root / "content/articles/hdfs.md").is_file()
