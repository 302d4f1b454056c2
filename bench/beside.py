"""How do three articles look, weigh and answer in kb, Zensical and Starlight, side by side?

    PYTHONPATH=tests/support python bench/beside.py PROJECT docs/static/screenshots/peers \\
      --zensical PROGRAM --node PROGRAM --starlight FOLDER

PROJECT is this repository, built; all its articles go to each peer. FOLDER is where npm has
installed astro, @astrojs/starlight, @astrojs/markdown-remark, remark-math, rehype-katex and katex.
Writes the pictures and prints a table of figures.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from chromium import chromium
from dialects import Note, Notes, linked, notes_of, starlight, zensical
from loading import Load, load_of, packed
from playwright.sync_api import Browser, Page
from screenshots import Ready, picture, served, sheet

ARTICLES = ("lora", "hadoop-architecture", "flash-attention")
WORDS = "低秩 奇异 适配 租约 纠删 机架 快照 饱和 中断 背压 温度 分桶".split()
"""Words that stand in one to five articles."""
SETTLE = 1500
"""Milliseconds after which a search has answered."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A generator's site: its folder, the address of an article, how its search is used.

    `ask` opens the search and types, `found` selects the links of its answers.
    """

    name: str
    site: Path
    page: Callable[[Note], str]
    ask: Callable[[Page, str], None]
    found: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of an article: the heading it stands under, or its top."""

    article: str
    heading: str
    width: int = 1280
    scheme: str = "light"


SHEETS = (
    ("top", (Passage("lora", ""),)),
    ("formulas", (Passage("lora", "缩放系数", scheme="dark"),)),
    ("table", (Passage("hadoop-architecture", "NameNode：内存里的目录树"),)),
    ("code", (Passage("flash-attention", "Backward", scheme="dark"),)),
    (
        "narrow",
        (
            Passage("lora", "", width=360),
            Passage("lora", "显存省在哪里", width=360),
            Passage("hadoop-architecture", "NameNode：内存里的目录树", width=360),
        ),
    ),
)


def main() -> None:
    given = _arguments()
    library = notes_of(given.project)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        peers = _peers(given, library, Path(folder))
        given.target.mkdir(parents=True, exist_ok=True)
        for name, taken in _pictures(browser, peers, library):
            (given.target / f"{name}.webp").write_bytes(taken)
        _print_figures(browser, peers, library)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("project", type=Path)
    parser.add_argument("target", type=Path, help="where the pictures go")
    parser.add_argument("--zensical", type=Path, required=True)
    parser.add_argument("--node", type=Path, required=True, help="22.12 or newer")
    parser.add_argument("--starlight", type=Path, required=True)
    return parser.parse_args()


def _peers(given: argparse.Namespace, library: Notes, folder: Path) -> tuple[Peer, ...]:
    katex = given.starlight / "node_modules" / "katex" / "dist"
    ours = given.project / "site"
    theirs = zensical(given.zensical, katex, library, folder)
    star = starlight(given.node, library, given.starlight)
    return (
        Peer("kb", ours, lambda note: f"articles/{note.slug}.html", _ask_kb, "dialog .name-of a"),
        Peer("Zensical", theirs, _folder, _ask_zensical, "[role=listbox] a"),
        Peer("Starlight", star, _folder, _ask_starlight, "dialog a"),
    )


def _folder(note: Note) -> str:
    return f"{note.path}/"


def _ask_kb(page: Page, query: str) -> None:
    page.keyboard.press("/")
    page.locator("dialog input").fill(query)


def _ask_zensical(page: Page, query: str) -> None:
    page.keyboard.press("/")
    page.locator("input[role=combobox]").fill(query)


def _ask_starlight(page: Page, query: str) -> None:
    page.locator("[data-open-modal]").click()
    page.locator("dialog input").fill(query)


def _pictures(
    browser: Browser, peers: Sequence[Peer], library: Notes
) -> Iterable[tuple[str, bytes]]:
    for name, passages in SHEETS:
        rows = [
            _shown(browser, peer, library, passage, partial(_scroll, to=passage.heading))
            for passage in passages
            for peer in peers
        ]
        yield name, sheet(browser, rows)
    for name, width in (("search", 1280), ("search-narrow", 360)):
        passage = Passage("hadoop-architecture", "", width)
        rows = [
            _shown(browser, peer, library, passage, partial(_asked, peer, "显存")) for peer in peers
        ]
        yield name, sheet(browser, rows)


def _shown(browser: Browser, peer: Peer, library: Notes, passage: Passage, ready: Ready) -> bytes:
    with served(peer.site) as address:
        at = address + peer.page(_note(library, passage.article))
        return picture(browser, at, passage.width, passage.scheme, ready)


def _note(library: Notes, slug: str) -> Note:
    return next(note for note in library.notes if note.slug == slug)


def _scroll(page: Page, to: str) -> None:
    if to:
        page.locator("h2", has_text=to).first.evaluate(
            "node => scrollTo({ top: node.getBoundingClientRect().top + scrollY - 130,"
            " behavior: 'instant' })"
        )
        page.wait_for_timeout(SETTLE)


def _asked(peer: Peer, query: str, page: Page) -> None:
    peer.ask(page, query)
    page.wait_for_timeout(SETTLE)


def _print_figures(browser: Browser, peers: Iterable[Peer], library: Notes) -> None:
    print(
        "| | article | requests | elsewhere | loaded | scripts | fonts | paint | shift "
        "| formulas without scripts | sheets |"
    )
    print("| --- | --- | " + "---: | " * 9)
    for peer in peers:
        with packed(peer.site) as address:
            for slug in ARTICLES:
                load = load_of(browser, address + peer.page(_note(library, slug)))
                print(_row(peer, slug, load))
            print(f"{peer.name}: {_recall(browser, peer, library, address)}")


def _row(peer: Peer, slug: str, load: Load) -> str:
    return (
        f"| {peer.name} | {slug} | {load.requests} | {load.elsewhere} | {load.total / 1000:.0f} KB "
        f"| {load.scripts / 1000:.1f} KB | {load.fonts / 1000:.0f} KB | {load.painted:.0f} ms "
        f"| {load.shift:.3f} | {load.formulas} | {load.sheets} |"
    )


def _recall(browser: Browser, peer: Peer, library: Notes, address: str) -> str:
    right = wrong = there = 0
    known = {note.slug: note for note in library.notes}
    texts = {slug: note.title + linked(note.body, known, "") for slug, note in known.items()}
    for word in WORDS:
        truth = {slug for slug, text in texts.items() if word in text}
        answers = _answers(browser, peer, library, address, word)
        right, there = right + len(answers & truth), there + len(truth)
        wrong += len(answers - truth)
    return f"{right} of {there} articles with one of the {len(WORDS)} words, {wrong} without"


def _answers(browser: Browser, peer: Peer, library: Notes, address: str, word: str) -> set[str]:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address + peer.page(library.notes[0]), wait_until="networkidle")
    _asked(peer, word, page)
    links = page.locator(peer.found).evaluate_all("nodes => nodes.map((node) => node.href)")
    page.close()
    slugs = {Path(urlsplit(link).path).stem for link in links}
    return slugs & {note.slug for note in library.notes}


if __name__ == "__main__":
    main()
