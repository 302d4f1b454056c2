"""Which records were parsed before, by this run or one before it, and need not be again?"""

import sqlite3
from contextlib import closing
from dataclasses import fields
from pathlib import Path
from typing import Any

import msgspec

from kb.library.records import Record, normalise, parse
from kb.model import Article
from kb.problems import Place
from kb.revision import revision

FILE = "records.sqlite"
_TABLES = """
create table if not exists made (by text not null);
create table if not exists records (path text primary key, record blob not null) without rowid;
"""
_DAMAGE = (sqlite3.DatabaseError, msgspec.MsgspecError, TypeError)
_FRONT = tuple(field.name for field in fields(Article) if field.name not in {"body", "sightings"})
_Row = tuple[str, int, dict[str, Any], dict[str, tuple[int, int]]]
"""A text, how long the body at its end is, the article's fields, lines and columns of these."""
_ROWS = msgspec.msgpack.Decoder(_Row)


class Parsed:
    """Parsed records by the file, in a small database; losing it costs only time.

    A record is taken from it only where the text is the same to the letter.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, Record] | None = None
        self._new: dict[str, Record] = {}
        self._asked: set[str] = set()

    def __reduce__(self) -> tuple[type["Parsed"], tuple[Path]]:
        """A worker begins with none."""
        return Parsed, (self._folder,)

    def record(self, text: str, path: str) -> Record:
        """The record in the text of the file `path`. Raises KbError as `parse` does."""
        if self._known is None:
            self._known = self._read()
        self._asked.add(path)
        found = self._known.get(path)
        if found is None or found.text != normalise(text):
            found = self._known[path] = self._new[path] = parse(text, path)
        return found

    def keep(self) -> None:
        """Remember what this run has parsed."""
        if self._new or self._asked != (self._known or {}).keys():
            rows = [(path, _encoded(record)) for path, record in self._new.items()]
            try:
                self._write(rows)
            except _DAMAGE:
                self.forget()
            self._new = {}

    def forget(self) -> None:
        """Begin anew."""
        (self._folder / FILE).unlink(missing_ok=True)

    def _read(self) -> dict[str, Record]:
        try:
            with closing(self._open()) as connection:
                rows = connection.execute("select path, record from records").fetchall()
            return {path: _decoded(path, record) for path, record in rows}
        except _DAMAGE:
            self.forget()
            return {}

    def _write(self, rows: list[tuple[str, bytes]]) -> None:
        with closing(self._open()) as connection, connection:
            connection.executemany("insert or replace into records values (?, ?)", rows)
            known = connection.execute("select path from records").fetchall()
            gone = [row for row in known if row[0] not in self._asked]
            connection.executemany("delete from records where path = ?", gone)

    def _open(self) -> sqlite3.Connection:
        self._folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._folder / FILE)
        connection.execute("pragma synchronous = off")
        connection.executescript(_TABLES)
        by = (revision("pypinyin", "pyyaml"),)
        if connection.execute("select by from made").fetchall() != [by]:
            with connection:
                connection.execute("delete from made")
                connection.execute("delete from records")
                connection.execute("insert into made values (?)", by)
        return connection


def _encoded(record: Record) -> bytes:
    article = record.article
    front = {key: getattr(article, key) for key in _FRONT}
    places = {key: (place.line, place.column) for key, place in record.places.items()}
    return msgspec.msgpack.encode((record.text, len(article.body), front, places))


def _decoded(path: str, record: bytes) -> Record:
    text, length, front, places = _ROWS.decode(record)
    tuples = {"tags": tuple(front["tags"]), "aliases": tuple(front["aliases"])}
    article = Article(**{**front, **tuples}, body=text[len(text) - length :])
    found = {key: Place(path, line, column) for key, (line, column) in places.items()}
    return Record(article, found, text)
