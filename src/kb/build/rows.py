"""What did the file system say of each file when the last build ended?"""

from pathlib import Path

import msgspec

from kb import disk
from kb.disk import Row

FILE = "rows.msgpack"
_ROWS = msgspec.msgpack.Decoder(tuple[bytes, list[Row]])


def read_rows(cache: Path, digest: bytes) -> list[Row]:
    """The rows with this digest, none where they are not remembered."""
    try:
        of, rows = _ROWS.decode(disk.read_if_there(cache / FILE) or b"")
    except msgspec.MsgspecError:
        return []
    return rows if of == digest else []


def write_rows(cache: Path, digest: bytes, rows: tuple[Row, ...]) -> None:
    """Keep rows by their digest."""
    disk.write(cache / FILE, msgspec.msgpack.encode((digest, rows)), cache)
