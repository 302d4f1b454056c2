"""Which texts has a project, and which of them must be read again?"""

from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

import msgspec

from kb.build.memo import Bodies, Body, Memo, body_of
from kb.build.reading import Reading, key_of, reading_of, record_of
from kb.cores import Cores
from kb.folder import ARTICLES, TEXTS
from kb.library.ledger import Ledger
from kb.library.records import Record, normalise
from kb.model import ArticleId
from kb.problems import KbError, Problem
from kb.project import Project, Records, id_in, read_text, text_paths

T = TypeVar("T")

TASK = 50
"""Texts that one task reads: about a tenth of a second."""
_READINGS = msgspec.msgpack.Decoder(Reading)

Stamps = Mapping[str, bytes]
"""What the file system says of each file by its path in the project, where that is a proof."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A text that cannot be read: what is wrong with it, and the id that it seems to have."""

    problems: tuple[Problem, ...]
    id: ArticleId


@dataclass(frozen=True, slots=True)
class Texts:
    """What every text of a project says, by its path; `stamps` are those of the files read."""

    found: Mapping[str, Reading]
    stamps: Stamps
    broken: Mapping[str, Broken]


@dataclass(frozen=True, slots=True)
class _Source:
    """A text to read; whether a person wrote it is None where its id must tell.

    `key` is that of its last reading, by which a text that is the same is known.
    """

    path: str
    trusted: bool | None = None
    key: str = ""


_Outcome = tuple[str, bytes | Broken]
"""A path, and an encoded reading, which is empty for a text that is the same."""


@dataclass(frozen=True, slots=True)
class _Task:
    project: Project
    sources: tuple[_Source, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the texts that are not remembered, on all cores."""

    project: Project
    memo: Memo
    workers: Cores

    def read(self, stamps: Stamps, ledger: Ledger) -> Texts:
        """All texts of the project."""
        known, proven = self.memo.readings, self.memo.stamps
        found: dict[str, Reading] = {}
        stale = []
        for path in _names(self.project):
            if path in known and proven[path] and proven[path] == stamps.get(path):
                found[path] = known[path]
            else:
                stale.append(self._source(path))
        return self._after(Texts(found, stamps, {}), stale, ledger)

    def read_again(self, texts: Texts, paths: Iterable[str], ledger: Ledger) -> Texts:
        """The texts after ingest has written these files and the ledger."""
        changed = set(paths)
        left = Texts(
            _without(texts.found, changed),
            _without(texts.stamps, changed),
            _without(texts.broken, changed),
        )
        there = (path for path in changed if (self.project.root / path).is_file())
        return self._after(left, map(self._source, there), ledger)

    def _source(self, path: str) -> _Source:
        known = self.memo.readings.get(path)
        return _Source(path, known.article.is_trusted, known.key) if known else _Source(path)

    def _after(self, texts: Texts, stale: Iterable[_Source], ledger: Ledger) -> Texts:
        read = self._read(texts, stale)
        doubtful = [
            _Source(path, is_trusted)
            for path, reading in read.found.items()
            if (is_trusted := trusts(reading, ledger)) is not reading.article.is_trusted
        ]
        return self._read(read, doubtful)

    def _read(self, texts: Texts, sources: Iterable[_Source]) -> Texts:
        found, broken = dict(texts.found), dict(texts.broken)
        for outcomes in self.workers.map(_outcomes, _tasks(self.project, sources)):
            for path, said in outcomes:
                if isinstance(said, Broken):
                    broken[path] = said
                else:
                    found[path] = _READINGS.decode(said) if said else self.memo.readings[path]
        return Texts(found, texts.stamps, broken)


def trusts(reading: Reading, ledger: Ledger) -> bool:
    """Whether a person wrote the body, or has edited what a transmission said."""
    line = ledger.get(reading.article.id)
    return line is None or line.wrote.get("body") != reading.digest


def records_of(project: Project, texts: Texts) -> Records:
    """The records among the texts; those with an id, which ingest compares, with their bodies."""
    folder = f"{project.config.content}/{ARTICLES}/"
    readings = (texts.found[path] for path in sorted(texts.found) if path.startswith(folder))
    broken = {path: said for path, said in texts.broken.items() if path.startswith(folder)}
    with closing(Bodies(project.cache)) as bodies:
        found = tuple(_whole(reading, bodies) for reading in readings)
    paths = frozenset((*(record.article.path for record in found), *broken))
    ids = frozenset(said.id for said in broken.values() if said.id)
    problems = tuple(problem for said in broken.values() for problem in said.problems)
    return Records(found, paths, ids, problems)


def _whole(reading: Reading, bodies: Bodies) -> Record:
    article = reading.article
    if not article.id:
        return Record(article, reading.places, "")
    return record_of(reading, bodies.text(reading.key))


def _without(values: Mapping[str, T], paths: Container[str]) -> dict[str, T]:
    return {path: value for path, value in values.items() if path not in paths}


def _names(project: Project) -> Iterator[str]:
    for folder in TEXTS:
        yield from map(project.name, text_paths(project, folder))


def _tasks(project: Project, sources: Iterable[_Source]) -> Iterator[_Task]:
    rest = iter(sources)
    while task := tuple(islice(rest, TASK)):
        yield _Task(project, task)


def _outcomes(task: _Task) -> tuple[_Outcome, ...]:
    bodies: list[Body] = []
    outcomes = tuple(_outcome(task.project, source, bodies) for source in task.sources)
    if bodies:
        with closing(Bodies(task.project.cache)) as kept:
            kept.add(bodies)
    return outcomes


def _outcome(project: Project, source: _Source, bodies: list[Body]) -> _Outcome:
    path = project.root / source.path
    try:
        text = normalise(read_text(path, source.path))
        html = project.config.markdown.has_html
        was = key_of(text, source.path, trusted=source.trusted is True, html=html)
        if source.key == was:
            return source.path, b""
        trusted = None if source.key else source.trusted
        reading, markup = reading_of(text, source.path, trusted=trusted, html=html)
    except KbError as error:
        return source.path, Broken(error.problems, id_in(path))
    bodies.append(body_of(reading, text, markup))
    return source.path, msgspec.msgpack.encode(reading)
