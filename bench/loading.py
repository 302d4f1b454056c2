"""What does a page load, how soon is it there, and how far does it move meanwhile?"""

import gzip
import http.server
import re
import statistics
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Request

ROUNDS = 5
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}
"""A telephone in a poor net: milliseconds to answer, bytes a second (1.6 Mbit/s)."""
PACKED = (".html", ".css", ".js", ".mjs", ".json", ".svg", ".xml", ".txt")
WATCH = """window.shifted = 0; window.painted = 0;
const watch = (type, take) => new PerformanceObserver(
  (list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
watch("layout-shift", (shift) => { if (!shift.hadRecentInput) window.shifted += shift.value; });
watch("largest-contentful-paint", (paint) => { window.painted = paint.startTime; });"""
FORMULAS = "document.querySelectorAll('math').length"


@dataclass(frozen=True, slots=True)
class Load:
    """A page: bytes as they come over the line, milliseconds to its largest paint, its shift.

    `formulas` are those that can be read without scripts, `sheets` the pages of A4 in print.
    """

    requests: int
    elsewhere: int
    total: int
    scripts: int
    fonts: int
    painted: float
    shift: float
    formulas: int
    sheets: int


def load_of(browser: Browser, address: str) -> Load:
    """A page with nothing kept from before; the middle of five loads for the paint."""
    asked, sheets = _asked(browser, address)
    there = [request for request in asked.values() if _answered(request)]
    times = [_times(browser, address) for _ in range(ROUNDS)]
    host = urlsplit(address).netloc
    return Load(
        requests=len(asked),
        elsewhere=sum(urlsplit(url).netloc != host for url in asked),
        total=sum(map(_size, there)),
        scripts=sum(_size(request) for request in there if request.resource_type == "script"),
        fonts=sum(_size(request) for request in there if request.resource_type == "font"),
        painted=statistics.median(painted for painted, _ in times),
        shift=max(shift for _, shift in times),
        formulas=_formulas_without_scripts(browser, address),
        sheets=sheets,
    )


def _asked(browser: Browser, address: str) -> tuple[dict[str, Request], int]:
    """Requests by address, as what is asked for early is told of twice and sent once."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    asked: dict[str, Request] = {}

    def note(request: Request) -> None:
        asked.setdefault(request.url, request)

    page.on("request", note)
    page.goto(address, wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
    return asked, sheets


def _answered(request: Request) -> bool:
    answer = request.response() if request.failure is None else None
    return answer is not None and answer.ok


def _size(request: Request) -> int:
    return request.sizes()["responseBodySize"]


def _times(browser: Browser, address: str) -> tuple[float, float]:
    with browser.new_context(viewport={"width": 390, "height": 800}) as context:
        page = context.new_page()
        page.add_init_script(WATCH)
        _slow(page)
        page.goto(address, wait_until="networkidle")
        page.wait_for_timeout(500)
        return page.evaluate("painted"), page.evaluate("shifted")


def _slow(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)


def _formulas_without_scripts(browser: Browser, address: str) -> int:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address)
        return int(page.evaluate(FORMULAS))


@contextmanager
def packed(site: Path) -> Iterator[str]:
    """A site as hosts give it, texts compressed."""
    serve = partial(_Packed, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


class _Packed(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        found = path.is_file()
        body = path.read_bytes() if found else b""
        short = path.suffix in PACKED
        body = gzip.compress(body, 9) if short else body
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(body)))
        if short:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass
