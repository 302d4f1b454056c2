"""Is the size of a picture read from its first bytes?"""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.markup import size_of

EXIF = b"Exif\0\0II*\0\x08\0\0\0\x01\0" + struct.pack("<HHII", 0x0112, 3, 1, 6) + bytes(4)
APP1 = b"\xff\xe1" + struct.pack(">H", len(EXIF) + 2) + EXIF
FRAME = b"\xff\xc2\x00\x11\x08" + struct.pack(">HH", 40, 30) + bytes(10)
PICTURES = {
    "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 30, 40) + bytes(9),
    "gif": b"GIF89a" + struct.pack("<HH", 30, 40) + bytes(3),
    "jpeg": b"\xff\xd8\xff\xe0\x00\x04\0\0"
    + FRAME.replace(b"\x00\x28\x00\x1e", b"\x00\x1e\x00\x28"),
    "lossy webp": b"RIFF\0\0\0\0WEBPVP8 " + bytes(10) + struct.pack("<HH", 30, 40),
    "lossless webp": b"RIFF\0\0\0\0WEBPVP8L" + bytes(5) + struct.pack("<I", 29 | 39 << 14),
    "extended webp": b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + b"\x1d\0\0\x27\0\0",
    "svg": b'<?xml version="1.0"?>\n<svg xmlns="x" viewBox="0 0 30.2 40">',
    "svg in pixels": b"<svg height='40' width=\"30px\" viewBox='0 0 1 1'>",
}


@pytest.mark.parametrize("kind", sorted(PICTURES.keys() - {"jpeg"}))
def test_width_and_height_are_read(kind: str) -> None:
    assert size_of(PICTURES[kind]) == (30, 40)


def test_a_photograph_held_upright_is_as_wide_as_it_is_seen() -> None:
    assert size_of(PICTURES["jpeg"]) == (40, 30)
    assert size_of(b"\xff\xd8" + APP1 + FRAME) == (40, 30)
    assert size_of(b"\xff\xd8" + FRAME) == (30, 40)


@pytest.mark.parametrize(
    "content", [b"", b"text", b"GIF89a\0\0\0\0\0", b"<svg>", b"\xff\xd8\xff\xd9"]
)
def test_what_is_no_picture_has_no_size(content: bytes) -> None:
    assert size_of(content) is None


@given(st.sampled_from(sorted(PICTURES)), st.integers(0, 60), st.binary(max_size=40))
def test_no_damage_raises(kind: str, length: int, rest: bytes) -> None:
    size = size_of(PICTURES[kind][:length] + rest)
    assert size is None or min(size) > 0
