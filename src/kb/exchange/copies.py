"""What of an article travels from one project to another?"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b

import msgspec

from kb.library import ledger as ledgers
from kb.library.ledger import Ledger, LedgerLine
from kb.library.records import Record, normalise, parse, split
from kb.model import ArticleId
from kb.problems import KbError, Place, Problem
from kb.slugs import is_slug

VERSION = 1
"""Of both formats; what a later kb writes otherwise gets another number."""
ARTICLES = "articles/"
_BREAK = re.compile(r"\r\n|\r|\n")
_ID = re.compile(r"[a-z0-9-]{1,64}")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\]")


@dataclass(frozen=True, slots=True)
class Copy:
    """An article on its way: its file, and what the ledger knows of it.

    `path` is the file's below content/articles, `text` is all of it, with its own line ends.
    `record` is None for an article that a person deleted: the ledger's line travels alone, so that
    it stays deleted. `place` is where the copy stands in what is imported.
    """

    path: str
    text: str
    record: Record | None
    line: LedgerLine | None
    place: Place

    @property
    def id(self) -> ArticleId:
        """The article's id, empty where it has none."""
        return self.record.article.id if self.record else self.line.id if self.line else _NONE


_NONE = ArticleId("")


def copies(
    records: Iterable[Record],
    folder: str,
    texts: Mapping[str, str],
    ledger: Ledger,
    lost: frozenset[ArticleId],
) -> tuple[Copy, ...]:
    """A copy of every record by its path, then one of each that a person deleted by its id.

    `folder` is that of the articles, `texts` are the files' own by the path of the record, `lost`
    the ids in files that cannot be parsed: they are not deleted, and do not travel.
    """
    kept = tuple(
        Copy(
            below(record.article.path, folder),
            texts[record.article.path],
            record,
            ledger.get(record.article.id),
            Place(record.article.path),
        )
        for record in sorted(records, key=lambda record: record.article.path)
    )
    gone = sorted(ledger.keys() - {copy.id for copy in kept} - lost)
    return (*kept, *(Copy("", "", None, ledger[article], Place(article)) for article in gone))


def arrived(path: str, text: str, line: LedgerLine | None, place: Place) -> Copy:
    """The copy of a file that came in as `text`. Raises KbError for what makes it no record."""
    problem = unsafe_path(path, place)
    if problem:
        raise KbError(problem)
    try:
        text.encode()
        record = parse(text, ARTICLES + path)
    except UnicodeEncodeError as error:
        fact = f"{error.object[error.start]!r} is half a character"
        raise KbError(Problem("broken-text", fact, place, "remove it")) from None
    except KbError as error:
        raise KbError(moved(problem, place) for problem in error.problems) from None
    if line and line.id != record.article.id:
        fact = f'the ledger\'s line is of "{line.id}", the front matter has "{record.article.id}"'
        raise KbError(Problem("wrong-id", fact, place, "an id is never changed: put it back"))
    return Copy(path, text, record, line, place)


def ledger_entry(line: LedgerLine | None) -> object:
    """The ledger's line as JSON shows it, with all that the ledger keeps."""
    return msgspec.json.decode(ledgers.render({line.id: line})) if line else None


def ledger_line(entry: object, place: Place) -> LedgerLine | None:
    """The ledger's line that JSON shows. Raises KbError for one that no kb would write."""
    if entry is None:
        return None
    try:
        [line] = ledgers.parse(msgspec.json.encode(entry), "").values()
    except (KbError, ValueError) as error:
        what = error.problems[0].message if isinstance(error, KbError) else "it is no line"
        raise KbError(Problem("broken-ledger", what, place, _WHOLE)) from None
    names = [sighting.transmission for sighting in line.sightings]
    if not _ID.fullmatch(line.id) or not all(map(is_slug, line.slugs)):
        fact = f'"{line.id}" has an id or a slug that kb does not make'
        raise KbError(Problem("broken-ledger", fact, place, _WHOLE))
    if any(unsafe_name(name) for name in names):
        fact = f'"{line.id}" was seen in a transmission whose name leads out of its folder'
        raise KbError(Problem("broken-ledger", fact, place, _WHOLE))
    return line


_WHOLE = "export again, or restore the file: this was changed on its way"


def cut(text: str) -> tuple[str, str]:
    """Front matter and body as they are written: joined they are the text."""
    plain = normalise(text)
    _, body = split(plain, "")
    lines = plain[: len(plain) - len(body)].count("\n")
    if not body:
        return text, ""
    ends = [found.end() for _, found in zip(range(lines), _BREAK.finditer(text), strict=False)]
    start = ends[-1] if ends else len(text) - len(text.removeprefix("﻿"))
    return text[:start], text[start:]


def below(path: str, folder: str) -> str:
    """A record's path below the folder of articles."""
    return path.removeprefix(f"{folder}/")


def digest(content: bytes) -> str:
    """What tells whether a file is still as it was written."""
    return blake2b(content, digest_size=16).hexdigest()


def unsafe_name(name: str) -> bool:
    """Whether a relative path leads out of its folder, is hidden in it or is none."""
    return bool(_UNSAFE.search(name)) or any(
        not part or part.startswith(".") or len(part.encode(errors="replace")) > 255
        for part in name.split("/")
    )


def unsafe_path(path: str, place: Place) -> Problem | None:
    """The problem of a path that no record may have."""
    if not unsafe_name(path) and path.endswith(".md"):
        return None
    fact = f"{path[:200]!r} is no path of a record below content/articles"
    return Problem("unsafe-path", fact, place, "a path such as notes/lora.md, nothing hidden")


def moved(problem: Problem, place: Place) -> Problem:
    """A problem of a record's text, at the place where the text came from."""
    if place.line:
        return replace(problem, place=place, source="")
    return replace(problem, place=replace(problem.place, path=place.path))
