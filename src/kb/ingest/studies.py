"""What did runs before this one find out about texts?"""

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from kb.sealed import sealed, unsealed

S = TypeVar("S")

FILE = "studies.sqlite"
SPARE = 1000
"""Studies of texts that no dump holds now which are kept, beside as many as are in use."""
_TABLES = """
create table if not exists studies (text blob primary key, study blob not null) without rowid;
"""


class Studies(Generic[S]):
    """Studies by text, in a small database in the cache folder; losing it costs only time.

    A study is of a text `by` a revision of the code and the topics: another revision finds none.
    Where the file cannot be used, or another kb writes to it, this run keeps its studies to
    itself. From the first `keep` to `close` no other kb can keep any.
    """

    def __init__(self, folder: Path, kind: type[S], by: str) -> None:
        self._decoder = msgspec.msgpack.Decoder(kind)
        self._by = by.encode()
        self._unsaved: dict[bytes, bytes] = {}
        self._asked: set[bytes] = set()
        self._connection = _opened(folder / FILE)

    def __contains__(self, text: str) -> bool:
        return self._found(self._key(text)) is not None

    def of(self, text: str) -> S | None:
        """The study of a text, None for one that was not studied, or forgotten since."""
        key = self._key(text)
        self._asked.add(key)
        found = self._found(key)
        return None if found is None else self._decoder.decode(found)

    def keep(self, pairs: Iterable[tuple[str, S]]) -> None:
        """Remember what was found out about texts."""
        rows = [(self._key(text), sealed(msgspec.msgpack.encode(study))) for text, study in pairs]
        try:
            self._connection.executemany("insert or replace into studies values (?, ?)", rows)
        except sqlite3.DatabaseError:
            self._unsaved |= dict(rows)

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

    def _key(self, text: str) -> bytes:
        content = text.encode(errors="surrogatepass")
        return blake2b(content, digest_size=16, key=self._by[:64]).digest()

    def _found(self, key: bytes) -> bytes | None:
        if key in self._unsaved:
            return unsealed(self._unsaved[key])
        with suppress(sqlite3.DatabaseError):
            query = "select study from studies where text = ?"
            row: tuple[bytes] | None = self._connection.execute(query, (key,)).fetchone()
            return unsealed(row[0]) if row else None
        return None


def _opened(path: Path) -> sqlite3.Connection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return _connected(str(path))
    except (sqlite3.OperationalError, OSError):  # another kb writes, or there can be no file
        return _connected(":memory:")
    except sqlite3.DatabaseError:
        path.unlink(missing_ok=True)
        return _connected(str(path))


def _connected(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=1.0)
    try:
        connection.execute("pragma synchronous = off")
        connection.executescript(_TABLES)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection
