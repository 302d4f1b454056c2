"""What do all files of a built site mention, and which files are there?"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, islice
from operator import attrgetter
from pathlib import Path

from kb import disk
from kb.check import formats, page, style
from kb.check.address import Stand, Target, Where, anchored
from kb.check.mentions import Fault, Kind, Mention, Seen
from kb.cores import Cores
from kb.routes import folder_of

TASK = 100
"""Files that one task reads: about a tenth of a second."""

REMEMBERED = 2**15
"""Mentions of which a worker knows what they name: the pages of a folder mention the same."""

Named = tuple[Kind, Target]
"""What is mentioned, and as what."""
Progress = Callable[[int, int], None]
"""Told of each step: how many are done, of how many."""


@dataclass(frozen=True, slots=True)
class Row:
    """What one file mentions, as numbers of its batch, and how many times.

    `ids` are on a line each, if it is a page; `seen` is the rest of what was seen.
    """

    path: str
    mentions: "array[int]"
    times: "array[int]"
    ids: str | None
    seen: Seen


@dataclass(frozen=True, slots=True)
class Crawl:
    """A site as it is on disk.

    `listed` are the files that kb wrote, `there` all that are there. `mentions` holds for each
    file the numbers of what it names in `named`, each once. `counts` are all mentions by kind.
    """

    listed: frozenset[str]
    there: frozenset[str]
    named: tuple[Named, ...]
    mentions: Mapping[str, "array[int]"]
    ids: Mapping[str, str]
    wordless: Mapping[str, tuple[str, ...]]
    faults: tuple[tuple[str, Fault], ...]
    moved: frozenset[str]
    counts: Mapping[str, int]

    def has(self, path: str) -> bool:
        """Whether a host would answer for a path: by the file, or by the folder's own page."""
        return path in self.there or f"{path}/index.html" in self.there

    def has_anchor(self, path: str, anchor: str) -> bool:
        """Whether a page has an id; what is no page may have any."""
        ids = self.ids.get(path)
        return ids is None or f"\n{anchor}\n" in ids

    def naming(self, numbers: Collection[int]) -> Mapping[int, list[str]]:
        """The files that mention each of these, in order."""
        wanted, found = frozenset(numbers), defaultdict[int, list[str]](list)
        for path in sorted(self.mentions) if wanted else ():
            for number in wanted.intersection(self.mentions[path]):
                found[number].append(path)
        return found


@dataclass(frozen=True, slots=True)
class Batch:
    """What some files mention, and what each number of their rows stands for."""

    named: tuple[Named, ...] = ()
    rows: tuple[Row, ...] = ()


_NOTHING = Batch()


@dataclass(frozen=True, slots=True)
class _Task:
    output: Path
    stand: Stand
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Output:
    """A folder of a site, where this stands, and the files in it that kb wrote."""

    folder: Path
    stand: Stand
    listed: frozenset[str]


def crawl(
    output: Output, workers: Cores, progress: Progress, earlier: Batch = _NOTHING
) -> tuple[Crawl, Batch]:
    """Read all files that kb wrote but those of an `earlier` batch; and what all of them hold.

    Each file is forgotten as soon as it is read.
    """
    files = disk.walk(output.folder, hidden=True)
    there = frozenset(path.relative_to(output.folder).as_posix() for path in files)
    readable = {path for path in output.listed & there if _reader(path)}
    unread = sorted(readable - {row.path for row in earlier.rows})
    numbers: dict[Named, int] = {}
    rows: list[Row] = []
    for batch in chain((earlier,), workers.map(_batch, _tasks(output, unread))):
        _number(batch, numbers)
        rows += (row for row in batch.rows if row.path in readable)
        progress(len(rows), len(readable))
    rows.sort(key=attrgetter("path"))
    return _crawl(output, there, tuple(numbers), rows), Batch(tuple(numbers), tuple(rows))


