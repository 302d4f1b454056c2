"""How long does it take to file a million entries, and are the right ones merged?

    python bench/ingest.py [--entries N] [--merge-only]

Makes the dumps of a site that is scraped again and again: each dump holds the newest entries, so
an article stands in about ten of them. Most sightings repeat the text byte for byte; the others
are cut at another length, have other punctuation widths, lost hyphens, a title in front, or a few
characters changed. A third of the articles belong to series that share their introduction, a third
end in the same licence: near, and not the same. Everything is seeded.

Prints the time of each stage, entries per second, peak memory of all processes together, precision
and recall of the merge over pairs of entries, and the share of the planted variants that were filed
where most entries of their article are.
"""

import argparse
import os
import resource
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from contextlib import closing
from itertools import accumulate
from pathlib import Path
from random import Random
from time import perf_counter

from kb.cores import cores
from kb.ingest.deduplicate import group
from kb.ingest.run import prepare
from kb.ingest.scan import scan
from kb.ingest.variants import Variants
from kb.ingest.write import write
from kb.project import open_project, read_taxonomy

SIGHTINGS = 10
"""Entries for one article."""
A_DUMP = 200
"""Entries of a dump."""
SIGNS = [chr(code) for code in range(0x4E00, 0x4E00 + 2500)]
NEWER = 3
"""One dump in so many is made by a newer scraper, which keeps hyphens and cuts later."""

Entry = tuple[int, str]
Truth = tuple[int, bool]
"""The number of an entry's article, and whether the entry is a planted variant."""


