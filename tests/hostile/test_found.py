"""Does what bench/fuzz.py once found stay mended?"""

from time import process_time

import pytest
from fuzz_doors import ENTRANCES, enter

FOUND = {
    "a full stop again and again": ("dump", "<p>粗</stron" + "。" * 99 + "g></p>"),
    "footnotes that never end": ("markdown", "[^a]: 甲\n" + "[^\\[a，" * 10_000),
    "blank lines in robots.txt": ("checked", "x" + "\n" * 60_000 + "y"),
    "an image set of blanks": ("checked", f'<img srcset="{" " * 60_000}x">'),
    "a move of blanks": ("checked", f'<meta http-equiv=refresh content="{" " * 60_000}">'),
    "a ledger of lists": ("ledger", f'{{"id": "a", "x": {"[" * 2000}{"]" * 2000}}}'),
    "an export of lists": ("exports", f'{{"version": 1, "extra": {"[" * 500}{"]" * 500}}}'),
    "a field of lists": (
        "exports",
        f'{{"version": 1, "path": "a.md", "extra": {{"a": {"[" * 500}{"]" * 500}}}}}',
    ),
    "half a character in settings": ("settings", "title: a\udc80"),
    "half a character in topics": ("topics", "topics: [{id: a, zh: \udc80}]"),
    "a tab after a value": ("front matter", "---\nid: a\t\ntitle: x\n---\n"),
    "a question mark in a list": ("front matter", "---\ntags: [a, b?  c]\n---\n"),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_by_chance_is_mended(name: str) -> None:
    door, text = FOUND[name]
    entrance = ENTRANCES[door]
    enter(entrance.door, b"LATEST UPDATES\n")  # what is loaded first is not this text's time
    begin = process_time()

    enter(entrance.door, text.encode(errors="surrogateescape"))

    assert process_time() - begin < entrance.seconds