def _number(batch: Batch, numbers: dict[Named, int]) -> None:
    """Give what the rows mention the numbers that it has in all of the site."""
    table = [-1] * len(batch.named)
    for row in batch.rows:
        for at, number in enumerate(row.mentions):
            if table[number] < 0:
                table[number] = numbers.setdefault(batch.named[number], len(numbers))
            row.mentions[at] = table[number]


def _crawl(
    output: Output, there: frozenset[str], known: tuple[Named, ...], rows: list[Row]
) -> Crawl:
    return Crawl(
        output.listed,
        there,
        known,
        {row.path: row.mentions for row in rows},
        {row.path: row.ids for row in rows if row.ids is not None},
        {row.path: row.seen.wordless for row in rows if row.seen.wordless},
        tuple((row.path, fault) for row in rows for fault in row.seen.faults),
        frozenset(row.path for row in rows if row.seen.is_moved),
        _counts(known, rows),
    )


def _counts(known: tuple[Named, ...], rows: Iterable[Row]) -> Mapping[str, int]:
    """How many pages there are, and how often each kind of thing is mentioned in all."""
    total: Counter[int] = Counter()
    counts: Counter[str] = Counter()
    for row in rows:
        counts["pages"] += row.seen.is_page
        for number, times in zip(row.mentions, row.times, strict=True):
            total[number] += times
    for number, times in total.items():
        kind, target = known[number]
        if target.where is Where.ELSEWHERE:
            counts["external"] += times
        elif target.where is not Where.NOWHERE:
            counts[kind] += times
            counts["anchors"] += times if target.anchor else 0
    return counts


def read(path: str, content: bytes) -> Seen:
    """What the content of a file of the site holds, nothing where it is of no kind we know."""
    reader = _reader(path)
    return reader(content.decode(errors="replace")) if reader else Seen()


def named(mention: Mention, path: str, stand: Stand) -> Named:
    """What a mention in the file at `path` names."""
    kind, url, base = mention
    if base or url[0] not in "#?":
        return _named(mention, folder_of(path), stand)
    return kind, anchored(path, url[1:]) if url[0] == "#" else stand.target(url, path)


@lru_cache(maxsize=REMEMBERED)
def _named(mention: Mention, folder: str, stand: Stand) -> Named:
    kind, url, base = mention
    folder = "" if folder == "api" else folder  # where addresses are those of the site's root
    return kind, stand.target(url, f"{folder}/", base)


def _reader(path: str) -> Callable[[str], Seen] | None:
    name = path.rpartition("/")[2]
    if name == "feed.json" or path.startswith("api/"):
        return formats.seen_of_json
    return _BY_NAME.get(name) or _BY_ENDING.get(name.rpartition(".")[2].lower())


_BY_NAME = {"llms.txt": formats.seen_of_llms, "robots.txt": formats.seen_of_robots}
_BY_ENDING = {
    "html": page.seen,
    "htm": page.seen,
    "css": style.seen,
    "xml": formats.seen_of_xml,
}


def _tasks(output: Output, paths: list[str]) -> Iterator[_Task]:
    rest = iter(paths)
    while some := tuple(islice(rest, TASK)):
        yield _Task(output.folder, output.stand, some)


def _batch(task: _Task) -> Batch:
    numbers: dict[Named, int] = {}
    rows = tuple(_row(task, path, numbers) for path in task.paths)
    return Batch(tuple(numbers), rows)


def _row(task: _Task, path: str, numbers: dict[Named, int]) -> Row:
    seen = read(path, disk.read_if_there(task.output / path) or b"")
    found = (named(mention, path, task.stand) for mention in seen.mentions)
    times = Counter(numbers.setdefault(name, len(numbers)) for name in found)
    ids = "\n".join(("", *sorted(seen.ids), "")) if seen.is_page else None
    rest = replace(seen, mentions=(), ids=frozenset())
    return Row(path, array("I", times), array("I", times.values()), ids, rest)