class Writer:
    """Writes articles that do not exist, in words that are drawn as often as in a language."""

    def __init__(self, seed: int, terms: Sequence[str]) -> None:
        self.draw = Random(seed)
        self._words = [
            "".join(self.draw.choices(SIGNS, k=self.draw.choice((1, 2, 2, 2, 3, 4))))
            for _ in range(20_000)
        ]
        self._words += self.draw.sample(terms, 1500)
        self.draw.shuffle(self._words)
        self._weights = list(accumulate(1 / rank for rank in range(10, len(self._words) + 10)))
        self._introductions = [self.text(110) for _ in range(400)]
        self._licence = self.text(110)

    def text(self, length: int) -> str:
        """Sentences of so many characters, with half-width commas, as the scraper leaves them."""
        drawn = self.draw.choices(self._words, cum_weights=self._weights, k=length // 2)
        ends = self.draw.choices(("", "", "", "", "", ",", ",", "。", "-"), k=length // 2)
        return "".join(word + end for word, end in zip(drawn, ends, strict=True))[:length]

    def article(self, number: int) -> str:
        """500 characters."""
        if number % 3 == 0:
            return self.draw.choice(self._introductions) + self.text(390)
        if number % 3 == 1:
            return self.text(150) + self._licence + self.text(240)
        return self.text(500)


def seen(entry: Entry, draw: Random, *, is_newer: bool) -> tuple[str, Truth]:
    """A sighting of an article's text."""
    number, text = entry
    if not is_newer:
        text = text.replace("-", "")
    kind = draw.random()
    length = 400 if is_newer else 350
    if kind < 0.10:  # shorter than this, what a series shares is all there is
        length = draw.randrange(220 if number % 3 == 0 else 60, 480)
    elif kind < 0.14:
        text = text.replace(",", "，")
    elif kind < 0.18:
        text = f"{text[200:212]} {text}"
    elif kind < 0.22:
        for _ in range(draw.randint(1, 5)):
            place = draw.randrange(len(text))
            text = text[:place] + draw.choice(SIGNS) + text[place + 1 :]
    elif kind < 0.24:
        text = f"💡 {text[:60]}[Math]{text[60:]}"
    return f"{text[:length]}...", (number, kind < 0.24)


def dumps(entries: int, terms: Sequence[str]) -> Iterator[list[tuple[str, Truth]]]:
    """For each dump its entries, and what each is."""
    writer = Writer(1, terms)
    newest: list[Entry] = []
    count = 0
    for dump in range(entries // A_DUMP):
        while count < (dump + 1) * A_DUMP // SIGHTINGS:
            newest.append((count, writer.article(count)))
            count += 1
        newest = newest[-2 * A_DUMP :]
        chosen = [newest[writer.draw.randrange(len(newest))] for _ in range(A_DUMP)]
        is_newer = dump % NEWER == 0
        yield [seen(entry, writer.draw, is_newer=is_newer) for entry in chosen]


def make_project(folder: Path, entries: int) -> list[list[Truth]]:
    """A project of dumps; for each dump what its entries are."""
    target = folder / "content" / "transmissions"
    target.mkdir(parents=True)
    terms = [
        term.text for topic in read_taxonomy(open_project(folder)).topics for term in topic.terms
    ]
    truth = []
    for number, found in enumerate(dumps(entries, terms)):
        lines = "\n".join(text for text, _ in found)
        path = target / f"{number:06}.txt"
        path.write_text(f"INCOMING TRANSMISSION\n\nLATEST UPDATES\n{lines}\n1 2\n", "utf-8")
        truth.append([entry for _, entry in found])
    return truth


def quality(found: Sequence[tuple[Truth, str]]) -> str:
    """Precision and recall over pairs of entries, and the share of variants that are right."""

    def pairs(counts: Counter[Hashable]) -> int:
        return sum(count * (count - 1) // 2 for count in counts.values())

    cells = Counter((article, owner) for (article, _), owner in found)
    both = pairs(Counter[Hashable](cells))
    merged = pairs(Counter(owner for _, owner in found))
    true = pairs(Counter(article for (article, _), _ in found))
    homes: dict[int, str] = {}
    for (article, owner), count in cells.items():
        if count > cells[article, homes.get(article, "")]:
            homes[article] = owner
    variants = [owner == homes[article] for (article, is_variant), owner in found if is_variant]
    return (
        f"precision {both / merged:.5f}, recall {both / true:.5f}; "
        f"{sum(variants) / len(variants):.5f} of {len(variants)} variants are right"
    )


def memory() -> str:
    """Peak memory of all processes together, at most: as if all peaked at once, in MiB."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    count = os.cpu_count() or 1
    return f"at most {own + count * worker:.0f} MiB: {own:.0f} and {count} workers of {worker:.0f}"


def merge_only(folder: Path, truth: list[list[Truth]]) -> None:
    project = open_project(folder)
    with closing(Variants()) as variants, cores() as workers:
        begin = perf_counter()
        scan(project, variants, workers)
        scanned = perf_counter()
        groups = group(variants, {}, {})
        merged = perf_counter()
    found = [
        (truth[int(s.transmission[:6])][s.line - 4], g.id) for g in groups for s in g.sightings
    ]
    report(len(found), begin, {"scan": scanned, "merge": merged})
    print(quality(found), f"in {len(groups)} articles")


def whole(folder: Path, truth: list[list[Truth]]) -> None:
    project = open_project(folder)
    begin = perf_counter()
    ingested = prepare(project)
    prepared = perf_counter()
    write(project, ingested)
    written = perf_counter()
    lines = ingested.plan.ledger.values()
    found = [
        (truth[int(s.transmission[:6])][s.line - 4], line.id)
        for line in lines
        for s in line.sightings
    ]
    report(len(found), begin, {"prepare": prepared, "write": written})
    print(quality(found), f"in {len(lines)} articles")


def report(entries: int, begin: float, ends: dict[str, float]) -> None:
    before = begin
    for stage, end in ends.items():
        print(f"{stage:10} {end - before:7.1f} s")
        before = end
    print(f"{entries} entries in {before - begin:.1f} s: {entries / (before - begin):.0f} a second")
    print(memory())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--merge-only", action="store_true", help="neither name nor file them")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kb-bench-"))
    try:
        begin = perf_counter()
        truth = make_project(folder, options.entries)
        print(f"made in {perf_counter() - begin:.1f} s", file=sys.stderr)
        (merge_only if options.merge_only else whole)(folder, truth)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
