"""What does ingest remember of each record from run to run?

One JSON line a record, sorted by id, so that a diff of the file reads as a diff of the library.
"""

from dataclasses import dataclass, field, fields
from operator import attrgetter

import msgspec

from kb.model import NOBODY, ArticleId, Digest, Sighting, Slug
from kb.problems import KbError, Place, Problem

FILE = "ledger.jsonl"


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """What ingest knows of one record.

    `slugs` are all that its URL ever had, the current one last. `keys` are digests of the folded
    texts that were recognised as this article. `wrote` has the digest of what ingest last wrote
    in each field: a field with another value belongs to the person. `pending` has those that a run
    was about to write: after one that died, whichever the field holds is the machine's.
    `named_by` is the way that led to the title which ingest last found, `into` the article that a
    rule of the project merged this one into. `waiting` are the digests of the longest text
    that came for a body of a person's, and of that body: while it is that, the text waits.
    """

    id: ArticleId
    slugs: tuple[Slug, ...]
    keys: tuple[Digest, ...]
    sightings: tuple[Sighting, ...]
    wrote: dict[str, Digest]
    pending: dict[str, Digest] = field(default_factory=dict)
    named_by: str = ""
    into: ArticleId = NOBODY
    waiting: tuple[Digest, ...] = ()


Ledger = dict[ArticleId, LedgerLine]


def parse(text: bytes, path: str) -> Ledger:
    """The ledger in the text of its file. Raises KbError naming the line that cannot be read."""
    ledger: Ledger = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            entry = msgspec.json.decode(line, type=LedgerLine)
        except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
            fact = f"this line of the ledger cannot be read: {error}"
            hint = "restore the file from your version control; it holds what kb may not forget"
            raise KbError(Problem("broken-ledger", fact, Place(path, number, 1), hint)) from None
        if entry.id in ledger:
            fact = f'a line above is of the article "{entry.id}" too'
            hint = "a merge has kept both: keep the one with more sightings"
            raise KbError(Problem("broken-ledger", fact, Place(path, number, 1), hint))
        ledger[entry.id] = entry
    return ledger


def render(ledger: Ledger) -> bytes:
    """The text of the ledger's file."""
    lines = sorted(ledger.values(), key=attrgetter("id"))
    return b"".join(msgspec.json.encode(_shown(line)) + b"\n" for line in lines)


def _shown(line: LedgerLine) -> dict[str, object]:
    """A line as it is written: what is empty as a rule is there only while it matters."""
    shown = {key: getattr(line, key) for key in _KEYS}
    return {key: value for key, value in shown.items() if value or key not in _RARE}


_RARE = frozenset({"pending", "named_by", "into", "waiting"})
_KEYS = tuple(key.name for key in fields(LedgerLine))
