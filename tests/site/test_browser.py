from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import chromium
from playwright.sync_api import Browser, Page, Request


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(params=["file", "http"])
def home(request: pytest.FixtureRequest, own_site: Path, own_address: str) -> str:
    return own_site.as_uri() + "/" if request.param == "file" else own_address


def watched(browser: Browser, width: int = 1280, scheme: str = "light") -> tuple[Page, list[str]]:
    """A page, and all that goes wrong on it: errors of scripts, failed and foreign requests."""
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    wrong: list[str] = []
    page.set_default_timeout(10_000)
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda request: wrong.extend(failure(request)))
    return page, wrong


def failure(request: Request) -> list[str]:
    """A request that failed, unless the reader was simply faster."""
    is_abandoned = request.failure == "net::ERR_ABORTED"
    return [] if is_abandoned else [f"{request.url}: {request.failure}"]


def test_a_reader_goes_from_home_to_a_topic_to_an_article_and_on(
    browser: Browser, home: str
) -> None:
    page, wrong = watched(browser)
    page.goto(f"{home}index.html")
    assert page.title().startswith("夜航笔记")
    page.locator("main").get_by_role("link", name="大语言模型").first.click()
    assert page.locator("h1").inner_text() == "大语言模型"
    page.locator("main").get_by_role("link", name="LoRA：只训练一个低秩的增量").first.click()
    assert "LoRA" in page.locator("h1").inner_text()
    page.locator("main").get_by_role("link", name="Mixed precision training").first.click()
    assert page.locator("h1").inner_text() == "Mixed precision training"
    page.get_by_role("link", name="夜航笔记").first.click()
    assert page.url == f"{home}index.html"
    assert wrong == []


def test_an_excerpt_leads_to_its_line_in_the_transmission(browser: Browser, home: str) -> None:
    page, wrong = watched(browser)
    page.goto(f"{home}transmissions/2026-07-13-x6.html")
    page.locator("main a[href*='articles/']").first.click()
    page.locator("main details summary").first.click()
    assert page.locator("main details").get_by_role("link").count() > 0
    assert wrong == []


def test_code_is_copied_without_numbers_prompts_and_output(
    browser: Browser, own_address: str
) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{own_address}articles/token-bucket.html")
    copied = []
    for figure in page.locator(".code").all():
        figure.locator(".copy").click()
        copied.append(page.evaluate("navigator.clipboard.readText()"))
    assert copied[0].startswith("import time\n\n\nclass Bucket:\n")
    assert copied[1] == "self.at = time.time()\nself.at = time.monotonic()\n"
    assert copied[3].splitlines()[1:] == ["echo 完成"]
    assert copied[3].startswith("hey -z 5s")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_words_of_a_diagram_stand_inside_its_shapes_and_are_legible(
    browser: Browser, own_site: Path, scheme: str
) -> None:
    page, wrong = watched(browser, 1280, scheme)
    page.goto(f"{own_site.as_uri()}/articles/token-bucket.html")
    outside = page.evaluate(
        """() => [...document.querySelectorAll(".diagram .d-node")].filter((node) => {
          const shape = node.querySelector("rect, path, polygon").getBoundingClientRect();
          const words = node.querySelector("text").getBoundingClientRect();
          return words.left < shape.left || words.right > shape.right
            || words.top < shape.top || words.bottom > shape.bottom;
        }).map((node) => node.textContent)"""
    )
    ink, ground = page.evaluate(
        """() => [".d-node text", ".d-node rect"].map((part) =>
          getComputedStyle(document.querySelector(`.diagram ${part}`)).fill)"""
    )
    assert outside == []
    assert {"light": ("rgb(32, 40, 44)", "rgb(255, 255, 255)")}.get(scheme, (ink, ground)) == (
        ink,
        ground,
    )
    assert ink != ground
    assert wrong == []


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_kind_of_page_is_wider_than_the_window(
    browser: Browser, own_site: Path, width: int, scheme: str
) -> None:
    page, wrong = watched(browser, width, scheme)
    names = (
        "index", "page/2", "articles/diffusion-models", "articles/token-bucket", "articles/flink-checkpoint",
        "topics/index", "topics/llm", "tags/index", "transmissions/index",
        "transmissions/2026-03-02-a1", "archive/index",
    )  # fmt: skip
    too_wide = []
    for name in names:
        page.goto(f"{own_site.as_uri()}/{name}.html")
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            too_wide.append(name)
    assert too_wide == []
    assert wrong == []


@pytest.mark.parametrize("width", [360, 1280])
def test_no_line_begins_with_the_mark_after_a_formula(
    browser: Browser, own_address: str, width: int
) -> None:
    page, wrong = watched(browser, width)
    page.goto(f"{own_address}articles/lora.html")
    fallen = page.evaluate("""() => [...document.querySelectorAll(".whole > math")].filter((math) => {
      const mark = document.createRange();
      mark.selectNode(math.nextSibling ?? math);
      return mark.getBoundingClientRect().left < math.getBoundingClientRect().left;
    }).map((math) => math.textContent)""")
    assert page.locator(".whole").count() > 20
    assert fallen == []
    assert wrong == []


def test_the_colour_switch_survives_a_new_page(browser: Browser, home: str) -> None:
    page, _ = watched(browser)
    page.goto(f"{home}index.html")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    switch = page.get_by_role("button").first
    for _ in range(3):
        switch.click()
        if page.evaluate("getComputedStyle(document.body).backgroundColor") != before:
            break
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.goto(f"{home}topics/index.html")
    assert dark != before
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


def test_the_site_reads_without_javascript(browser: Browser, own_site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{own_site.as_uri()}/articles/lora.html")
    assert page.locator("math").count() > 5
    assert page.locator("nav").first.is_visible()
    context.close()


def test_the_contents_name_the_chapter_whose_heading_is_in_the_upper_third(
    browser: Browser, own_address: str
) -> None:
    page, wrong = watched(browser)
    page.goto(f"{own_address}articles/hadoop-architecture.html")
    heading = page.locator("h2", has_text="高可用")
    heading.evaluate("node => scrollTo({ top: node.offsetTop - 200, behavior: 'instant' })")
    current = page.locator(".contents [aria-current]")
    current.filter(has_text="高可用").wait_for()
    assert current.count() == 1
    assert wrong == []


def test_a_number_keeps_its_unit_on_a_narrow_screen(browser: Browser, own_address: str) -> None:
    page, wrong = watched(browser, 360)
    page.goto(f"{own_address}articles/hadoop-architecture.html")
    cell = page.get_by_role("cell", name="33 MB")
    height = cell.evaluate("node => node.offsetHeight")
    assert height < 50
    assert wrong == []
