"""What did the last good build read and render, so that this one need not?"""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from kb.markup import Markup
from kb.pages.brief import Brief, brief
from kb.problems import Problem

_FILE = "memo.sqlite"
DAMAGE = (sqlite3.DatabaseError, UnicodeError, msgspec.MsgspecError)
"""What a file raises that is damaged, or made by another version of kb."""
_TABLES = """
create table if not exists texts (
    path text primary key, digest text not null, text text not null);
create table if not exists briefs (key text primary key, brief blob not null) without rowid;
create table if not exists markups (key text primary key, markup blob not null);
create table if not exists pages (
    path text primary key, fingerprint text not null, digest text not null,
    stamp blob not null, parts blob not null) without rowid;
create table if not exists kin (key text primary key, kin blob not null);
"""
_BRIEFS = msgspec.msgpack.Decoder(tuple[Brief, tuple[Problem, ...]])
_MARKUPS = msgspec.msgpack.Decoder(Markup)

Noted = tuple[Brief, tuple[Problem, ...]]
"""The brief of a markup, and what is wrong with its text."""
Made = tuple[str, bytes, bytes]
"""A key, and what is remembered by it: a brief with its problems, and a markup."""


@dataclass(frozen=True, slots=True)
class Known:
    """A published page: its fingerprint, the digest of its bytes, the stamp that proves these.

    `parts` are checksums of the parts of its view, by which a change of it can be named.
    """

    fingerprint: str
    digest: str
    stamp: bytes
    parts: bytes


class Markups:
    """The remembered markups, for a reader in any process."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / _FILE)

    def of(self, key: str) -> Markup:
        """A remembered markup. Raises one of DAMAGE where the file has lost it."""
        row = self._connection.execute("select markup from markups where key = ?", (key,))
        found = row.fetchone()
        if found is None:
            raise sqlite3.DatabaseError("a brief is here, and its markup is not")
        try:
            return _MARKUPS.decode(found[0])
        except msgspec.MsgspecError as error:
            raise sqlite3.DatabaseError(str(error)) from None

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()


class Memo:
    """A small database in the cache folder; losing it costs only time."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
        self._path = folder / _FILE
        try:
            self._open()
        except DAMAGE:
            self._begin_anew()

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
        return not self._digests

    def text(self, path: str) -> str | None:
        """The last good text of a file, if one is remembered."""
        found = self._connection.execute("select text from texts where path = ?", (path,))
        return next((text for (text,) in found), None)

    @property
    def briefs(self) -> dict[str, Noted]:
        """All remembered briefs by the key of their markup, and the problems of the text."""
        return self._briefs

    @property
    def pages(self) -> dict[str, Known]:
        """Every published page by its path."""
        return self._pages

    def add(self, made: Iterable[Made]) -> None:
        """Remember markups and their briefs."""
        rows = list(made)
        with self._connection as transaction:
            query = "insert or replace into briefs values (?, ?)"
            transaction.executemany(query, [(key, brief) for key, brief, _ in rows])
            query = "insert or replace into markups values (?, ?)"
            transaction.executemany(query, [(key, markup) for key, _, markup in rows])
        self._briefs |= {key: _BRIEFS.decode(brief) for key, brief, _ in rows}

    def keep_texts(self, texts: Mapping[str, str], keys: Iterable[str]) -> None:
        """Remember these texts and the markups of these keys, and forget all others."""
        digests = {path: _digest(text) for path, text in texts.items()}
        new = [
            (path, digest, texts[path])
            for path, digest in digests.items()
            if self._digests.get(path) != digest
        ]
        gone = [(path,) for path in self._digests.keys() - digests.keys()]
        stale = [(key,) for key in self._briefs.keys() - set(keys)]
        with self._connection as transaction:
            transaction.executemany("delete from texts where path = ?", gone)
            transaction.executemany("insert or replace into texts values (?, ?, ?)", new)
            transaction.executemany("delete from briefs where key = ?", stale)
            transaction.executemany("delete from markups where key = ?", stale)

    def keep_pages(self, pages: Mapping[str, Known]) -> None:
        """Remember these pages and forget all others."""
        gone = [(path,) for path in self._pages.keys() - pages.keys()]
        new = [
            (path, page.fingerprint, page.digest, page.stamp, page.parts)
            for path, page in pages.items()
            if self._pages.get(path) != page
        ]
        with self._connection as transaction:
            transaction.executemany("delete from pages where path = ?", gone)
            transaction.executemany("insert or replace into pages values (?, ?, ?, ?, ?)", new)

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
        self._connection = sqlite3.connect(self._path)
        self._connection.execute("pragma synchronous = off")
        self._connection.executescript(_TABLES)
        self._digests = dict(self._rows("select path, digest from texts"))
        briefs = self._rows("select key, brief from briefs")
        self._briefs = {key: _BRIEFS.decode(brief) for key, brief in briefs}
        pages = self._rows("select path, fingerprint, digest, stamp, parts from pages")
        self._pages = {path: Known(*page) for path, *page in pages}

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(query).fetchall()

    def _begin_anew(self) -> None:
        self._connection.close()
        self._path.unlink(missing_ok=True)
        self._open()


def encoded(key: str, markup: Markup) -> Made:
    """A markup as it is remembered."""
    noted = brief(markup, key), markup.problems
    return key, msgspec.msgpack.encode(noted), msgspec.msgpack.encode(markup)


def _digest(text: str) -> str:
    return blake2b(text.encode(errors="surrogatepass"), digest_size=16).hexdigest()
