"""Which characters of an excerpt are no text, and how does it begin and end?"""

import re

# XML 1.0, production 2: these may not stand in a feed. https://www.w3.org/TR/xml/#charsets
# Also noncharacters, private use, bidirectional controls and invisible format characters; a joiner
# stays where it makes one emoji of two.
_ILLEGAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufff0-\ufffb"
    "\ufffe\uffff]|(?<![\u2600-\u27bf\U0001f000-\U0001faff\ufe0f])\u200d"
)
_SPACES = re.compile(r"\s+")
_DOTS = ".…。 "
_CUT = re.compile(r"\.{3,}|…+|。{3,}")
MARKER = re.compile(
    "(?:[\u2600-\u2775\u2794-\u27bf\U0001f300-\U0001faff\u2b50\u2b55]"
    "[\ufe0e\ufe0f\u200d]*+ ?)++(?=\\S)"
)
"""Icons that note-taking programs put before a callout or a bookmark: symbols, never letters."""


def drop_illegal_characters(text: str) -> str:
    """Without control characters, noncharacters and invisible marks."""
    # Each of them is unprintable, and nearly every excerpt is printable: that is known at once.
    return text if text.isprintable() else _ILLEGAL.sub("", text)


def tidy_spaces(text: str) -> str:
    """One space for each run of white space, none at the ends."""
    if text.isprintable() and "  " not in text:  # of all white space only U+0020 is printable
        return text.strip()
    return _SPACES.sub(" ", text).strip()


def mark_cut(text: str) -> str:
    """The dots of a cut as one ellipsis."""
    body = text.rstrip(_DOTS)
    tail = text[len(body) :]
    end = len(tail)
    for found in reversed(list(_CUT.finditer(tail))):
        if tail[found.end() : end].strip():
            break
        end = found.start()
    return f"{body}{tail[:end].rstrip()}…" if end < len(tail) else text


def drop_marker(text: str) -> str:
    """Without the emoji that some programs put before a block, unless there is nothing else."""
    found = MARKER.match(text)
    return text[found.end() :] if found else text
