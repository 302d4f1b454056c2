"""How does a line of the ledger travel in JSON, and which one is refused?"""

import re

import msgspec

from kb.exchange.paths import is_unsafe_name
from kb.library import ledger as ledgers
from kb.library.ledger import LedgerLine
from kb.problems import KbError, Place, Problem
from kb.slugs import is_slug

_ID = re.compile(r"[a-z0-9-]{1,64}")
_HINT = "export again, or restore the file: this was changed on its way"


def ledger_entry(line: LedgerLine | None) -> object:
    """The ledger's line as JSON shows it, with all that the ledger keeps."""
    return msgspec.json.decode(ledgers.render({line.id: line})) if line else None


def ledger_line(entry: object, place: Place) -> LedgerLine | None:
    """The ledger's line that JSON shows. Raises KbError for one that no kb would write."""
    if entry is None:
        return None
    line = _parsed(entry, place)
    names = [sighting.transmission for sighting in line.sightings]
    if not _ID.fullmatch(line.id) or not all(map(is_slug, line.slugs)):
        fact = f'"{line.id}" has an id or a slug that kb does not make'
        raise KbError(Problem("broken-ledger", fact, place, _HINT))
    if any(is_unsafe_name(name) for name in names):
        fact = f'"{line.id}" was seen in a transmission whose name leads out of its folder'
        raise KbError(Problem("broken-ledger", fact, place, _HINT))
    return line


def _parsed(entry: object, place: Place) -> LedgerLine:
    try:
        [line] = ledgers.parse(msgspec.json.encode(entry), "").values()
    except (KbError, ValueError) as error:
        what = error.problems[0].message if isinstance(error, KbError) else "it is no line"
        raise KbError(Problem("broken-ledger", what, place, _HINT)) from None
    return line
