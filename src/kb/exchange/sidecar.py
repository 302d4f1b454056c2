"""What does the hidden file of an exported folder tell of the other files?

While an export is at work the file lists what was there and what comes, so that one that dies is
taken for what it is: half of an export, from which nothing was deleted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from typing import Any

import msgspec

from kb.exchange.ledger_line import ledger_entry, ledger_line
from kb.exchange.lines import VERSION, decoded
from kb.exchange.links import Swap
from kb.exchange.paths import is_unsafe_name
from kb.library.ledger import LedgerLine
from kb.library.records import normalise
from kb.problems import KbError, Place, Problem

SIDECAR = ".kb-export.jsonl"


class Stage(StrEnum):
    """How sure it is that a listed file is there.

    Settled: an export wrote it and ended. Coming: an export at work writes it. Going: an export at
    work removes it, or writes another in its place.
    """

    SETTLED = ""
    COMING = "coming"
    GOING = "going"


@dataclass(frozen=True, slots=True)
class Listing:
    """What the sidecar tells of one file: how it was exported, and what it came from.

    `file` is empty for an article that a person deleted. `digest` is that of the exported bytes,
    `path` the record's below content/articles, `head` its front matter if the file shows another,
    `record` the digest of the record's text (empty where an older kb did not tell).
    """

    file: str
    digest: str
    path: str
    swaps: tuple[Swap, ...]
    ledger: LedgerLine | None
    head: str | None = None
    stage: Stage = Stage.SETTLED
    record: str = ""

    @property
    def article(self) -> str:
        """What all listings of one article have in common: its id, without one its path."""
        return f"id {self.ledger.id}" if self.ledger else f"path {self.path}"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the sidecar, by its types."""

    version: int
    file: str = ""
    digest: str = ""
    path: str = ""
    swaps: tuple[Swap, ...] = ()
    ledger: dict[str, Any] | None = None
    head: str | None = None
    stage: Stage = Stage.SETTLED
    record: str = ""


def render(listings: Iterable[Listing]) -> bytes:
    """The sidecar's text, made for git diffs: a line a file, sorted."""
    ordered = sorted(listings, key=lambda one: (one.file, one.stage, one.article))
    return b"".join(msgspec.json.encode(_shown(listing)) + b"\n" for listing in ordered)


def read(content: bytes, name: str) -> tuple[tuple[Listing, ...], tuple[Problem, ...]]:
    """The listings of a sidecar, and the problems of its lines that cannot be read."""
    found: list[Listing] = []
    problems: list[Problem] = []
    for number, line in enumerate(content.split(b"\n"), 1):
        try:
            if line.strip():
                found.append(_listing(line, Place(name, number, 1)))
        except KbError as error:
            problems += error.problems
    return tuple(found), tuple(problems)


def digest(content: bytes) -> str:
    """What tells whether a file is still as it was written."""
    return blake2b(content, digest_size=16).hexdigest()


def text_digest(text: str) -> str:
    """What tells whether a record is still as it was exported, whatever its line ends."""
    return digest(normalise(text).encode())


def _shown(listing: Listing) -> dict[str, object]:
    ledger = ledger_entry(listing.ledger)
    if not listing.file:
        return {"version": VERSION, "ledger": ledger}
    told = {key: getattr(listing, key) for key in ("file", "digest", "record", "path", "swaps")}
    head = {} if listing.head is None else {"head": listing.head}
    stage = {"stage": listing.stage} if listing.stage else {}
    return {"version": VERSION, **told, **head, **stage, "ledger": ledger}


def _listing(line: bytes, place: Place) -> Listing:
    raw = decoded(line, place)
    try:
        entry = msgspec.convert(raw, _Line)
    except msgspec.ValidationError as error:
        fact, hint = f"this line is wrong: {error}", "`kb export` shows what a line may hold"
        raise KbError(Problem("broken-line", fact, place, hint)) from None
    if entry.file and is_unsafe_name(entry.file):
        fact = f"{entry.file!r} is no file of this folder"
        raise KbError(Problem("unsafe-path", fact, place, "remove the line"))
    known = ledger_line(entry.ledger, place)
    if not entry.file and known is None:
        fact = "this line tells neither of a file nor of an article"
        raise KbError(Problem("broken-line", fact, place, "remove the line"))
    told = (entry.head, entry.stage, entry.record)
    return Listing(entry.file, entry.digest, entry.path, entry.swaps, known, *told)
