"""What did the last good build read and render, so that this one need not?"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from kb.build.fingerprints import Frame, Planned, code
from kb.build.reading import Reading, reading_of
from kb.folder import MEMO
from kb.markup import Markup, Prose
from kb.problems import KbError
from kb.sealed import sealed, unsealed

DAMAGE = (sqlite3.DatabaseError, UnicodeError, msgspec.MsgspecError)
"""What a file raises that is damaged, or made by another version of kb."""
_PATIENCE = 60.0
"""Seconds to wait until another process of the same build has written."""
_TABLES = """
pragma synchronous = off;
create table if not exists made (by text not null);
create table if not exists readings (
    path text primary key, key text not null, stamp blob not null, reading blob not null)
    without rowid;
create table if not exists bodies (key text primary key, text blob not null, markup blob not null);
create table if not exists pages (
    path text primary key, fingerprint text not null, digest text not null, stamp blob not null)
    without rowid;
create table if not exists plans (fingerprint text primary key, page blob not null);
create table if not exists shown (
    text text not null, fingerprint text not null, primary key (text, fingerprint)) without rowid;
create table if not exists frames (frame blob not null);
create table if not exists findings (
    name text primary key, basis text not null, finding blob not null) without rowid;
"""
_PAGE = "insert or replace into pages values (?, ?, ?, ?)"
_SWEEP = """
delete from plans where fingerprint not in (select fingerprint from pages);
delete from shown where fingerprint not in (select fingerprint from pages);
"""
_READINGS = msgspec.msgpack.Decoder(Reading)
_PROSES = msgspec.msgpack.Decoder(Prose)
_MARKUPS = msgspec.msgpack.Decoder(Markup)
_PAGES = msgspec.msgpack.Decoder(Planned)
_FRAMES = msgspec.msgpack.Decoder(Frame)

Body = tuple[str, bytes, bytes]
"""A key, and what is remembered by it: a text and its markup, encoded and sealed."""


@dataclass(frozen=True, slots=True)
class Known:
    """A published page: its fingerprint, the digest of its bytes, the stamp that proves these."""

    fingerprint: str
    digest: str
    stamp: bytes


class Bodies:
    """The remembered texts and markups, for any process of a build."""

    def __init__(self, folder: Path) -> None:
        self._connection = _connected(folder)

    def text(self, key: str) -> str:
        """A remembered text. Raises one of DAMAGE where the file has lost it."""
        return self._column("text", key).decode(errors="surrogatepass")

    def markup(self, key: str) -> Markup:
        """A remembered markup. Raises one of DAMAGE where the file has lost it."""
        return _MARKUPS.decode(self._column("markup", key))

    def prose(self, key: str) -> Prose:
        """What can be searched of a remembered markup. Raises one of DAMAGE as `text` does."""
        return _PROSES.decode(self._column("markup", key))

    def add(self, bodies: Iterable[Body]) -> None:
        """Remember texts and markups."""
        self._connection.execute("pragma synchronous = off")
        with self._connection as transaction:
            transaction.executemany("insert or replace into bodies values (?, ?, ?)", bodies)

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def _column(self, name: str, key: str) -> bytes:
        query = f"select {name} from bodies where key = ?"  # noqa: S608 - a name of ours
        row = self._connection.execute(query, (key,)).fetchone()
        if row is None:
            raise sqlite3.DatabaseError("a reading is here, and its text is not")
        return _opened(row[0])


class Memo:
    """A small database in the cache folder; losing it costs only time."""

    def __init__(self, folder: Path, *, html: bool = False) -> None:
        self._html = html
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
        self._folder = folder
        self._connection = _connected(folder)
        try:
            self._open()
        except DAMAGE:
            self._connection.close()
            self.forget(folder)
            self._connection = _connected(folder)
            self._open()

    @staticmethod
    def forget(folder: Path) -> None:
        """Begin anew."""
        (folder / MEMO).unlink(missing_ok=True)

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    @property
    def is_new(self) -> bool:
        """Whether no text is remembered."""
        return not self._keys

    @property
    def _by(self) -> str:
        """What makes readings: the code, and whether it lets HTML through."""
        return f"{code()} html" if self._html else code()

    @cached_property
    def readings(self) -> dict[str, Reading]:
        """Every reading that this code made, by its path."""
        rows = self._rows("select path, reading from readings") if self._is_by_this_code else []
        return {path: _READINGS.decode(_opened(reading)) for path, reading in rows}

    @cached_property
    def stamps(self) -> dict[str, bytes]:
        """What the file system said of the file of each of these, empty where it is no proof."""
        return dict(self._rows("select path, stamp from readings"))

    @cached_property
    def pages(self) -> dict[str, Known]:
        """Every published page by its path."""
        rows = self._rows("select path, fingerprint, digest, stamp from pages")
        return {path: Known(*page) for path, *page in rows}

    @cached_property
    def _keys(self) -> dict[str, str]:
        return dict(self._rows("select path, key from readings"))

    def reading(self, path: str) -> Reading | None:
        """The reading of one file, where this code made it."""
        rows = self._rows("select reading from readings where path = ?", path)
        return _READINGS.decode(_opened(rows[0][0])) if rows and self._is_by_this_code else None

    def last_good(self, path: str) -> Reading | None:
        """The last good reading of a file, if one is remembered."""
        if path in self.readings or path not in self._keys:
            return self.readings.get(path)
        with closing(Bodies(self._folder)) as bodies:
            text = bodies.text(self._keys[path])
            try:
                reading, markup = reading_of(text, path, html=self._html)
            except KbError:  # what another version of kb took for good
                return None
            bodies.add([body_of(reading, text, markup)])
        return reading

    def keep_readings(self, readings: Mapping[str, Reading], stamps: Mapping[str, bytes]) -> None:
        """Remember these readings with their texts and markups, and forget all others."""
        new = [
            (path, reading.key, stamps.get(path, b""), sealed(msgspec.msgpack.encode(reading)))
            for path, reading in readings.items()
            if self.readings.get(path) is not reading or self.stamps[path] != stamps.get(path)
        ]
        gone = [(path,) for path in self._keys.keys() - readings.keys()]
        if not (new or gone or not self._is_by_this_code):
            return
        with self._connection as transaction:  # all in one: a reading is by the code that is named
            transaction.executemany("delete from readings where path = ?", gone)
            transaction.executemany("insert or replace into readings values (?, ?, ?, ?)", new)
            transaction.execute("delete from bodies where key not in (select key from readings)")
            transaction.execute("delete from made")
            transaction.execute("insert into made values (?)", (self._by,))

    def edit_reading(self, reading: Reading, stamp: bytes) -> None:
        """Remember another reading of a file."""
        row = reading.article.path, reading.key, stamp, sealed(msgspec.msgpack.encode(reading))
        with self._connection as transaction:
            query = "delete from bodies where key = (select key from readings where path = ?)"
            transaction.execute(query + " and key != ?", row[:2])
            transaction.execute("insert or replace into readings values (?, ?, ?, ?)", row)

    def keep_plans(self, pages: Sequence[Planned]) -> None:
        """Remember pages as they were planned, whether or not they are published."""
        rows = [(page.fingerprint, sealed(msgspec.msgpack.encode(page))) for page in pages]
        shown = [(text, page.fingerprint) for page in pages for text in page.texts]
        with self._connection as transaction:
            transaction.executemany("insert or replace into plans values (?, ?)", rows)
            transaction.executemany("insert or ignore into shown values (?, ?)", shown)

    def plan(self, fingerprint: str) -> Planned | None:
        """The published page with this fingerprint as it was planned."""
        rows = self._rows("select page from plans where fingerprint = ?", fingerprint)
        return _PAGES.decode(_opened(rows[0][0])) if rows else None

    def showing(self, text: str) -> tuple[Planned, ...]:
        """The published pages that show the text of a file."""
        query = (  # a build that failed leaves plans of pages that were never published
            "select page from shown join plans using (fingerprint)"
            " join pages using (fingerprint) where text = ?"
        )
        return tuple(_PAGES.decode(_opened(page)) for (page,) in self._rows(query, text))

    def known(self, path: str) -> Known | None:
        """What is known of one published page."""
        query = "select fingerprint, digest, stamp from pages where path = ?"
        rows = self._rows(query, path)
        return Known(*rows[0]) if rows else None

    def keep_pages(self, pages: Mapping[str, Known]) -> None:
        """Remember these pages and forget all others."""
        gone = [(path,) for path in self.pages.keys() - pages.keys()]
        new = {path: page for path, page in pages.items() if self.pages.get(path) != page}
        if gone or new:
            with self._connection as transaction:  # all in one: shards follow from text blocks
                transaction.executemany(_PAGE, _rows_of(new))
                transaction.executemany("delete from pages where path = ?", gone)
            self._connection.executescript(_SWEEP)

    def edit_pages(self, pages: Mapping[str, Known], before: Iterable[str]) -> None:
        """Remember other states of these pages, and forget the plans with the fingerprints."""
        gone = [(fingerprint,) for fingerprint in before]
        with self._connection as transaction:
            transaction.executemany(_PAGE, _rows_of(pages))
            transaction.executemany("delete from plans where fingerprint = ?", gone)
            transaction.executemany("delete from shown where fingerprint = ?", gone)

    def frame(self) -> Frame | None:
        """What the pages of the last build have in common."""
        rows = self._rows("select frame from frames")
        return _FRAMES.decode(_opened(rows[0][0])) if rows else None

    def keep_frame(self, frame: Frame) -> None:
        """Remember what all pages have in common."""
        with self._connection as transaction:
            transaction.execute("delete from frames")
            row = (sealed(msgspec.msgpack.encode(frame)),)
            transaction.execute("insert into frames values (?)", row)

    def finding(self, name: str, basis: str) -> bytes | None:
        """What was found out from a basis with this digest."""
        rows = self._rows("select finding from findings where (name, basis) = (?, ?)", name, basis)
        return _opened(rows[0][0]) if rows else None

    def keep_finding(self, name: str, basis: str, finding: bytes) -> None:
        """Remember what was found out, in the place of what was from another basis."""
        with self._connection as transaction:
            row = name, basis, sealed(finding)
            transaction.execute("insert or replace into findings values (?, ?, ?)", row)

    def _open(self) -> None:
        self._connection.executescript(_TABLES)
        self._is_by_this_code = self._rows("select by from made") == [(self._by,)]

    def _rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(query, values).fetchall()


def _rows_of(pages: Mapping[str, Known]) -> list[tuple[str, str, str, bytes]]:
    return [(path, page.fingerprint, page.digest, page.stamp) for path, page in pages.items()]


def body_of(reading: Reading, text: str, markup: Markup) -> Body:
    """What is remembered by a reading's key."""
    content = text.encode(errors="surrogatepass")
    return reading.key, sealed(content), sealed(msgspec.msgpack.encode(markup))


def _opened(value: object) -> bytes:
    """What was sealed. Raises one of DAMAGE."""
    content = unsealed(value) if isinstance(value, bytes) else None
    if content is None:
        raise sqlite3.DatabaseError("a value is not what was put here")
    return content


def _connected(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / MEMO, timeout=_PATIENCE)
