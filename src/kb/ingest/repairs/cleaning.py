"""Which characters of an excerpt are no text, and how does it end?"""

import re

# XML 1.0, production 2: these may not stand in a feed. https://www.w3.org/TR/xml/#charsets
# Also noncharacters, private use, bidirectional controls and invisible format characters.
_ILLEGAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff"
    "\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufff0-\ufffb\ufffe\uffff]"
)
_CUT = re.compile(r"\s*(?:\.{3,}|…+|。{3,})\s*$")
_SPACES = re.compile(r"\s+")


def drop_illegal_characters(text: str) -> str:
    """Without control characters, noncharacters and invisible marks."""
    return _ILLEGAL.sub("", text)


def tidy_spaces(text: str) -> str:
    """One space for each run of white space, none at the ends."""
    return _SPACES.sub(" ", text).strip()


def mark_cut(text: str) -> str:
    """The dots of a cut as one ellipsis."""
    return _CUT.sub("…", text)
