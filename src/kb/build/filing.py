"""What did ingest decide, and does that still stand?"""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from stat import S_IFMT, S_ISLNK
from typing import TYPE_CHECKING

import msgspec

from kb.build.memo import Memo
from kb.build.profile import Profile
from kb.build.reading import Reading
from kb.build.texts import Texts, records_of
from kb.build.theme import Theme
from kb.build.unchanged import Survey, is_young
from kb.cores import Cores
from kb.disk import Row
from kb.folder import FILE as CONFIG
from kb.folder import TRANSMISSIONS
from kb.library import ledger as ledgers
from kb.library import taxonomy as taxonomies
from kb.library.ledger import Ledger
from kb.library.taxonomy import Taxonomy
from kb.problems import KbError, Problem, Severity
from kb.project import Project, shipped_taxonomy
from kb.revision import CURATION, revision

if TYPE_CHECKING:  # a build in which nothing is filed is over before this is loaded
    from kb.ingest.changes import Change


@dataclass(frozen=True, slots=True)
class Filing:
    """What ingest says of itself, and what is wrong with what it read.

    `changed` are the paths of the records that it wrote or removed.
    """

    summary: str
    problems: tuple[Problem, ...]
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """What ingest works with in a build."""

    project: Project
    theme: Theme
    memo: Memo
    workers: Cores
    profile: Profile


def file_entries(desk: Desk, texts: Texts, taxonomy: Taxonomy, known: Ledger, basis: str) -> Filing:
    """What ingest decides now, written; remembered by `basis` if there is nothing to write.

    Raises KbError, with nothing written, where a dump that is on the site cannot be read any more
    or the theme is broken.
    """
    if basis and (remembered := desk.memo.finding("filing", basis)):
        summary, problems = json.loads(remembered)
        return Filing(summary, msgspec.convert(problems, tuple[Problem, ...]))
    from kb.ingest.run import Given, decide
    from kb.ingest.summary import summary
    from kb.ingest.write import write

    project = desk.project
    given = Given(taxonomy, known, records_of(project, texts))
    ingested = decide(project, given, desk.workers)
    _refuse_lost_dumps(known, ingested.problems)
    changes = (*ingested.plan.writes(), *ingested.plan.removals())
    if changes:
        desk.theme.check(project.config)
    write(project, ingested)
    filing = Filing(summary(ingested, written=True), ingested.problems, _paths(changes))
    if basis and not changes and ingested.plan.ledger == known:
        said = msgspec.to_builtins((filing.summary, filing.problems))
        desk.memo.keep_finding("filing", basis, json.dumps(said).encode())
    return filing


def basis_of(project: Project, found: Survey, texts: Texts) -> str:
    """The digest of all that ingest decides by, empty where the file system gives no proof.

    Of the content and the static files these are the names and kinds; of dumps, ledger, topics
    and settings all that the file system says; of the texts what ingest looks at.
    """
    decisive = tuple(os.fsencode(path) for path in _decisive(project))
    rows: list[Row | tuple[bytes, int]] = []
    for row in found.sources:
        if row[0].startswith(decisive):
            if is_young(row, found.time) or S_ISLNK(row[-1]):
                return ""
            rows.append(row)
        else:
            rows.append((row[0], S_IFMT(row[-1])))
    named = [_looked_at(reading) for _, reading in sorted(texts.found.items())]
    broken = [(path, said.id) for path, said in sorted(texts.broken.items())]
    basis = msgspec.msgpack.encode((revision(*CURATION), rows, named, broken))
    return blake2b(basis, digest_size=16).hexdigest()


def _decisive(project: Project) -> Iterator[Path]:
    content = project.content
    yield from (content / name for name in (TRANSMISSIONS, ledgers.FILE, taxonomies.FILE))
    yield from (project.root / CONFIG, shipped_taxonomy())


def _looked_at(reading: Reading) -> tuple[str, ...]:
    """A record with an id is compared with the dumps; of another only the names are in the way."""
    article = reading.article
    own = (reading.key,) if article.id else (article.title, article.slug)
    return article.path, article.id, *own


def _paths(changes: "Iterable[Change]") -> tuple[str, ...]:
    return tuple(change.path for change in changes)


def _refuse_lost_dumps(known: Ledger, problems: tuple[Problem, ...]) -> None:
    """Raise KbError where a dump that has its place on the site cannot be read any more."""
    here = {s.transmission for line in known.values() for s in line.sightings}
    codes = {"unreadable-transmission", "empty-transmission"}
    lost = {
        problem
        for problem in problems
        if problem.code in codes and problem.place.path.partition("/transmissions/")[2] in here
    }
    if lost:
        raise KbError([replace(p, severity=Severity.ERROR) if p in lost else p for p in problems])
