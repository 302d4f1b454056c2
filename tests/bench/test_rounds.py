import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import rounds
from corpus import Article, articles
from meter import FailedError
from rounds import PHASES, Round, compare_with_clean, measured
from tools import Tool, eleventy

MAKE = """
from pathlib import Path
base = Path("base").read_text()
for path in Path("in").glob("*.md"):
    page = Path("out") / path.stem
    page.parent.mkdir(exist_ok=True)
    page.write_text(base + path.read_text())
"""
ONLY_NEW = MAKE.replace("    page.write_text", "    if not page.exists(): page.write_text")
EATEN = """
import subprocess, sys
eat = "import time; eaten = bytes(range(256)) * 4 * 40_000; time.sleep(0.5)"
children = [subprocess.Popen([sys.executable, "-c", eat]) for _ in "12"]
sys.exit(sum(child.wait() for child in children))
"""


@pytest.fixture
def one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Round:
    monkeypatch.setattr(rounds, "SETTLED", 0)
    tool = Tool("toy", (sys.executable, "-c", MAKE), _lay_out, "in/{}.md", "base", "{}", "out", ())
    folder = tmp_path / "toy"
    tool.lay_out(tuple(articles(3)), folder)
    return Round(tool, folder, [article.slug for article in articles(3)], 60)


def _lay_out(chosen: Sequence[Article], folder: Path) -> None:
    (folder / "in").mkdir(parents=True)
    (folder / "base").write_text("<head></head>")
    for article in chosen:
        (folder / "in" / f"{article.slug}.md").write_text(f"title: a\n{article.body}")


def told(one: Round, program: str) -> Round:
    return replace(one, tool=replace(one.tool, command=(sys.executable, "-c", program)))


def test_a_round_goes_through_all_phases_and_its_output_is_that_of_a_clean_build(
    one: Round,
) -> None:
    for phase, change in PHASES:
        assert measured(one, phase, change, 0).wall > 0
    compare_with_clean(one)
    page = (one.folder / "out/note-000001").read_text("utf-8")
    assert page.startswith('<head><meta name="mark" content="mark-0-template-change">\n</head>')
    assert "title: 新标题 mark-0-title-change\n" in page
    assert page.endswith("\n补充一句：mark-0-body-edit。\n")


def test_a_build_that_does_not_show_an_edit_is_found_out(one: Round) -> None:
    lazy = told(one, ONLY_NEW)
    one.build()
    with pytest.raises(FailedError, match="the body edit build does not show the change"):
        measured(lazy, *PHASES[2], 0)


def test_an_article_without_a_page_is_found_out(one: Round) -> None:
    forgetful = told(one, MAKE.replace("*.md", "*1.md"))
    with pytest.raises(FailedError, match="1 articles after the cold build"):
        measured(forgetful, *PHASES[0], 0)


def test_files_that_a_clean_build_does_not_make_are_found_out(one: Round) -> None:
    one.build()
    (one.output / "left-over").touch()
    with pytest.raises(FailedError, match="a clean build makes other files"):
        compare_with_clean(one)


def test_a_command_that_fails_is_reported_with_its_words(one: Round) -> None:
    with pytest.raises(FailedError, match="ended with 1: no such generator"):
        told(one, "raise SystemExit('no such generator')").build()


def test_a_command_that_takes_too_long_is_ended(one: Round) -> None:
    endless = replace(told(one, "import time; time.sleep(600)"), timeout=0.1)
    with pytest.raises(FailedError, match="ended with -9"):
        endless.build()


def test_memory_is_that_of_all_processes_together(one: Round) -> None:
    assert told(one, EATEN).build().memory > 2 * 40_000 * 1024


def test_eleventy_gets_addresses_for_links(tmp_path: Path) -> None:
    program = tmp_path / "node_modules/.bin/eleventy"
    program.parent.mkdir(parents=True)
    program.touch()
    article = replace(next(articles(1)), body="见 [缓存](note-000003.md)。\n")
    eleventy(str(program)).lay_out((article,), tmp_path / "project")
    written = (tmp_path / "project/content/articles/note-000000.md").read_text("utf-8")
    assert written.endswith("\n---\n\n见 [缓存](/articles/note-000003/)。\n")
