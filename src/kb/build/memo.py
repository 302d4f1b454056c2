"""What did the last good build read and render, so that this one need not?"""

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from kb.build.fingerprints import code
from kb.build.reading import Reading, reading_of
from kb.markup import Markup
from kb.problems import KbError

_FILE = "memo.sqlite"
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
create table if not exists bodies (key text primary key, text text not null, markup blob not null);
create table if not exists pages (
    path text primary key, fingerprint text not null, digest text not null, stamp blob not null)
    without rowid;
create table if not exists views (fingerprint text primary key, view blob not null);
create table if not exists kin (key text primary key, kin blob not null);
create table if not exists filings (basis text primary key, filing text not null);
"""
_READINGS = msgspec.msgpack.Decoder(Reading)
_MARKUPS = msgspec.msgpack.Decoder(Markup)

Body = tuple[str, str, bytes]
"""A key, and what is remembered by it: the text, and its encoded markup."""


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
        return str(self._column("text", key))

    def markup(self, key: str) -> Markup:
        """A remembered markup. Raises one of DAMAGE where the file has lost it."""
        try:
            return _MARKUPS.decode(self._column("markup", key))
        except msgspec.MsgspecError as error:
            raise sqlite3.DatabaseError(str(error)) from None

    def add(self, bodies: Iterable[Body]) -> None:
        """Remember texts and markups."""
        self._connection.execute("pragma synchronous = off")
        with self._connection as transaction:
            transaction.executemany("insert or replace into bodies values (?, ?, ?)", bodies)

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def _column(self, name: str, key: str) -> Any:
        query = f"select {name} from bodies where key = ?"  # noqa: S608 - a name of ours
        row = self._connection.execute(query, (key,)).fetchone()
        if row is None:
            raise sqlite3.DatabaseError("a reading is here, and its text is not")
        return row[0]


class Memo:
    """A small database in the cache folder; losing it costs only time."""

    def __init__(self, folder: Path) -> None:
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
        (folder / _FILE).unlink(missing_ok=True)

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    @property
    def is_new(self) -> bool:
        """Whether no text is remembered."""
        return not self._keys

    @property
    def readings(self) -> Mapping[str, Reading]:
        """Every reading that this code made, by its path."""
        return self._readings

    @property
    def stamps(self) -> Mapping[str, bytes]:
        """What the file system said of the file of each of these, empty where it is no proof."""
        return self._stamps

    @property
    def pages(self) -> Mapping[str, Known]:
        """Every published page by its path."""
        return self._pages

    def last_good(self, path: str) -> Reading | None:
        """The last good reading of a file, if one is remembered."""
        if path in self._readings or path not in self._keys:
            return self._readings.get(path)
        with closing(Bodies(self._folder)) as bodies:
            text = bodies.text(self._keys[path])
            try:
                reading, markup = reading_of(text, path)
            except KbError:  # what another version of kb took for good
                return None
            bodies.add([body_of(reading, text, markup)])
        return reading

    def keep_readings(self, readings: Mapping[str, Reading], stamps: Mapping[str, bytes]) -> None:
        """Remember these readings with their texts and markups, and forget all others."""
        new = [
            (path, reading.key, stamps.get(path, b""), msgspec.msgpack.encode(reading))
            for path, reading in readings.items()
            if self._readings.get(path) is not reading or self._stamps[path] != stamps.get(path)
        ]
        gone = [(path,) for path in self._keys.keys() - readings.keys()]
        if new or gone:
            with self._connection as transaction:
                transaction.executemany("delete from readings where path = ?", gone)
                transaction.executemany("insert or replace into readings values (?, ?, ?, ?)", new)
                transaction.execute(
                    "delete from bodies where key not in (select key from readings)"
                )
        if not self._is_by_this_code:
            with self._connection as transaction:
                transaction.execute("delete from made")
                transaction.execute("insert into made values (?)", (code(),))

    def keep_views(self, views: Iterable[tuple[str, bytes]]) -> None:
        """Remember encoded views by the fingerprints of their pages."""
        with self._connection as transaction:
            transaction.executemany("insert or replace into views values (?, ?)", views)

    def view(self, fingerprint: str) -> bytes | None:
        """The encoded view of a published page."""
        query = "select view from views where fingerprint = ?"
        found = self._connection.execute(query, (fingerprint,)).fetchone()
        return found[0] if found else None

    def keep_pages(self, pages: Mapping[str, Known]) -> None:
        """Remember these pages and forget all others."""
        gone = [(path,) for path in self._pages.keys() - pages.keys()]
        new = [
            (path, page.fingerprint, page.digest, page.stamp)
            for path, page in pages.items()
            if self._pages.get(path) != page
        ]
        if gone or new:
            with self._connection as transaction:
                transaction.executemany("delete from pages where path = ?", gone)
                transaction.executemany("insert or replace into pages values (?, ?, ?, ?)", new)
                transaction.execute(
                    "delete from views where fingerprint not in (select fingerprint from pages)"
                )

    def filing(self, basis: str) -> str | None:
        """What ingest had decided by the same."""
        query = "select filing from filings where basis = ?"
        found = self._connection.execute(query, (basis,)).fetchone()
        return found[0] if found else None

    def keep_filing(self, basis: str, filing: str) -> None:
        """Remember what ingest decided, and forget what it did before."""
        with self._connection as transaction:
            transaction.execute("delete from filings")
            transaction.execute("insert into filings values (?, ?)", (basis, filing))

    def kin(self, key: str) -> bytes | None:
        """What was found out of a library with this digest."""
        found = self._connection.execute("select kin from kin where key = ?", (key,)).fetchone()
        return found[0] if found else None

    def keep_kin(self, key: str, kin: bytes) -> None:
        """Remember what was found out of a library, and forget what of others."""
        with self._connection as transaction:
            transaction.execute("delete from kin")
            transaction.execute("insert into kin values (?, ?)", (key, kin))

    def _open(self) -> None:
        self._connection.executescript(_TABLES)
        self._is_by_this_code = self._rows("select by from made") == [(code(),)]
        self._keys: dict[str, str] = dict(self._rows("select path, key from readings"))
        query = "select path, stamp, reading from readings"
        rows = self._rows(query) if self._is_by_this_code else []
        self._readings = {path: _READINGS.decode(reading) for path, _, reading in rows}
        self._stamps = {path: stamp for path, stamp, _ in rows}
        rows = self._rows("select path, fingerprint, digest, stamp from pages")
        self._pages = {path: Known(*page) for path, *page in rows}

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(query).fetchall()


def body_of(reading: Reading, text: str, markup: Markup) -> Body:
    """What is remembered by a reading's key."""
    return reading.key, text, msgspec.msgpack.encode(markup)


def _connected(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / _FILE, timeout=_PATIENCE)
