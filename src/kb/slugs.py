"""What is a safe, lasting, readable name for a file and a URL?"""

import re
import unicodedata
from collections.abc import Container
from functools import lru_cache

from kb.model import Slug

LONGEST = 80
"""Bytes of a slug; with a suffix and an extension it stays far below every file system's 255."""

# Device names that Windows reserves in every folder, with any extension.
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
_RESERVED = {"con", "prn", "aux", "nul", *(f"{p}{n}" for p in ("com", "lpt") for n in range(10))}
_WORDS = re.compile(r"[a-z0-9]+")
_VALID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MARK = re.compile(r"[^\w\s]")
_SIGN = re.compile(r"(?<=[A-Za-z])(?:\+\+|#)|\*")
_SIGN_WORDS = {"++": " plus plus ", "#": " sharp ", "*": " star "}
_HAN = re.compile(r"[㐀-鿿豈-﫿]+")


def slugify(text: str, fallback: str = "untitled") -> Slug:
    """ASCII words of `text` joined by hyphens, Chinese as pinyin, at most LONGEST bytes.

    Shortened at a word's end. Never empty, never a name that a file system reserves.
    """
    folded = unicodedata.normalize("NFKC", text)
    spelled = _HAN.sub(lambda run: _pinyin(run.group()), folded)
    spelled = _SIGN.sub(lambda sign: _SIGN_WORDS[sign.group()], spelled)
    spelled = _MARK.sub(" ", spelled)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode("ascii")
    words = _WORDS.findall(plain.lower())
    slug = _join(words) or fallback
    return Slug(f"{slug}-page" if slug in _RESERVED else slug)


def is_slug(text: str) -> bool:
    """Whether `text` may stand in a URL and a file name as it is."""
    return bool(_VALID.fullmatch(text)) and len(text) <= LONGEST and text not in _RESERVED


def unique(slug: Slug, suffix: str, taken: Container[str]) -> Slug:
    """`slug`, or with the first characters of `suffix` where it is taken."""
    if slug not in taken:
        return slug
    for length in range(4, len(suffix) + 1):
        candidate = f"{slug[: LONGEST - length - 1].rstrip('-')}-{suffix[:length]}"
        if candidate not in taken:
            return Slug(candidate)
    return Slug(suffix)


@lru_cache(maxsize=4096)
def _pinyin(run: str) -> str:
    from pypinyin import lazy_pinyin  # its dictionary takes a tenth of a second to load

    return f" {' '.join(lazy_pinyin(run))} "


def _join(words: list[str]) -> str:
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:LONGEST]
        if len(longer) > LONGEST:
            break
        slug = longer
    return slug
