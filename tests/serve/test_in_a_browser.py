"""Does an open page follow the site, in a real browser?"""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from chromium import chromium
from playwright.sync_api import Browser, Page, expect

from kb.problems import Place, Problem, Severity
from kb.project import shipped_theme
from kb.serve import Outcome

# Fixtures come from conftest.py, whose classes pytest does not let us name.
Running = Any
Save = Callable[[Path, str], None]

SMALL = Path(__file__).parents[1] / "golden" / "small"
# The policy is as strict as the site may be: nothing inline, nothing from elsewhere.
PAGE = """<!doctype html><html><head>
<meta http-equiv="Content-Security-Policy" content="default-src 'self'">
<link rel="stylesheet" href="../{sheet}"></head>
<body><h1>{title}</h1><div class="tall"></div></body></html>"""
PROBLEM = Problem(
    code="unknown-topic",
    message='no topic is called "<img src=x onerror=alert(1)>"',
    place=Place("content/articles/flow.md", 4, 4),
    hint='did you mean "diffusion"?',
    source="主题: difusion",
    width=8,
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, preview: Running) -> Iterator[Page]:
    """A page two folders deep, scrolled down, with whatever goes wrong in it gathered."""
    write(preview, "old", "old.css")
    (preview.site / "old.css").write_text(".tall { height: 5000px } h1 { color: #ff0000 }")
    opened = browser.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    with opened.expect_response("**/__kb/events"):
        opened.goto(f"http://127.0.0.1:{preview.port}/articles/a.html")
    opened.evaluate("scrollTo(0, 1234)")
    yield opened
    opened.close()
    assert faults == []


def write(preview: Running, title: str, sheet: str) -> None:
    path = preview.site / "articles" / "a.html"
    path.write_text(PAGE.format(title=title, sheet=sheet), encoding="utf-8")


def rebuilt(preview: Running, save: Save, outcome: Outcome) -> None:
    preview.builder.outcome = outcome
    save(preview.content / "a.md", "saved")


def test_a_change_loads_the_page_again_where_it_was(
    page: Page, preview: Running, save: Save
) -> None:
    write(preview, "new", "old.css")
    rebuilt(preview, save, Outcome(changed=True))
    expect(page.locator("h1")).to_have_text("new", timeout=2000)
    page.wait_for_load_state("load")
    assert page.evaluate("scrollY") == 1234


def test_a_change_of_styles_does_not_load_the_page_again(
    page: Page, preview: Running, save: Save
) -> None:
    page.evaluate("window.mark = 1")
    (preview.site / "old.css").unlink()
    (preview.site / "new.css").write_text(".tall { height: 5000px } h1 { color: #00ff00 }")
    write(preview, "old", "new.css")
    preview.builder.outcome = Outcome(changed=True)
    save(preview.content / "a.css", "saved")
    expect(page.locator("h1")).to_have_css("color", "rgb(0, 255, 0)", timeout=2000)
    expect(page.locator("link")).to_have_count(1, timeout=2000)
    assert page.evaluate("[window.mark, scrollY]") == [1, 1234]


def test_a_saved_stylesheet_of_a_project_is_swapped_and_a_saved_text_loads_the_page_again(
    browser: Browser, tmp_path: Path
) -> None:
    project = tmp_path / "project"
    shutil.copytree(SMALL, project, ignore=shutil.ignore_patterns("expected"))
    sheet = project / "templates" / "assets" / "kb.css"
    sheet.parent.mkdir(parents=True)
    sheet.write_bytes((shipped_theme() / "assets" / "kb.css").read_bytes())
    with served(project) as address:
        page = browser.new_page()
        with page.expect_response("**/__kb/events"):
            page.goto(f"{address}articles/lru.html")
        page.evaluate("window.mark = 1")
        with sheet.open("a", encoding="utf-8") as end:
            end.write("h1 { color: #00ff00 }\n")
        expect(page.locator("h1")).to_have_css("color", "rgb(0, 255, 0)", timeout=20_000)
        assert page.evaluate("window.mark") == 1
        text = project / "content" / "articles" / "lru.md"
        text.write_text(text.read_text("utf-8") + "\n又一句。\n", "utf-8")
        expect(page.locator(".prose")).to_contain_text("又一句。", timeout=20_000)
        assert page.evaluate("window.mark") is None
        page.close()


@contextmanager
def served(project: Path) -> Iterator[str]:
    """The address of a project's preview, of the real kb, once it is built."""
    kb = [sys.executable, "-m", "kb", "-C", str(project)]
    subprocess.run([*kb, "build"], check=True, capture_output=True)
    with subprocess.Popen([*kb, "serve"], stderr=subprocess.PIPE, text=True) as process:
        try:
            lines = iter(process.stderr or ())
            yield next(found[0] for line in lines if (found := re.search(r"http://\S+", line)))
        finally:
            process.terminate()


def test_a_problem_lies_over_the_last_good_page_until_it_is_mended(
    page: Page, preview: Running, save: Save
) -> None:
    rebuilt(preview, save, Outcome(changed=False, problems=(PROBLEM,)))
    panel = page.locator("kb-problems details")
    panel.wait_for(timeout=2000)
    assert panel.get_attribute("role") == "alert"
    assert [line for line in panel.inner_text().split("\n") if line] == [
        "1 error",
        "content/articles/flow.md:4:4",
        'error[unknown-topic]: no topic is called "<img src=x onerror=alert(1)>"',
        "4 | 主题: difusion",
        "  | \u3000\u3000 ^^^^^^^^",
        'hint: did you mean "diffusion"?',
    ]
    assert page.locator("h1").inner_text() == "old"
    rebuilt(preview, save, Outcome(changed=False))
    panel.wait_for(state="detached", timeout=2000)


def test_warnings_alone_are_folded(page: Page, preview: Running, save: Save) -> None:
    warning = Problem("orphan", "nothing links here", Place("a.md"), severity=Severity.WARNING)
    rebuilt(preview, save, Outcome(changed=False, problems=(warning, warning)))
    panel = page.locator("kb-problems details")
    panel.wait_for(timeout=2000)
    assert panel.get_attribute("open") is None
    assert panel.locator("summary").inner_text() == "2 warnings"


def test_a_page_that_was_away_catches_up(page: Page, preview: Running, save: Save) -> None:
    page.context.set_offline(offline=True)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    write(preview, "new", "old.css")
    rebuilt(preview, save, Outcome(changed=True))
    page.wait_for_timeout(300)
    page.context.set_offline(offline=False)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow'))")
    expect(page.locator("h1")).to_have_text("new", timeout=2000)
