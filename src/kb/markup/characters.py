"""Which characters are removed, escaped, Chinese, or the same when folded?"""

import re
import unicodedata
from functools import lru_cache

# What XML 1.0 forbids, C1 controls, lone surrogates and U+FFFE/F: https://www.w3.org/TR/xml/#charsets
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?")
_WIDE_SYMBOLS = "\u2014\u2026"  # dash and ellipsis, full-width in Chinese text
_SIGNS = ("Sm", "Sc")  # C and C++ are two titles
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
CHINESE = re.compile(
    "[\u2e80-\u2fff\u3001-\u303f\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\ufe10-\ufe1f\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6"
    "\U00020000-\U0003ffff]"
)
"""An ideograph, kana or a full-width sign: needs no space beside it."""


def clean(text: str) -> str:
    """`text` with newlines as line ends and without what no page may hold.

    The number of lines stays, so that a problem's line is the file's.
    """
    if "\r" in text:
        text = _LINE_ENDS.sub("\n", text)
    return _FORBIDDEN.sub("", text).replace("\u2028", " ").replace("\u2029", " ")


def without_forbidden(html: str) -> str:
    """`html` without the characters that an entity such as `&#12;` can bring back."""
    return _FORBIDDEN.sub("", html)


def escape(text: str) -> str:
    """`text` for double-quoted attributes, and wherever else it may go."""
    return escape_text(text).replace('"', "&quot;")


def escape_text(text: str) -> str:
    """`text` for the content of an element, where a quotation mark is but a letter."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    return text


def is_chinese(character: str) -> bool:
    """Whether `character` (or an empty string) is set in a full-width cell."""
    return bool(character) and CHINESE.match(character) is not None


def joins_without_space(before: str, after: str) -> bool:
    """Whether a line may end between the two characters without leaving a space.

    Two Chinese characters, or a full-width sign on either side.
    """
    if is_chinese(before) and is_chinese(after):
        return True
    return _is_wide_sign(before) or _is_wide_sign(after)


def _is_wide_sign(character: str) -> bool:
    return is_chinese(character) and unicodedata.category(character)[0] == "P"


@lru_cache(maxsize=4096)
def is_punctuation(character: str) -> bool:
    """Whether CommonMark calls it punctuation: Unicode's categories P and S."""
    return unicodedata.category(character)[0] in "PS"


def is_wide_punctuation(character: str) -> bool:
    """Whether `character` is a sign of Chinese typography, beside which no space is written."""
    return is_chinese(character) or character in _WIDE_SYMBOLS


def fold(text: str) -> str:
    """What two titles or headings share when only width, case, signs and spaces differ."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = (c for c in folded if unicodedata.category(c) in _SIGNS or c.isalnum() or _is_mark(c))
    return "".join(kept) or folded.strip()


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M" and character != "\ufe0f"
