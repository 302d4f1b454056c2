"""What does the search index cost, and does it find every part of every text?

    python bench/search_index.py [--articles 1000 10000] [--samples 2000] [--work FOLDER]

Builds made articles (bench/corpus.py) cold, then once more after a sentence was added to one, and
reads the index as a client does: its size, what queries load of it, and whether the postings of the
pairs in parts of 2 to 6 characters, drawn from the texts, have the document that each is from.
"""

import argparse
import gzip
import json
import random
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import corpus
import tools
from meter import Run

from kb.search.blocks import Document, documents_in
from kb.search.folding import fold
from kb.search.places import BLOCK, block_path, shard_of, shard_path
from kb.search.postings import read
from kb.search.shards import lists_in

SHOWN = 10
"""Documents on the first page of what a query finds."""
LENGTHS = (2, 3, 4, 5, 6)
LONGEST = 3600.0
SENTENCE = "\n补充一句:梯度检查点用时间换显存,第 7 次实验也是如此。\n"


@dataclass(frozen=True, slots=True)
class Sample:
    """A part of a text, and the slot of the document that it is from."""

    text: str
    slot: int


class Index:
    """The index of a built site, read as a client reads it."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.shards = len(list((site / "search/t").iterdir()))
        self.lists: Callable[[int], Mapping[str, str]] = lru_cache(256)(self._lists)

    def paths(self, text: str) -> list[str]:
        """The files of the shards that a part of a text needs."""
        return sorted({shard_path(shard_of(pair, self.shards)) for pair in pairs(text)})

    def found(self, text: str) -> set[int]:
        """The slots of the documents that have all pairs of a part of a text."""
        postings = (self.lists(shard_of(p, self.shards)).get(p, "") for p in pairs(text))
        return set.intersection(*(set(read(found)) for found in postings))

    def weight(self, paths: Iterable[str]) -> int:
        """Bytes of files, each compressed as hosts do."""
        return sum(self.compressed(path) for path in paths)

    @lru_cache(None)  # noqa: B019 - there is one index at a time
    def compressed(self, path: str) -> int:
        """Bytes of one file."""
        return len(gzip.compress((self.site / path).read_bytes(), 6))

    def _lists(self, shard: int) -> Mapping[str, str]:
        return lists_in((self.site / shard_path(shard)).read_bytes())


def pairs(text: str) -> set[str]:
    folded = fold(text)
    return set(map("".join, pairwise(folded))) or {folded}


def documents(site: Path) -> dict[int, Document]:
    found: dict[int, Document] = {}
    for path in sorted((site / "search/d").iterdir()):
        found |= documents_in(path.read_bytes())
    return found


def samples(texts: Mapping[int, Document], count: int) -> Iterator[Sample]:
    """Parts of two characters and more, blanks and marks too, that begin anywhere."""
    draw = random.Random(6)
    slots = sorted(texts)
    while count:
        slot = draw.choice(slots)
        text, length = texts[slot].text, draw.choice(LENGTHS)
        start = draw.randrange(max(1, len(text) - length))
        part = text[start : start + length]
        if len(fold(part)) > 1:
            count -= 1
            yield Sample(part, slot)


def built(folder: Path, log: Path) -> dict[str, float]:
    """The cost of a build, and the seconds of its stage that makes the index."""
    command = (sys.executable, "-m", "kb", "build", "--json", "--profile")
    cost = Run(command, folder, {}, LONGEST).cost(log)
    words = log.read_text("utf-8")
    said = json.loads(words[words.index("{") : words.rindex("}") + 1])
    stage = said["profile"]["stages"]["index for search"]["seconds"]
    return {"wall": cost.wall, "cpu": cost.cpu, "MiB": cost.memory / 2**20, "stage": stage}


def sizes(index: Index, folder: str) -> str:
    paths = [f"search/{folder}/{path.name}" for path in (index.site / "search" / folder).iterdir()]
    whole = sum((index.site / path).stat().st_size for path in paths)
    small = [index.compressed(path) for path in paths]
    return (
        f"{len(paths)} files, {whole / 1e6:.1f} MB ({sum(small) / 1e6:.1f} MB compressed),"
        f" median {statistics.median(small) / 1e3:.1f} KB, largest {max(small) / 1e3:.1f} KB"
    )


def loaded(index: Index, drawn: Sequence[Sample], length: int) -> str:
    """What queries of so many characters load: shards, then with them all of a first page."""
    terms, pages = [], []
    for sample in drawn:
        if len(fold(sample.text)) == length:
            shards = index.weight(index.paths(sample.text))
            hits = sorted(index.found(sample.text))[:SHOWN]
            blocks = {block_path(slot // BLOCK) for slot in hits}
            terms.append(shards)
            pages.append(index.weight(("search/root.js", *blocks)) + shards)
    return (
        f"{length} characters: shards {statistics.median(terms) / 1e3:.1f} KB (largest"
        f" {max(terms) / 1e3:.1f}), all {statistics.median(pages) / 1e3:.1f} KB (largest"
        f" {max(pages) / 1e3:.1f})"
    )


def measured(count: int, parts: int, work: Path) -> int:
    """Measure an index of so many articles; how many parts it does not find."""
    folder = work / f"kb-{count}"
    tools.kb().lay_out(tuple(corpus.articles(count)), folder)
    print(f"{count} articles\n  cold    {figures(built(folder, work / 'log'))}")
    edited = sorted((folder / "content/articles").iterdir())[7]
    edited.write_text(edited.read_text("utf-8") + SENTENCE, "utf-8")
    print(f"  edit    {figures(built(folder, work / 'log'))}")
    index = Index(folder / "site")
    print(f"  shards  {sizes(index, 't')}\n  texts   {sizes(index, 'd')}")
    drawn = tuple(samples(documents(index.site), parts))
    for length in (2, 4, 6):
        print(f"  {loaded(index, drawn, length)}")
    missed = [sample for sample in drawn if sample.slot not in index.found(sample.text)]
    print(f"  recall  {1 - len(missed) / len(drawn):.4f} of {len(drawn)}", *missed[:5])
    return len(missed)


def figures(found: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {value:.2f}" for name, value in found.items())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[1000])
    parser.add_argument("--samples", type=int, default=2000)
    parser.add_argument("--work", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = options.work or Path(name)
        missed = [measured(count, options.samples, work) for count in options.articles]
    return 1 if any(missed) else 0


if __name__ == "__main__":
    sys.exit(main())
