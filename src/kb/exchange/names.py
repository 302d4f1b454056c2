"""Under which file name can every system and tool hold an article that a person finds by title?"""

import re
import unicodedata
from collections.abc import Container
from itertools import chain, count

from kb.slugs import slugify

LONGEST = 120
"""Bytes of a name: 40 Chinese characters; folders and name stay below the 260 of Windows."""

# Refused by Windows, or read as part of a link by Obsidian. Full width they look the same, and a
# link to such a name still finds the title, because names are compared with widths folded.
_WIDE = {ord(sign): chr(ord(sign) + 0xFEE0) for sign in '<>:"/\\|?*#^[]'}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Hugo and Zensical take them for the page of their folder.
_OF_FOLDERS = {"index", "_index", "readme"}


def readable(title: str, slug: str) -> str:
    """A name, without extension, that says the title and is legal everywhere."""
    plain = unicodedata.normalize("NFC", _CONTROL.sub("", " ".join(title.split())))
    name = _shortened(plain.translate(_WIDE).replace("： ", "：").lstrip("._ ")).rstrip(". ")
    return f"{name} ({slug})" if folded(name) in _OF_FOLDERS or _is_reserved(name) else name or slug


def unique(name: str, slug: str, taken: Container[str]) -> str:
    """`name`, or with the slug, or a number, where a name that folds the same is `taken`."""
    numbered = (f"{name} ({slug} {number})" for number in count(2))
    return next(n for n in chain((name, f"{name} ({slug})"), numbered) if folded(n) not in taken)


def folded(name: str) -> str:
    """What two names have in common that are one file on some system."""
    return unicodedata.normalize("NFKC", name).casefold()


def _shortened(name: str) -> str:
    return name.encode()[:LONGEST].decode(errors="ignore")


def _is_reserved(name: str) -> bool:
    """Whether Windows keeps the name for a device, with any extension: slugs refuse these too."""
    stem = unicodedata.normalize("NFKC", name.split(".", 1)[0]).strip().lower()
    return slugify(stem) == f"{stem}-page"
