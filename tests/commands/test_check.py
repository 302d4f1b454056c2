"""Does `kb check` tell what is wrong, and how much was looked at, as a person and a program ask?"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from projects import Ran, put, tree

Run = Callable[..., Ran]

LINKS = "---\ntitle: Links\n---\n\nSee [a](nowhere.html) there.\n"


@pytest.fixture
def root(small_site: Path, tmp_path: Path) -> Path:
    """The small project, built."""
    return Path(shutil.copytree(small_site, tmp_path / "project"))


@pytest.fixture
def wrong(root: Path, run: Run) -> Path:
    """The same with a link that leads nowhere."""
    put(root, {"content/articles/links.md": LINKS})
    assert run("build", folder=root).code == 0
    return root


def test_a_site_with_nothing_wrong_says_how_much_was_looked_at(root: Path, run: Run) -> None:
    run("build", folder=root)
    before = {path: text for path, text in tree(root).items() if not path.startswith(".kb/")}
    ran = run("check", "--strict", folder=root)

    assert (ran.code, ran.stdout) == (0, "")
    assert ran.stderr.startswith("checked 4 articles and ")
    assert "links to other hosts: not asked (--external)\n1 note (kb -v check" in ran.stderr
    after = {path: text for path, text in tree(root).items() if not path.startswith(".kb/")}
    assert after == before


def test_what_is_wrong_is_shown_with_its_line_and_a_caret(wrong: Path, run: Run) -> None:
    ran = run("check", folder=wrong)

    assert ran.code == 0
    assert ran.stdout == (
        "content/articles/links.md:5:9: warning[dead-link]: "
        'this links to "nowhere.html", and the site has no articles/nowhere.html\n'
        "    5 | See [a](nowhere.html) there.\n"
        "      |         ^^^^^^^^^^^^\n"
        "  hint: name a page or a file of the site\n"
    )
    assert ran.stderr.endswith("\n1 warning, 1 note (kb -v check shows the notes)\n")


def test_a_strict_check_fails_for_a_warning(wrong: Path, run: Run) -> None:
    assert run("check", "--strict", folder=wrong).code == 1


def test_notes_are_shown_to_those_who_ask_for_more(root: Path, run: Run) -> None:
    assert "note[lonely-tag]" in run("-v", "check", folder=root).stdout


def test_a_program_reads_figures_totals_and_problems(wrong: Path, run: Run) -> None:
    found = json.loads(run("check", "--json", folder=wrong).stdout)

    assert list(found) == ["version", "checked", "totals", "problems"]
    assert (found["version"], found["totals"]) == (1, {"error": 0, "warning": 1, "note": 1})
    assert list(found["checked"]) == [
        *("articles", "pages", "links", "anchors", "images", "files", "entries"),
        *("external", "external_asked", "external_remembered"),
    ]
    [problem] = [entry for entry in found["problems"] if entry["severity"] == "warning"]
    assert problem == {
        "severity": "warning",
        "code": "dead-link",
        "file": "content/articles/links.md",
        "line": 5,
        "column": 9,
        "message": 'this links to "nowhere.html", and the site has no articles/nowhere.html',
        "hint": "name a page or a file of the site",
    }


def test_a_strict_build_checks_the_site_too_and_a_plain_one_does_not(wrong: Path, run: Run) -> None:
    plain, strict = run("build", folder=wrong), run("build", "--strict", folder=wrong)

    assert (plain.code, strict.code) == (0, 1)
    assert "dead-link" not in plain.stderr
    assert "warning[dead-link]" in strict.stderr
    assert "\nchecked 5 articles and " in strict.stderr
    found = json.loads(run("build", "--strict", "--json", folder=wrong).stdout)
    assert found["checked"]["articles"] == 5
    assert "dead-link" in [problem["code"] for problem in found["problems"]]


def test_a_code_matters_as_much_as_the_settings_say(wrong: Path, run: Run) -> None:
    put(wrong, {"kb.yaml": "check: {severity: {dead-link: error, lonely-tag: off}}\n"})
    run("build", folder=wrong)
    ran = run("check", folder=wrong)
    assert (ran.code, "error[dead-link]" in ran.stdout) == (1, True)
    assert ran.stderr.endswith("\n1 error\n")

    put(wrong, {"kb.yaml": "check: {severity: {dead-link: off}}\n"})
    run("build", folder=wrong)
    assert (run("check", "--strict", folder=wrong).code) == 0


def test_a_build_grades_its_own_problems_each_time(root: Path, run: Run) -> None:
    put(root, {"content/articles/links.md": LINKS.replace("[a](nowhere.html)", "[[nobody]]")})
    put(root, {"kb.yaml": "check: {severity: {dead-link: error}}\n"})
    first, again = run("build", folder=root), run("build", folder=root)
    assert (first.code, again.code) == (1, 1)
    assert ": 0 written, " in again.stderr
    assert "error[dead-link]" in again.stderr

    put(root, {"kb.yaml": "check: {severity: {dead-link: off}}\n"})
    ran = run("build", "--strict", folder=root)
    assert (ran.code, "dead-link" in ran.stderr) == (0, False)


def test_a_site_that_nobody_built_is_an_error_and_its_texts_are_checked(
    root: Path, run: Run
) -> None:
    shutil.rmtree(root / "site")
    ran = run("check", folder=root)
    assert ran.code == 1
    assert ran.stdout.startswith("site: error[no-site]: no site is built here")


def test_a_site_built_for_an_address_of_the_command_line_is_checked_for_it(
    root: Path, run: Run
) -> None:
    run("build", "--base-url", "https://example.org/kb", folder=root)
    found = json.loads(run("check", "--json", folder=root).stdout)
    assert (found["totals"]["warning"], found["checked"]["external"]) == (0, 0)
    assert found["checked"]["entries"] > 20


def test_an_unknown_option_is_wrong_usage(root: Path, run: Run) -> None:
    assert run("check", "--everything", folder=root).code == 2
