"""Does a page of each kind keep to its budget of bytes, requests, shifts and permissions?"""

import functools
import gzip
import http.server
import threading
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from chromium import chromium
from playwright.sync_api import Browser, Page, Route

KINDS = (
    "index.html", "page/2.html", "articles/diffusion-models.html", "articles/token-bucket.html",
    "articles/g1.html", "topics/index.html", "topics/llm.html", "tags/index.html", "tags/lora.html",
    "transmissions/index.html", "transmissions/2026-03-02-a1.html", "archive/index.html",
    "about.html", "search/index.html", "graph/index.html", "404.html",
)  # fmt: skip
POLICY = "default-src 'self'"
PARSED = 0.002
"""Cumulative shift of a bar painted while it is still read, as happens on a busy machine."""
WATCH = """
  window.refused = []; window.shifted = 0;
  addEventListener("securitypolicyviolation", (event) =>
    refused.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) if (!shift.hadRecentInput) shifted += shift.value;
  }).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def strict_address(own_site: Path) -> Iterator[str]:
    """Where the site is served with a policy that allows nothing but its own files."""
    serve = functools.partial(_Strict, directory=str(own_site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


class _Strict(http.server.SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


def compressed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))


@pytest.mark.parametrize(("ending", "most"), [("css", 15_000), ("js", 10_000)])
def test_all_styles_and_scripts_of_the_site_fit_the_budget(
    pretty_site: Path, ending: str, most: int
) -> None:
    """The shipped theme, as every project has it; one's own templates are published as they are."""
    sizes = [compressed(path) for path in (pretty_site / "assets").glob(f"*.{ending}")]
    assert sizes
    assert sum(sizes) <= most


def test_an_article_with_twenty_formulas_fits_the_budget(
    browser: Browser, own_site: Path, strict_address: str
) -> None:
    page = browser.new_page()
    loaded: set[str] = set()
    page.on("response", lambda response: loaded.add(urlsplit(response.url).path))
    page.goto(f"{strict_address}articles/diffusion-models.html", wait_until="networkidle")
    files = [own_site / path.lstrip("/") for path in loaded]
    assert page.locator("math").count() >= 20
    assert sum(compressed(file) for file in files if file.suffix != ".woff2") <= 60_000


@pytest.mark.parametrize("width", [360, 1280])
def test_a_strict_policy_refuses_nothing_and_no_page_asks_elsewhere_or_moves(
    browser: Browser, strict_address: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.add_init_script(WATCH)
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    refused, moved = {}, {}
    for name in KINDS:
        moved[name] = _shift(page, f"{strict_address}{name}")
        refused[name] = page.evaluate("refused")
    assert {name: found for name, found in refused.items() if found} == {}
    assert {name: by for name, by in moved.items() if by > PARSED} == {}
    assert hosts == {urlsplit(strict_address).netloc}


@pytest.mark.parametrize("width", [360, 1280])
def test_a_math_font_that_comes_late_moves_nothing(
    browser: Browser, strict_address: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.add_init_script(WATCH)
    page.route("**/*.woff2", _late)
    assert _shift(page, f"{strict_address}articles/diffusion-models.html") <= PARSED


def test_the_math_font_is_asked_for_at_once_where_there_are_formulas(
    browser: Browser, strict_address: str
) -> None:
    page = browser.new_page()
    fonts = "[...document.querySelectorAll('link[as=font]')].length"
    page.goto(f"{strict_address}articles/diffusion-models.html")
    assert page.evaluate(fonts) == 1
    page.goto(f"{strict_address}about.html")
    assert page.evaluate(fonts) == 0


def test_a_page_from_the_disk_asks_for_nothing_that_a_browser_refuses(
    browser: Browser, own_site: Path
) -> None:
    page = browser.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.goto((own_site / "articles" / "diffusion-models.html").as_uri(), wait_until="networkidle")
    assert told == []


def _shift(page: Page, address: str) -> float:
    """By how much what the page shows moves while it loads."""
    page.goto(address, wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
    return float(page.evaluate("shifted"))


def _late(route: Route) -> None:
    """The math font comes after the first paint; the page keeps the system's until the next."""
    threading.Event().wait(0.3)
    route.continue_()


def test_no_page_carries_scripts_handlers_or_styles_of_its_own(own_site: Path) -> None:
    found = [name for path in own_site.rglob("*.html") for name in _inline(path)]
    assert found == []


def _inline(path: Path) -> list[str]:
    reader = _Inline()
    reader.feed(path.read_text("utf-8"))
    return [f"{path.name}: {what}" for what in reader.found]


class _Inline(HTMLParser):
    """Notes what `default-src 'self'` would refuse, and style attributes outside formulas."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in_math = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_math = self._in_math or tag == "math"
        held = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in held and "json" not in str(held.get("type"))):
            self.found.append(f"<{tag}>")
        self.found += [name for name in held if name.startswith("on")]
        if "style" in held and not self._in_math:
            self.found.append(f"{tag} style={held['style']}")

    def handle_endtag(self, tag: str) -> None:
        self._in_math = self._in_math and tag != "math"
