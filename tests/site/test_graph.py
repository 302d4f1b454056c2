"""Can a reader find the way on the graph, in any width and without a script?"""

from collections.abc import Iterator

import pytest
from chromium import chromium
from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def opened(browser: Browser, address: str, width: int = 1280) -> Page:
    """A page of the graph, without scripts."""
    page = browser.new_page(viewport={"width": width, "height": 800}, java_script_enabled=False)
    page.set_default_timeout(10_000)
    page.goto(address)
    return page


def test_a_reader_goes_from_the_map_to_a_topic_to_an_article_and_back(
    browser: Browser, own_address: str
) -> None:
    page = opened(browser, f"{own_address}graph/index.html")
    page.get_by_role("link", name="微调 ", exact=False).first.click()
    assert page.locator("h1").inner_text() == "微调：关系图"
    page.get_by_role("link", name="LoRA：只训练一个低秩的增量").click()
    page.locator(".around").get_by_role("link", name="在关系图上看").click()
    assert page.locator("h1").inner_text() == "微调：关系图"


def test_a_topic_that_has_the_focus_shows_its_ways(browser: Browser, own_address: str) -> None:
    page = opened(browser, f"{own_address}graph/index.html")
    disc = page.locator(".across-3 .disc:has(g path)").first
    assert disc.locator("g").evaluate("node => getComputedStyle(node).opacity") == "0"
    disc.locator("a").focus()
    assert disc.locator("g").evaluate("node => getComputedStyle(node).opacity") == "1"


@pytest.mark.parametrize(("width", "columns"), [(320, 1), (768, 2), (1280, 3)])
def test_one_map_fits_the_page(
    browser: Browser, own_address: str, width: int, columns: int
) -> None:
    page = opened(browser, f"{own_address}graph/index.html", width)
    shown = [n for n in (1, 2, 3) if page.locator(f".across-{n}").is_visible()]
    assert shown == [columns]
    assert page.evaluate("document.documentElement.scrollWidth") == width
    letters = page.locator(f".across-{columns} .disc text").first
    scale = letters.evaluate("node => node.getScreenCTM().a")
    assert 12 <= 12.5 * scale <= 22


def test_a_star_stands_beside_the_name_of_its_article(browser: Browser, own_address: str) -> None:
    page = opened(browser, f"{own_address}graph/llm.html", 320)
    rows = page.locator(".strand").all()
    heights = {row.evaluate("node => node.getBoundingClientRect().height") for row in rows}
    assert heights == {44}
    drawn = page.locator(".sheaf > svg").evaluate("node => node.getBoundingClientRect().height")
    assert drawn == 44 * (len(rows) + page.locator(".bunch").count())
