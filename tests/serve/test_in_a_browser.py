"""Does an open page follow the site, in a real browser?"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import chromium
from playwright.sync_api import Browser, Page, expect

from kb.problems import Place, Problem, Severity
from kb.serve import Outcome

# Fixtures come from conftest.py, whose classes pytest does not let us name.
Running = Any
Save = Callable[[Path, str], None]

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
    rebuilt(preview, save, Outcome(changed=True, only_styles=True))
    expect(page.locator("h1")).to_have_css("color", "rgb(0, 255, 0)", timeout=2000)
    expect(page.locator("link")).to_have_count(1, timeout=2000)
    assert page.evaluate("[window.mark, scrollY]") == [1, 1234]


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
