"""What did runs before this one find out about texts?"""

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

S = TypeVar("S")

FILE = "studies.sqlite"
SPARE = 1000
"""Studies of texts that no dump holds now which are kept, beside as many as are in use."""
_TABLES = """
create table if not exists made (by text not null);
create table if not exists studies (text blob primary key, study blob not null) without rowid;
"""


class Studies(Generic[S]):
    """Studies by text, in a small database in the cache folder; losing it costs only time.

    All are made `by` one revision of the code and the topics: for another it begins anew.
    """

    def __init__(self, folder: Path, kind: type[S], by: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / FILE
        self._decoder = msgspec.msgpack.Decoder(kind)
        self._asked: set[bytes] = set()
        try:
            self._open(by)
        except sqlite3.DatabaseError:
            self._connection.close()
            self._path.unlink(missing_ok=True)
            self._open(by)

    def __contains__(self, text: str) -> bool:
        found = self._connection.execute("select 1 from studies where text = ?", (_key(text),))
        return found.fetchone() is not None

    def of(self, text: str) -> S:
        """The study of a text. Raises KeyError for one that was not studied."""
        key = _key(text)
        self._asked.add(key)
        row = self._connection.execute("select study from studies where text = ?", (key,))
        found = row.fetchone()
        if found is None:
            raise KeyError(text)
        return self._decoder.decode(found[0])

    def keep(self, pairs: Iterable[tuple[str, S]]) -> None:
        """Remember what was found out about texts."""
        rows = [(_key(text), msgspec.msgpack.encode(study)) for text, study in pairs]
        self._connection.executemany("insert or replace into studies values (?, ?)", rows)

    def close(self) -> None:
        """Let the file go; what nobody asked for is forgotten once it is the greater part."""
        with suppress(sqlite3.DatabaseError):
            (count,) = self._connection.execute("select count(*) from studies").fetchone()
            if count > 2 * len(self._asked) + SPARE:
                every = self._connection.execute("select text from studies").fetchall()
                stale = [row for row in every if row[0] not in self._asked]
                self._connection.executemany("delete from studies where text = ?", stale)
            self._connection.commit()
        self._connection.close()

    def _open(self, by: str) -> None:
        self._connection = sqlite3.connect(self._path)
        self._connection.executescript(_TABLES)
        self._connection.execute("pragma synchronous = off")
        if self._connection.execute("select by from made").fetchall() != [(by,)]:
            self._connection.execute("delete from made")
            self._connection.execute("delete from studies")
            self._connection.execute("insert into made values (?)", (by,))


def _key(text: str) -> bytes:
    return blake2b(text.encode(errors="surrogatepass"), digest_size=16).digest()
