"""When are two spellings one word?"""

import re
import unicodedata
from functools import lru_cache

JOINTS = re.compile(r"[\s\-_‐-―]+")
"""Spaces, hyphens and underscores between the parts of a word."""


@lru_cache(maxsize=32_768)
def fold_spelling(word: str) -> str:
    """NFKC, lower case, without spaces, hyphens and underscores; `+` and `#` stay (C, C++, C#)."""
    return "".join(JOINTS.split(unicodedata.normalize("NFKC", word).lower()))


@lru_cache(maxsize=16384)
def fold_character(character: str) -> str:
    """The same for one character of a text: none, one or more. Half of a pair is no character."""
    return "\ufffd" if "\ud800" <= character <= "\udfff" else fold_spelling(character)
