"""Can everybody read and reach what is on a page of each kind? Own measures, after WCAG 2.2 AA."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import chromium
from playwright.sync_api import Browser

KINDS = (
    "index", "page/2", "articles/lora", "articles/token-bucket", "articles/g1", "topics/index", "topics/llm",
    "tags/index", "tags/lora", "transmissions/index", "transmissions/2026-03-02-a1", "archive/index", "about", "search/index", "graph/index",
)  # fmt: skip
AUDIT = (Path(__file__).parents[1] / "support" / "audit.js").read_text("utf-8")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_text_is_legible_targets_are_large_and_parts_are_named(
    browser: Browser, own_site: Path, scheme: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    found = {}
    for name in KINDS:
        page.goto(f"{own_site.as_uri()}/{name}.html")
        found[name] = page.evaluate(AUDIT)
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_the_audit_finds_what_is_wrong(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content(
        """<html><body style="background:#fff"><main><h1>a</h1><h3 style="color:#bbb">pale</h3>
        <button style="width:9px;height:9px;padding:0"></button><img src="data:,"></main>"""
    )
    assert page.evaluate(AUDIT) == [
        "no language", "h3 after h1", "no text for an image", "no name: button",
        "9x9 px: button", "contrast 1.92: pale",
    ]  # fmt: skip


def test_the_focus_is_seen_at_every_stop(browser: Browser, own_site: Path) -> None:
    page = browser.new_page()
    page.goto(f"{own_site.as_uri()}/articles/lora.html")
    unseen, stops = [], 0
    for _ in range(40):
        page.keyboard.press("Tab")
        stop, mark = page.evaluate(
            """() => { const at = document.activeElement, style = getComputedStyle(at);
              const inner = getComputedStyle(at, "::after");
              return [at.outerHTML.slice(0, 80), [style, inner].some((one) =>
                one.outlineStyle !== "none" && parseFloat(one.outlineWidth) >= 2)
                || at.classList.contains("skip")]; }"""
        )
        stops += 1
        unseen += [] if mark else [stop]
    assert (unseen, stops) == ([], 40)
