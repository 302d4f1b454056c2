"""What did the last good build read and render, so that this one need not?"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from kb.markup import Markup

_FILE = "memo.sqlite"
DAMAGE = (sqlite3.DatabaseError, UnicodeError)
"""What SQLite raises for a file that is damaged, or made by another version of kb."""
_NO_MARKUP = Markup((), (), (), "", ())
_TABLES = """
create table if not exists texts (
    path text primary key, text text not null, key text not null, markup blob not null);
create table if not exists pages (
    path text primary key, fingerprint text not null, digest text not null);
"""


@dataclass(frozen=True, slots=True)
class Remembered:
    """The last good text of a file, and its markup with the key of what it was made from."""

    text: str
    key: str
    markup: Markup


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

    def texts(self) -> dict[str, Remembered]:
        """All remembered texts by file path."""
        return {path: _remembered(text, key, blob) for path, text, key, blob in self._texts}

    def pages(self) -> dict[str, tuple[str, str]]:
        """The fingerprint of every published page, and the digest of the bytes that it gave."""
        return {path: (fingerprint, digest) for path, fingerprint, digest in self._pages}

    def keep_texts(self, texts: Mapping[str, Remembered]) -> None:
        """Remember these texts and forget all others."""
        self._replace("texts", [_row(path, kept) for path, kept in texts.items()])

    def keep_pages(self, pages: Mapping[str, tuple[str, str]]) -> None:
        """Remember the fingerprints and digests of these pages and forget all others."""
        self._replace("pages", [(path, *pair) for path, pair in pages.items()])

    def _replace(self, table: str, rows: Sequence[tuple[object, ...]]) -> None:
        try:
            self._fill(table, rows)
        except DAMAGE:
            self._begin_anew()
            self._fill(table, rows)

    def _fill(self, table: str, rows: Sequence[tuple[object, ...]]) -> None:
        with self._connection as transaction:
            transaction.execute(f"delete from {table}")  # noqa: S608 - a literal of this module
            if rows:
                marks = ", ".join("?" * len(rows[0]))
                transaction.executemany(f"insert into {table} values ({marks})", rows)  # noqa: S608

    def _open(self) -> None:
        self._connection = sqlite3.connect(self._path)
        self._connection.executescript(_TABLES)
        self._texts = self._rows("select path, text, key, markup from texts")
        self._pages = self._rows("select path, fingerprint, digest from pages")

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(query).fetchall()

    def _begin_anew(self) -> None:
        self._connection.close()
        self._path.unlink(missing_ok=True)
        self._open()


def _row(path: str, kept: Remembered) -> tuple[str, str, str, bytes]:
    return path, kept.text, kept.key, msgspec.msgpack.encode(kept.markup)


def _remembered(text: str, key: str, blob: bytes) -> Remembered:
    """A row as it is; without its markup where that was made by another version of kb."""
    try:
        return Remembered(text, key, msgspec.msgpack.decode(blob, type=Markup))
    except msgspec.MsgspecError:
        return Remembered(text, "", _NO_MARKUP)
