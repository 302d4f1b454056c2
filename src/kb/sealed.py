"""Does a cache still hold what was put there? A damaged value might go into a page, and stay."""

from zlib import crc32

_SEAL = 4
"""Bytes of the checksum before a value."""


def sealed(value: bytes) -> bytes:
    """A value after its checksum."""
    return crc32(value).to_bytes(_SEAL) + value


def unsealed(value: bytes) -> bytes | None:
    """What was sealed, None where it was damaged."""
    content = value[_SEAL:]
    return content if value[:_SEAL] == crc32(content).to_bytes(_SEAL) else None
