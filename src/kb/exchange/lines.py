"""How does an article travel in one line of JSON?

Every line has `version`, `path` (below content/articles), the fields of the front matter, its
unknown keys under `extra`, `head` (the front matter as it is written, comments and all), `body`,
and `ledger` (what ingest remembers, or null). An article that a person deleted has `id`, `removed`
and `ledger`. Where the fields no longer say what `head` says, the fields are right: so a program
may change them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from dataclasses import fields as dataclass_fields
from itertools import chain
from typing import Any

import msgspec

from kb.exchange.copies import Copy, arrived
from kb.exchange.cut import cut
from kb.exchange.fields import agrees, head_of, says
from kb.exchange.ledger_line import ledger_entry, ledger_line
from kb.library.fields import READERS
from kb.library.records import parse
from kb.marked_yaml import DEEPEST
from kb.problems import KbError, Place, Problem
from kb.slugs import slugify

VERSION = 1
"""Of both formats; what a later kb writes otherwise gets another number."""
LONGEST = 64 * 2**20
"""Bytes of a line: more than any article has."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line's values, by their types."""

    version: int
    path: str = ""
    id: str = ""
    title: str = ""
    slug: str = ""
    topic: str = ""
    tags: tuple[str, ...] = ()
    lang: str = ""
    date: str = ""
    updated: str = ""
    aliases: tuple[str, ...] = ()
    draft: bool = False
    description: str = ""
    truncated: bool = False
    extra: dict[str, Any] = field(default_factory=dict)
    head: str = ""
    body: str = ""
    removed: bool = False
    ledger: dict[str, Any] | None = None


_KEYS = frozenset(key.name for key in dataclass_fields(_Entry))


def render(copies: Iterable[Copy]) -> Iterator[bytes]:
    """A line for each copy, without its end."""
    return (msgspec.json.encode(_shown(copy)) for copy in copies)


def read(content: bytes, name: str) -> tuple[tuple[Copy, ...], tuple[Problem, ...]]:
    """The copies in the file `name`, and the problems of the lines that hold none."""
    found: list[Copy] = []
    problems: list[Problem] = []
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            found.append(_copy(line, Place(name, number, 1)))
        except KbError as error:
            problems += error.problems
    return tuple(found), tuple(problems)


def decoded(line: bytes, place: Place) -> dict[str, Any]:
    """The JSON object of a line that this kb can read. Raises KbError."""
    if len(line) > LONGEST:
        fact = f"this line has {len(line) // 2**20} MiB, and no article has as many"
        raise KbError(Problem("long-line", fact, place, "look what it is"))
    try:
        entry = msgspec.json.decode(line, type=dict[str, Any])
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        fact = f"this is no line of an export: {error}"
        raise KbError(Problem("broken-line", fact, place, "a line is one JSON object")) from None
    if _is_deep(entry):
        fact = f"this line is nested deeper than {DEEPEST} levels"
        raise KbError(Problem("broken-line", fact, place, "no front matter can hold that"))
    version = entry.get("version")
    if version != VERSION:
        fact = f"this line is of version {str(version)[:20]}, and kb reads version {VERSION}"
        hint = "update kb" if isinstance(version, int) else f'begin it with "version": {VERSION}'
        raise KbError(Problem("unknown-version", fact, place, hint))
    return entry


def _is_deep(entry: dict[str, Any]) -> bool:
    """Whether more is nested in a line than in any front matter."""
    level: list[Any] = [entry]
    for _ in range(DEEPEST + 2):  # `extra` in the line stands for the front matter
        inner = (
            v.values() if isinstance(v, dict) else v for v in level if isinstance(v, dict | list)
        )
        level = list(chain.from_iterable(inner))
    return bool(level)


def is_export(content: bytes) -> bool:
    """Whether a file begins as kb's own export does; so does an empty one."""
    first = content.lstrip().partition(b"\n")[0]
    try:
        return not first or "ledger" in decoded(first, Place(""))
    except KbError:
        return False


def _shown(copy: Copy) -> dict[str, object]:
    ledger = ledger_entry(copy.line)
    if copy.record is None:
        return {"version": VERSION, "id": copy.id, "removed": True, "ledger": ledger}
    head, body = cut(copy.text)
    texts = {"head": head, "body": body, "ledger": ledger}
    return {"version": VERSION, "path": copy.path, **says(copy.record.article), **texts}


def _copy(line: bytes, place: Place) -> Copy:
    raw = decoded(line, place)
    strange = {key: raw[key] for key in raw.keys() - _KEYS}
    try:
        entry = msgspec.convert({key: raw[key] for key in raw.keys() & _KEYS}, _Entry)
    except msgspec.ValidationError as error:
        fact, hint = f"this line is wrong: {error}", "`kb export` shows what a line may hold"
        raise KbError(Problem("broken-line", fact, place, hint)) from None
    known = ledger_line(entry.ledger, place)
    if entry.removed:
        if known is None:
            fact = "this line removes an article of which no ledger knows"
            raise KbError(Problem("broken-line", fact, place, "remove the line"))
        return Copy("", "", None, known, place)
    path = entry.path or f"{entry.slug or slugify(entry.title)}.md"
    fields = {**raw, "extra": {**entry.extra, **strange}}
    return arrived(path, _text(entry, fields, path, place), known, place)


def _text(entry: _Entry, fields: dict[str, Any], path: str, place: Place) -> str:
    """The file's text: with the front matter as it was written if that says the same."""
    written = entry.head + entry.body
    if _says(written, fields, path):
        return written
    composed = head_of({key: getattr(entry, key) for key in READERS}, fields["extra"]) + entry.body
    if not _says(composed, fields, path):
        fact = "the fields of this line are none that front matter can hold"
        hint = "ids, slugs, dates, languages are written as in a record; `kb export` shows them"
        raise KbError(Problem("broken-line", fact, place, hint))
    return composed


def _says(text: str, fields: dict[str, Any], path: str) -> bool:
    try:
        return agrees(parse(text, path).article, fields)
    except KbError:
        return False
