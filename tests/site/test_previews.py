"""Does a link show its card to the pointer, the keyboard and a finger, and go away again?"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import chromium
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

CARD = "#kb-preview"
SHORT = 600
"""Milliseconds after which a card that is not there will not come."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, own_site: Path) -> Iterator[Page]:
    """An article with links in its text, opened from the disk."""
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        yield opened(context, own_site)


def opened(context: BrowserContext, site: Path) -> Page:
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto(f"{site.as_uri()}/articles/attention-mechanism.html")
    return page


def link(page: Page) -> Locator:
    return page.locator(".prose p > a", has_text="GQA").first


def height(page: Page) -> float:
    found: float = page.evaluate("document.documentElement.scrollHeight")
    return found


def test_the_pointer_shows_a_card_and_may_move_onto_it(page: Page) -> None:
    before = height(page)
    link(page).hover()
    card = page.locator(CARD)
    expect(card).to_contain_text("GQA")
    expect(card).to_contain_text("注意力机制")
    assert height(page) == before
    card.locator("a").hover()
    page.wait_for_timeout(SHORT)
    expect(card).to_be_visible()
    page.mouse.move(5, 5)
    expect(card).to_have_count(0)


def test_the_keyboard_shows_it_and_escape_closes_it(page: Page) -> None:
    page.keyboard.press("Tab")
    link(page).focus()
    card = page.locator(CARD)
    expect(card).to_be_visible()
    expect(link(page)).to_have_attribute("aria-describedby", "kb-preview")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(link(page)).to_be_focused()
    assert link(page).get_attribute("aria-describedby") is None


def test_the_focus_takes_it_along(page: Page) -> None:
    page.keyboard.press("Tab")
    link(page).focus()
    expect(page.locator(CARD)).to_contain_text("GQA")
    page.keyboard.press("Tab")
    expect(page.locator(CARD)).to_contain_text("投机解码")


def test_a_card_stays_within_the_window(browser: Browser, own_site: Path) -> None:
    with browser.new_context(viewport={"width": 360, "height": 640}) as context:
        page = opened(context, own_site)
        for place in ("start", "end"):
            link(page).evaluate("(link, block) => link.scrollIntoView({block})", place)
            page.keyboard.press("Tab")
            link(page).focus()
            expect(page.locator(CARD)).to_be_visible()
            box = page.locator(CARD).bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 360
            assert box["y"] >= 0
            assert box["y"] + box["height"] <= 640
            page.keyboard.press("Escape")


def touch(page: Page, held: int) -> None:
    """Touch the link for so many milliseconds."""
    link(page).evaluate("link => link.scrollIntoView({block: 'center'})")
    box = link(page).bounding_box()
    assert box
    point = [{"x": box["x"] + 5, "y": box["y"] + 5}]
    device = page.context.new_cdp_session(page)
    device.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": point})
    page.wait_for_timeout(held)
    device.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_long_press_shows_it_and_a_tap_follows_the_link(
    browser: Browser, own_site: Path
) -> None:
    with browser.new_context(
        viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True
    ) as context:
        page = opened(context, own_site)
        address = page.url
        touch(page, 900)
        expect(page.locator(CARD)).to_be_visible()
        page.wait_for_timeout(SHORT)
        expect(page.locator(CARD)).to_be_visible()
        assert page.url == address
        page.locator(f"{CARD} a").tap()
        page.wait_for_url("**/gqa.html")
        page.go_back()
        touch(page, 60)
        page.wait_for_url("**/gqa.html")


def test_without_scripts_there_is_no_card(browser: Browser, own_site: Path) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = opened(context, own_site)
        link(page).hover()
        page.wait_for_timeout(SHORT)
        expect(page.locator(".preview")).to_have_count(0)
        assert "kb-previews" in page.content()


def test_a_card_breaks_no_strict_policy(browser: Browser, own_site: Path) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        policy = "<meta http-equiv='Content-Security-Policy' content=\"default-src 'self' file:\">"
        html = (own_site / "articles/attention-mechanism.html").read_text("utf-8")
        probe = own_site / "articles/policy-probe.html"
        probe.write_text(html.replace("<head>", f"<head>{policy}"), "utf-8")
        page.goto(probe.as_uri())
        probe.unlink()
        link(page).hover()
        expect(page.locator(CARD)).to_be_visible()
        assert said == []
