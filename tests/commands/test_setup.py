"""Do the commands that help a person begin do what they say, run as a person runs them?"""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest
from projects import Ran, put

from kb.cli import cli
from kb.config import Config, load
from kb.project import starter
from kb.schema import schema

Run = Callable[..., Ran]
DAY = "1767225600"
"""The first second of 2026 as SOURCE_DATE_EPOCH."""


@pytest.fixture
def root(small_site: Path, tmp_path: Path) -> Path:
    """The small project, built."""
    return Path(shutil.copytree(small_site, tmp_path / "project"))


def test_a_new_article_has_its_title_topic_tags_and_the_date(run: Run, root: Path) -> None:
    ran = run("new", "流匹配", "--topic", "diffusion", "--tag", "a: b", SOURCE_DATE_EPOCH=DAY)

    assert ran == Ran(0, "content/articles/liu-pi-pei.md\n", "")
    assert (root / "content/articles/liu-pi-pei.md").read_text("utf-8") == (
        '---\ntitle: 流匹配\ntopic: diffusion\ntags: ["a: b"]\ndate: 2026-01-01\n---\n\n'
    )
    assert run("build").code == 0
    assert (root / "site/articles/liu-pi-pei.html").is_file()


def test_a_new_draft_is_not_on_the_site(run: Run, root: Path) -> None:
    assert run("new", "Not yet", "--draft").stdout == "content/articles/not-yet.md\n"

    assert run("build").code == 0
    assert not (root / "site/articles/not-yet.html").exists()


def test_a_new_page_stands_among_the_pages(run: Run, root: Path) -> None:
    ran = run("new", "Who we are", "--page")

    assert ran.stdout == "content/pages/who-we-are.md\n"
    assert run("build").code == 0
    assert (root / "site/who-we-are.html").is_file()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("Flow",), "same-address"),
        (("About", "--page"), "same-address"),
        (("x", "--topic", "difusion"), "unknown-topic"),
        (("!!!",), "invalid-title"),
    ],
)
def test_what_cannot_be_begun_is_refused(
    run: Run, root: Path, arguments: tuple[str, ...], code: str
) -> None:
    before = sorted((root / "content").rglob("*"))

    ran = run("new", *arguments)

    assert ran.code == 1
    assert f"error[{code}]" in ran.stderr
    assert sorted((root / "content").rglob("*")) == before


def test_an_article_whose_slug_is_set_by_hand_holds_its_address(run: Run, root: Path) -> None:
    put(root, {"content/articles/other.md": "---\ntitle: Other\nslug: new-name\n---\n"})

    ran = run("new", "New name")

    assert "content/articles/other.md stands at this address already" in ran.stderr


def test_the_settings_in_effect_are_shown_with_their_place(run: Run, root: Path) -> None:
    put(root, {"kb.yaml": "title: Notes\npage_size: 7\n"})

    lines = run("config", "show").stdout.splitlines()
    shown = json.loads(run("config", "show", "--json").stdout)

    assert [line.split() for line in lines if line.startswith(("page_size", "feed_size"))] == [
        ["page_size", "7", "kb.yaml:2:12"],
        ["feed_size", "20", "default"],
    ]
    assert shown["version"] == 1
    assert {"name": "page_size", "value": 7, "set": "kb.yaml:2:12"} in shown["settings"]


def test_the_schema_knows_every_setting_with_its_default() -> None:
    properties = schema()["properties"]

    assert isinstance(properties, dict)
    assert list(properties) == [s.name for s in fields(Config) if s.name != "places"]
    assert properties["page_size"]["default"] == Config().page_size
    assert all(each["description"] for each in properties.values())


def test_the_schema_is_printed_for_editors(run: Run, tmp_path: Path) -> None:
    assert json.loads(run("config", "schema", folder=tmp_path).stdout) == schema()


def test_a_new_project_leads_editors_to_the_schema(run: Run, tmp_path: Path) -> None:
    assert run("init", "x", folder=tmp_path).code == 0

    first, _, _ = (tmp_path / "x/kb.yaml").read_text("utf-8").partition("\n")
    assert first == "# yaml-language-server: $schema=kb.schema.json"
    assert json.loads((tmp_path / "x/kb.schema.json").read_bytes()) == schema()


def test_all_settings_in_the_starter_are_known_also_those_that_are_commented_out() -> None:
    text = (starter() / "kb.yaml").read_text("utf-8")
    named = re.findall(r"^(?:# )?([a-z_]+): ", text, re.MULTILINE)
    known = schema()["properties"]

    assert isinstance(known, dict)
    assert [name for name in named if name not in known] == []
    assert len(named) > 8
    assert load(text).title == "我的知识库"


@pytest.mark.usefixtures("root")
def test_doctor_finds_nothing_in_the_way_of_a_good_project(run: Run) -> None:
    ran = run("doctor", "--json")
    findings = json.loads(ran.stdout)["findings"]

    assert ran.code == 0
    assert {found["about"] for found in findings} >= {"kb", "packages", "project", "permissions"}
    assert [f for f in findings if f["level"] == "problem"] == []
    assert "takes a site of this size" in run("doctor").stdout


def test_doctor_tells_what_is_wrong_with_the_settings(run: Run, root: Path) -> None:
    put(root, {"kb.yaml": "titel: Notes\n"})

    ran = run("doctor")

    assert ran.code == 1
    assert 'problem  project   kb.yaml:1:1: there is no setting "titel"' in ran.stdout
    assert 'did you mean "title"?' in ran.stdout


def test_doctor_works_where_no_project_is(run: Run, tmp_path: Path) -> None:
    ran = run("doctor", folder=tmp_path)

    assert ran.code == 1
    assert "`kb init my-notes` makes a project" in ran.stdout


def test_doctor_sees_that_the_output_is_no_folder(run: Run, root: Path) -> None:
    put(root, {"kb.yaml": "output: public\n", "public": "a file"})

    ran = run("doctor")

    assert ran.code == 1
    assert "not writable: public" in ran.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_printed_for_each_shell(run: Run, tmp_path: Path, shell: str) -> None:
    ran = run("completion", shell, folder=tmp_path)

    assert ran.code == 0
    assert f"_KB_COMPLETE={shell}_complete" in ran.stdout


def test_a_shell_completes_topics_and_articles_of_the_project(run: Run, root: Path) -> None:
    def completed(line: str, index: int) -> str:
        asked = {"COMP_WORDS": line, "COMP_CWORD": str(index), "_KB_COMPLETE": "bash_complete"}
        return run(folder=root, **asked).stdout

    assert completed("kb list --topic di", 3) == "plain,diffusion\n"
    assert completed("kb explain bl", 2) == "plain,blocks\n"
    assert completed("kb doc", 1) == "plain,doctor\n"


def _commands(group: click.Group, name: str) -> Iterator[tuple[str, click.Command]]:
    for command in group.commands.values():
        yield f"{name} {command.name}", command
        if isinstance(command, click.Group):
            yield from _commands(command, f"{name} {command.name}")


@pytest.mark.parametrize(("name", "command"), [*_commands(cli, "kb")])
def test_every_command_tells_its_use_by_example_and_what_each_option_does(
    name: str, command: click.Command
) -> None:
    options = [param for param in command.params if isinstance(param, click.Option)]

    assert f"{name} " in (command.help or "") or f"{name}\n" in f"{command.help}\n"
    assert [option.name for option in options if not option.help] == []
