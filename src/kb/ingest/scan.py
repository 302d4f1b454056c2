"""Which entries do the dumps of a project hold, and which lines are none?"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from kb import disk
from kb.cores import Cores
from kb.ingest.dumps import dump_paths, emptiness, read_transmission
from kb.ingest.identity import Keyed, keyed
from kb.ingest.variants import Variants
from kb.model import Line, LineKind, Reason
from kb.problems import Place, Problem, Severity
from kb.project import Project, collect

TASK = 2 * 2**20
"""Bytes of dumps that one task reads."""
REMEMBERED = 2**15
"""Lines whose names a worker remembers: dumps that follow each other repeat each other."""
USUAL = 1000
"""Characters of an entry; a longer line is not remembered."""

_FACTS = {
    Reason.UNDECODED: "holds bytes that are no text in the encoding of the dump",
    Reason.WORDLESS: "holds no letter and no digit",
    Reason.DATE: "holds a date and nothing else",
}


_remembered = lru_cache(maxsize=REMEMBERED)(keyed)


@dataclass(frozen=True, slots=True)
class Dump:
    """A dump in brief: its lines by kind, and for each entry the line and the text's number."""

    name: str
    lines: dict[LineKind, int]
    entries: tuple[tuple[int, int], ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Scan:
    """What all dumps hold in brief; `lines` are counts by kind, `filled` have an entry."""

    dumps: int
    filled: frozenset[str]
    lines: dict[LineKind, int]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Batch:
    """Dumps, and the distinct lines of their entries."""

    dumps: tuple[Dump, ...]
    texts: tuple[Keyed, ...]
    problems: tuple[Problem, ...]


def scan(project: Project, variants: Variants, workers: Cores) -> Scan:
    """Add the texts of all dumps and where they stand to `variants`."""
    filled: set[str] = set()
    lines: Counter[LineKind] = Counter(dict.fromkeys(LineKind, 0))
    unreadable: list[Problem] = []
    quarantined: list[Problem] = []
    count = 0
    for batch in workers.map(partial(_scanned, project), _tasks(dump_paths(project))):
        numbers = [variants.add(text) for text in batch.texts]
        for dump in batch.dumps:
            for line, text in dump.entries:
                variants.see(numbers[text], (dump.name, line))
            lines.update(dump.lines)
            if dump.entries:
                filled.add(dump.name)
            quarantined += dump.problems
        count += len(batch.dumps)
        unreadable += batch.problems
    return Scan(count, frozenset(filled), dict(lines), (*unreadable, *quarantined))


def _tasks(paths: Iterable[Path]) -> Iterator[tuple[Path, ...]]:
    task: list[Path] = []
    size = 0
    for path in paths:
        task.append(path)
        size += disk.size(path)
        if size >= TASK:
            yield tuple(task)
            task, size = [], 0
    if task:
        yield tuple(task)


def _scanned(project: Project, paths: tuple[Path, ...]) -> _Batch:
    numbers: dict[str, int] = {}
    dumps, problems = collect(partial(_dump, project, numbers), paths)
    return _Batch(dumps, tuple(map(_keyed, numbers)), problems)


def _dump(project: Project, numbers: dict[str, int], path: Path) -> Dump:
    transmission = read_transmission(project, path)
    place = project.name(path)
    entries = tuple(
        (line.number, numbers.setdefault(line.text.strip(), len(numbers)))
        for line in transmission.lines
        if line.kind is LineKind.ENTRY
    )
    kinds = Counter(line.kind for line in transmission.lines)
    quarantined = tuple(_quarantine(line, place) for line in transmission.lines if line.reason)
    problems = quarantined if entries else (emptiness(place), *quarantined)
    return Dump(transmission.name, dict(kinds), entries, problems)


def _keyed(text: str) -> Keyed:
    return _remembered(text) if len(text) <= USUAL else keyed(text)


def _quarantine(line: Line, path: str) -> Problem:
    return Problem(
        "quarantined-line",
        f"this line {_FACTS[line.reason or Reason.WORDLESS]}",
        Place(path, line.number),
        "the rest of the dump is filed; mend the line and build again",
        Severity.WARNING,
        line.text[:200],
    )
