"""How well and how fast does a site's search answer, and what does it load for that?

    python bench/search_queries.py PROJECT [--queries FILE] [--samples N]

PROJECT is built: the transmissions of the queries among articles of bench/corpus.py. FILE is a
JSON list of {query, class, relevant: [{snippet}], also_ok: [{snippet}]}; a snippet is some words
that stand in one article alone. Nobody judged the made articles, and many are about what is asked:
a second table leaves out those that hold the query as it stands. All of it runs in Chromium, on a
server that compresses. Samples are pieces of 2 to 6 characters of any text; all must be found.
"""

import argparse
import functools
import gzip
import json
import sys
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from statistics import fmean, median, quantiles
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))
from chromium import chromium
from playwright.sync_api import Browser, Page

from kb.search.blocks import Document, documents_in
from kb.search.folding import fold

BEST = 5
FIND = """async ([query, isDeep]) => {
  const start = performance.now();
  const { order } = await kbSearch.find(query, {}, isDeep);
  return [order.map(({ slot }) => slot), performance.now() - start];
}"""


@dataclass(frozen=True, slots=True)
class Answer:
    """How a query fared: of its articles the share among the best, and 1 / place of the first."""

    kind: str
    query: str
    recall: float
    reciprocal: float


def main() -> None:
    given = _arguments()
    site = given.project / "site"
    documents = _documents(site)
    with _served(site) as address, chromium() as browser:
        if given.queries:
            asked = json.loads(given.queries.read_text("utf-8"))
            answers = list(_answers(browser, address, documents, asked))
            _print_answers("all articles", [strict for strict, _ in answers], given.verbose)
            _print_answers(
                "made ones with the query left out", [fair for _, fair in answers], given.verbose
            )
            queries = [one["query"] for one in asked]
            _print_bytes([_first(browser, address, query) for query in queries])
            _print_times(_times(browser, address, queries))
        missed = _missed(browser, address, documents, given.samples)
    print(f"{given.samples} samples, not found: {missed}")
    sys.exit(bool(missed))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("project", type=Path)
    parser.add_argument("--queries", type=Path, help="queries with the articles that answer them")
    parser.add_argument("--samples", type=int, default=500, help="pieces of texts to be found")
    parser.add_argument("--verbose", action="store_true", help="name the queries that fall short")
    return parser.parse_args()


def _documents(site: Path) -> dict[int, Document]:
    found: dict[int, Document] = {}
    for path in sorted((site / "search" / "d").iterdir()):
        found |= documents_in(path.read_bytes())
    return found


def _answers(
    browser: Browser,
    address: str,
    documents: Mapping[int, Document],
    asked: Sequence[Mapping[str, Any]],
) -> Iterator[tuple[Answer, Answer]]:
    """The answers to each query with all articles, and without those made that hold it."""
    bare = {slot: _bare(document.text) for slot, document in documents.items()}
    page = _page(browser, address)
    for one in asked:
        relevant = {_slot(bare, each["snippet"]) for each in one["relevant"]}
        ignored = {_slot(bare, each["snippet"]) for each in one.get("also_ok", ())} - relevant
        slots, _ = page.evaluate(FIND, [one["query"], False])
        places = [slot for slot in slots if slot not in ignored]
        query = fold(one["query"])
        fair = [
            slot
            for slot in places
            if not (_is_made(documents[slot]) and _holds(documents[slot], query))
        ]
        yield _answer(one, relevant, places), _answer(one, relevant, fair)


def _answer(asked: Mapping[str, Any], relevant: set[int], places: Sequence[int]) -> Answer:
    found = relevant.intersection(places[:BEST])
    first = next((n for n, slot in enumerate(places, 1) if slot in relevant), 0)
    recall = len(found) / min(BEST, len(relevant))
    return Answer(asked["class"], asked["query"], recall, 1 / first if first else 0)


def _is_made(document: Document) -> bool:
    return document.url.startswith("articles/note-")


def _holds(document: Document, query: str) -> bool:
    return query in fold(" ".join((document.title, document.text, *document.tags)))


def _slot(bare: Mapping[int, str], snippet: str) -> int:
    [slot] = [slot for slot, text in bare.items() if _bare(snippet) in text]
    return slot


def _bare(text: str) -> str:
    """Letters and digits alone: records mend blanks and punctuation."""
    return "".join(filter(str.isalnum, fold(text)))


def _print_answers(title: str, answers: Sequence[Answer], is_verbose: bool) -> None:  # noqa: FBT001 - private
    print(f"{title}:")
    kinds: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        kinds[answer.kind].append(answer)
        kinds["all"].append(answer)
        if is_verbose and answer.recall + answer.reciprocal < 2:
            print(f"  {answer.query}: {answer.recall:.2f} {answer.reciprocal:.2f}")
    for kind, found in kinds.items():
        recall, first = fmean(a.recall for a in found), fmean(a.reciprocal for a in found)
        print(f"{kind:12} {len(found):3}  recall@{BEST} {recall:.3f}  MRR {first:.3f}")


def _first(browser: Browser, address: str, query: str) -> tuple[int, int]:
    """Bytes and requests of a query in the dialog, beyond the page itself, in an empty browser."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}index.html")
    sizes: list[int] = []
    page.on("requestfinished", lambda request: sizes.append(request.sizes()["responseBodySize"]))
    page.keyboard.press("/")
    page.locator("dialog input").fill(query)
    page.locator("dialog .rest a, dialog .rest button").first.wait_for()
    page.wait_for_load_state("networkidle")
    context.close()
    return sum(sizes), len(sizes)


def _print_bytes(found: Sequence[tuple[int, int]]) -> None:
    sizes, requests = [size for size, _ in found], [number for _, number in found]
    print(
        f"first query: median {median(sizes) / 1000:.0f} KB, p95 {_p95(sizes) / 1000:.0f} KB, "
        f"most {max(sizes) / 1000:.0f} KB in {median(requests):.0f} requests (median)"
    )


def _times(browser: Browser, address: str, queries: Sequence[str]) -> list[float]:
    """Milliseconds of each query when what it needs is loaded."""
    page = _page(browser, address)
    times = []
    for query in queries:
        page.evaluate(FIND, [query, False])
        times += [page.evaluate(FIND, [query, False])[1] for _ in range(3)]
    return times


def _print_times(times: Sequence[float]) -> None:
    print(f"query after loading: median {median(times):.1f} ms, p95 {_p95(times):.1f} ms")


def _p95(figures: Sequence[float]) -> float:
    return quantiles(figures, n=20, method="inclusive")[-1]


def _missed(
    browser: Browser, address: str, documents: Mapping[int, Document], samples: int
) -> list[str]:
    draw, page, missed = Random("samples"), _page(browser, address), []
    slots = sorted(documents)
    for _ in range(samples):
        slot, piece = draw.choice(slots), ""
        while len(piece) < 2:
            slot = draw.choice(slots)
            text, size = documents[slot].text, draw.randint(2, 6)
            start = draw.randrange(max(1, len(text) - size))
            piece = fold(text[start : start + size])
        if slot not in page.evaluate(FIND, [piece, True])[0]:
            missed.append(piece)
    return missed


def _page(browser: Browser, address: str) -> Page:
    page = browser.new_page()
    page.goto(f"{address}search/index.html")
    page.wait_for_function("window.kbSearch")
    return page


@contextmanager
def _served(site: Path) -> Iterator[str]:
    serve = functools.partial(_Compressing, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


class _Compressing(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        content = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


if __name__ == "__main__":
    main()
