"""How do three articles look, weigh and answer in kb, Zensical and Starlight, side by side?

    PYTHONPATH=tests/support python bench/beside.py docs/static/screenshots/peers \\
      --zensical PROGRAM --node PROGRAM --starlight FOLDER

FOLDER is where npm has installed astro, @astrojs/starlight, @astrojs/markdown-remark, remark-math,
rehype-katex and katex. Prints a table of figures.
"""

import argparse
import gzip
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from chromium import chromium
from dialects import kb, starlight, zensical
from playwright.sync_api import Browser, Page, Response
from screenshots import picture, served, sheet

ARTICLES = Path(__file__).parents[1] / "content" / "articles"
NAMES = ("lora", "hadoop-architecture", "java-thread-pool")
QUERIES = (
    ("显存", "lora"),
    ("低秩", "lora"),
    ("纠删码", "hadoop-architecture"),
    ("租约", "hadoop-architecture"),
    ("拒绝", "java-thread-pool"),
    ("队列", "java-thread-pool"),
    ("NameNode", "hadoop-architecture"),
)
"""Words of the articles, and one that holds each."""
SETTLE = 800
"""Milliseconds after which a search has answered."""
SHIFT = """new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.shifted += shift.value;
}).observe({ type: "layout-shift", buffered: true }); window.shifted = 0;"""


@dataclass(frozen=True, slots=True)
class Peer:
    """A generator's site: its folder, where an article stands, how its search is used.

    `ask` opens the search and types, `found` is what selects the links of its answers.
    """

    name: str
    site: Path
    page: str
    ask: Callable[[Page, str], None]
    found: str


@dataclass(frozen=True, slots=True)
class Weight:
    """What the page of an article loads: bytes when compressed, and how far it moves meanwhile."""

    requests: int
    total: int
    scripts: int
    fonts: int
    elsewhere: int
    shift: float


def main() -> None:
    given = _arguments()
    articles = [ARTICLES / f"{name}.md" for name in NAMES]
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        katex = given.starlight / "node_modules" / "katex" / "dist"
        peers = (
            Peer("kb", kb(articles, Path(folder, "kb")), "articles/{}.html", _ask_kb, "dialog a"),
            Peer(
                "Zensical",
                zensical(given.zensical, katex, articles, Path(folder, "zensical")),
                "{}/index.html",
                _ask_zensical,
                "a",
            ),
            Peer(
                "Starlight",
                starlight(given.node, articles, given.starlight),
                "{}/index.html",
                _ask_starlight,
                "dialog a",
            ),
        )
        given.target.mkdir(parents=True, exist_ok=True)
        _pictures(browser, peers, given.target)
        _print_figures(browser, peers)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("target", type=Path, help="where the pictures go")
    parser.add_argument("--zensical", type=Path, required=True)
    parser.add_argument("--node", type=Path, required=True, help="22.12 or newer")
    parser.add_argument("--starlight", type=Path, required=True)
    return parser.parse_args()


def _ask_kb(page: Page, query: str) -> None:
    page.keyboard.press("/")
    page.locator("dialog input").fill(query)


def _ask_zensical(page: Page, query: str) -> None:
    page.locator("button.md-search__button, label[for=__search], .md-header__button").last.click()
    page.keyboard.type(query)


def _ask_starlight(page: Page, query: str) -> None:
    page.locator("[data-open-modal]").click()
    page.locator("dialog input").fill(query)


def _pictures(browser: Browser, peers: Iterable[Peer], target: Path) -> None:
    passages = (
        ("top", "lora", 1280, "light", _at_top),
        ("formulas", "lora", 1280, "dark", partial(_scroll, to="缩放系数")),
        ("table", "hadoop-architecture", 1280, "light", partial(_scroll, to="内存里的目录树")),
        ("code", "java-thread-pool", 1280, "dark", partial(_scroll, to="任务的去向")),
        ("narrow", "lora", 360, "light", partial(_scroll, to="显存省在哪里")),
    )
    for name, article, width, scheme, ready in passages:
        frames = []
        for peer in peers:
            with served(peer.site) as address:
                at = address + peer.page.format(article)
                frames.append(picture(browser, at, width, scheme, ready))
        (target / f"{name}.webp").write_bytes(sheet(browser, frames))
    frames = []
    for peer in peers:
        with served(peer.site) as address:
            frames.append(picture(browser, address, 1280, "light", partial(_asked, peer, "显存")))
    (target / "search.webp").write_bytes(sheet(browser, frames))


def _at_top(page: Page) -> None:
    page.wait_for_timeout(SETTLE)


def _scroll(page: Page, to: str) -> None:
    heading = page.locator("h2").filter(has_text=to).first
    heading.evaluate("node => scrollTo(0, node.getBoundingClientRect().top + scrollY - 140)")
    page.wait_for_timeout(SETTLE)


def _asked(peer: Peer, query: str, page: Page) -> None:
    peer.ask(page, query)
    page.wait_for_timeout(SETTLE)


def _print_figures(browser: Browser, peers: Iterable[Peer]) -> None:
    print("| | requests | loaded | scripts | fonts | elsewhere | shift | without JS | words |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- | ---: |")
    for peer in peers:
        with served(peer.site) as address:
            weight = _weight(browser, address + peer.page.format("lora"))
            still = _formulas_without_scripts(browser, address + peer.page.format("lora"))
            right = sum(_finds(browser, peer, address, *query) for query in QUERIES)
        print(
            f"| {peer.name} | {weight.requests} | {weight.total / 1000:.0f} KB "
            f"| {weight.scripts / 1000:.0f} KB | {weight.fonts / 1000:.0f} KB "
            f"| {weight.elsewhere} | {weight.shift:.3f} | {still} formulas "
            f"| {right} of {len(QUERIES)} |"
        )


def _weight(browser: Browser, address: str) -> Weight:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.add_init_script(SHIFT)
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - no built-in
    page.goto(address, wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
    sizes = dict(_sizes(answers))
    host = urlsplit(address).netloc
    weight = Weight(
        requests=len(sizes),
        total=sum(sizes.values()),
        scripts=_sum(sizes, (".js", ".mjs")),
        fonts=_sum(sizes, (".woff2", ".woff", ".ttf")),
        elsewhere=sum(urlsplit(url).netloc != host for url in sizes),
        shift=page.evaluate("shifted"),
    )
    page.close()
    return weight


def _sizes(answers: Iterable[Response]) -> Iterator[tuple[str, int]]:
    for answer in answers:
        if answer.ok:
            yield answer.url, len(gzip.compress(answer.body(), 9))


def _sum(sizes: dict[str, int], endings: tuple[str, ...]) -> int:
    return sum(size for url, size in sizes.items() if urlsplit(url).path.endswith(endings))


def _formulas_without_scripts(browser: Browser, address: str) -> int:
    page = browser.new_page(java_script_enabled=False)
    page.goto(address)
    found = page.locator("math").count()
    page.close()
    return found


def _finds(browser: Browser, peer: Peer, address: str, query: str, article: str) -> bool:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address, wait_until="networkidle")
    _asked(peer, query, page)
    links = page.locator(peer.found).evaluate_all(
        "nodes => nodes.filter((node) => node.checkVisibility()).map((node) => node.href)"
    )
    page.close()
    return any(article in link for link in links)


if __name__ == "__main__":
    main()
