"""How large is a picture, so that a page need not move when it arrives?

Headers: PNG (ISO 15948), GIF89a, JPEG (ITU T.81) with Exif 2.3, WebP (RFC 9649), SVG 2.
"""

import re
import struct
from collections.abc import Callable, Iterator
from struct import unpack_from

Size = tuple[int, int]

_SVG = re.compile(rb"<svg\b([^>]*)>", re.IGNORECASE)
_LENGTH = re.compile(rb"""\b(width|height)\s*=\s*["']\s*([0-9.]+)(?:px)?\s*["']""", re.IGNORECASE)
_BOX = re.compile(
    rb"""\bviewBox\s*=\s*["']\s*[-0-9.]+[\s,]+[-0-9.]+[\s,]+([0-9.]+)[\s,]+([0-9.]+)"""
)
_NO_FRAME = {0xC4, 0xC8, 0xCC}
_ORIENTATION = 0x0112


def size_of(content: bytes) -> Size | None:
    """Width and height in pixels, None where the content is no picture that we can read."""
    for signature, read in _READERS:
        if content.startswith(signature):
            try:
                width, height = read(content)
            except (struct.error, ValueError, StopIteration, IndexError):
                return None
            return (width, height) if width > 0 and height > 0 else None
    return _svg(content[:4096])


def _png(content: bytes) -> Size:
    return unpack_from(">II", content, 16)


def _gif(content: bytes) -> Size:
    return unpack_from("<HH", content, 6)


def _webp(content: bytes) -> Size:
    kind = content[12:16]
    if kind == b"VP8X":
        return (_short(content, 24) + 1, _short(content, 27) + 1)
    if kind == b"VP8L":
        bits = unpack_from("<I", content, 21)[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = unpack_from("<HH", content, 26)
    return width & 0x3FFF, height & 0x3FFF


def _short(content: bytes, at: int) -> int:
    return int.from_bytes(content[at : at + 3], "little")


def _jpeg(content: bytes) -> Size:
    is_turned = False
    for marker, at in _segments(content):
        if marker == 0xE1 and content.startswith(b"Exif\0\0", at):
            is_turned = _orientation(content, at + 6) > 4
        if 0xC0 <= marker <= 0xCF and marker not in _NO_FRAME:
            height, width = unpack_from(">HH", content, at + 1)
            return (height, width) if is_turned else (width, height)
    raise ValueError("no frame")


def _segments(content: bytes) -> Iterator[tuple[int, int]]:
    """Marker and place of each segment."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        yield content[at + 1], at + 4
        at += 2 + unpack_from(">H", content, at + 2)[0]


def _orientation(content: bytes, start: int) -> int:
    """How the camera was held: over 4, a quarter turn."""
    order = "<" if content[start : start + 2] == b"II" else ">"
    at = start + unpack_from(f"{order}I", content, start + 4)[0]
    for entry in range(unpack_from(f"{order}H", content, at)[0]):
        tag, _, _, value = unpack_from(f"{order}HHIH", content, at + 2 + 12 * entry)
        if tag == _ORIENTATION:
            return int(value)
    return 1


def _svg(head: bytes) -> Size | None:
    found = _SVG.search(head)
    if found is None:
        return None
    lengths = {name.lower(): round(float(value)) for name, value in _LENGTH.findall(found[1])}
    if len(lengths) == 2:
        return lengths[b"width"], lengths[b"height"]
    box = _BOX.search(found[1])
    return (round(float(box[1])), round(float(box[2]))) if box else None


_READERS: tuple[tuple[bytes, Callable[[bytes], Size]], ...] = (
    (b"\x89PNG\r\n\x1a\n", _png),
    (b"GIF8", _gif),
    (b"RIFF", _webp),
    (b"\xff\xd8", _jpeg),
)
