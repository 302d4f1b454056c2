"""When are two spellings one word?"""

import re
import unicodedata

JOINTS = re.compile(r"[\s\-_‐-―]+")
"""Spaces, hyphens and underscores between the parts of a word."""


def fold_spelling(word: str) -> str:
    """NFKC, lower case, without spaces, hyphens and underscores; `+` and `#` stay (C, C++, C#)."""
    return JOINTS.sub("", unicodedata.normalize("NFKC", word).lower())
