"""How long does it take from a save until an open page shows it?

    python bench/reload.py [--articles N] [--saves N]

Lays out a project of generated articles, starts `kb serve`, opens one article in Chromium and
appends a sentence to its file, again and again. A sample is the time from the write until the
reloaded page has the sentence. Every fifth save changes the article's title too, so that its
listings differ. Prints medians and the slowest, for each kind.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

import corpus
import tools
from playwright.sync_api import Page

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))
from chromium import chromium

PATIENCE = 120_000
"""Milliseconds that a page may take."""
TITLE_EVERY = 5
PAUSE = 1.5
"""Seconds between saves, so that none falls into the burst of another."""


@contextmanager
def served(project: Path) -> Iterator[str]:
    """The address of a project's preview."""
    command = [sys.executable, "-m", "kb", "-C", str(project), "serve"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            lines = iter(process.stderr or ())
            yield next(found[0] for line in lines if (found := re.search(r"http://\S+", line)))
        finally:
            process.terminate()


def save(path: Path, number: int, *, retitled: bool) -> None:
    text = path.read_text("utf-8")
    if retitled:
        text = re.sub(r"^title: .*$", f"title: 新题 {number}", text, count=1, flags=re.MULTILINE)
    path.write_text(f"{text}\n第 {number} 次保存。\n", "utf-8")


def sample(page: Page, path: Path, number: int, *, retitled: bool) -> float:
    """Seconds from a save until the page shows it."""
    begin = perf_counter()
    save(path, number, retitled=retitled)
    page.wait_for_selector(f"text=第 {number} 次保存。", timeout=PATIENCE)
    return perf_counter() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--saves", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        project = Path(scratch) / "project"
        tools.kb().lay_out([*corpus.articles(options.articles)], project)
        path = min((project / "content/articles").glob("*.md"))
        slug = re.findall(r"^slug: (\S+)$", path.read_text("utf-8"), re.MULTILINE) or [path.stem]
        subprocess.run([sys.executable, "-m", "kb", "-q", "-C", str(project), "build"], check=True)
        with served(project) as url, chromium() as browser:
            page = browser.new_page()
            page.goto(f"{url}articles/{slug[0]}.html", timeout=PATIENCE)
            sleep(2 * PAUSE)
            times: defaultdict[str, list[float]] = defaultdict(list)
            for number in range(1, options.saves + 1):
                retitled = number % TITLE_EVERY == 0
                kind = "title" if retitled else "body"
                times[kind].append(sample(page, path, number, retitled=retitled))
                sleep(PAUSE)
    for kind, found in times.items():
        print(f"{kind}: median {median(found):.2f} s, slowest {max(found):.2f} s of {len(found)}")


if __name__ == "__main__":
    main()
