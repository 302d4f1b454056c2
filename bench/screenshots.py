"""How does each kind of page look, in both schemes and three widths? One sheet a kind, for docs.

python bench/screenshots.py SITE docs/static/screenshots
"""

import base64
import functools
import http.server
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from chromium import chromium
from playwright.sync_api import Browser, Page

PAGES = (
    ("home", "index.html"),
    ("home-page-2", "page/2.html"),
    ("article", "articles/lora.html"),
    ("article-cut", "articles/g1.html"),
    ("article-with-everything", "articles/token-bucket.html"),
    ("topics", "topics/index.html"),
    ("topic", "topics/llm.html"),
    ("tags", "tags/index.html"),
    ("tag", "tags/lora.html"),
    ("transmissions", "transmissions/index.html"),
    ("transmission", "transmissions/2026-07-13-x6.html"),
    ("archive", "archive/index.html"),
    ("search", "search/index.html?q=lora"),
    ("graph", "graph/index.html"),
    ("free-page", "about.html"),
    ("not-found", "404.html"),
)
"""Kind and path; a kind that the site has not is left out."""
SCHEMES = ("light", "dark")
WIDTHS = (1280, 768, 360)
HEIGHT = 1000
SCALE = 0.5
QUALITY = 60
Ready = Callable[[Page], None]


def main(site: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    with served(site) as address, chromium() as browser:
        for kind, path in PAGES:
            if (site / path.partition("?")[0]).is_file():
                frames = [picture(browser, address + path, w, s) for s in SCHEMES for w in WIDTHS]
                (target / f"{kind}.webp").write_bytes(sheet(browser, frames))
                print(f"{kind}.webp")
        (target / "print.webp").write_bytes(sheet(browser, [printed(browser, address)]))


@contextmanager
def served(site: Path) -> Iterator[str]:
    serve = functools.partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def picture(
    browser: Browser, address: str, width: int, scheme: str, ready: Ready | None = None
) -> bytes:
    """The top of a page, or what is seen of it once `ready` was there, as PNG."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    page.reload(wait_until="networkidle")  # a font that came late has its place the next time
    if ready:
        ready(page)
    taken = page.screenshot()
    context.close()
    return taken


def printed(browser: Browser, address: str) -> bytes:
    """An article as paper shows it: the width of A4 without its margins, at 96 dots an inch."""
    page = browser.new_page(viewport={"width": 680, "height": HEIGHT * 2})
    page.emulate_media(media="print")
    page.goto(address + "articles/token-bucket.html", wait_until="networkidle")
    taken = page.screenshot()
    page.close()
    return taken


def sheet(browser: Browser, frames: list[bytes]) -> bytes:
    """The pictures side by side, three a row, at half their size, as WebP."""
    pictures = "".join(
        f'<img src="data:image/png;base64,{base64.b64encode(frame).decode()}">' for frame in frames
    )
    style = (
        f"body {{ margin: 0; background: #8a9296; zoom: {SCALE} }} img {{ display: block }}"
        "div { display: grid; grid-template-columns: repeat(3, auto); gap: 24px; padding: 24px;"
        "width: max-content }"
    )
    page = browser.new_page(viewport={"width": 1400, "height": HEIGHT})
    page.set_content(f"<style>{style}</style><div>{pictures}</div>")
    box = page.locator("div").bounding_box()
    asked = {"format": "webp", "quality": QUALITY, "captureBeyondViewport": True}
    asked["clip"] = {**(box or {}), "scale": 1}
    answer = page.context.new_cdp_session(page).send("Page.captureScreenshot", asked)
    page.close()
    return base64.b64decode(answer["data"])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
