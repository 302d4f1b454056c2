"""When are two texts the same text, and what is an article called for ever?"""

import re
import unicodedata
from collections.abc import Container, Iterable
from hashlib import blake2b
from typing import NamedTuple

from kb.model import ArticleId, Digest

PLACEHOLDER = re.compile(
    r"\[(?:math|公式|代码|图片|表格|image|code|table|formula|视频)\]", re.IGNORECASE | re.ASCII
)
HEAD = 40
"""Folded characters that name an article; shorter texts are the same only if wholly equal."""

_KINDS = ["math", "公式", "代码", "图片", "表格", "image", "code", "table", "formula", "视频"]
_HALVES = "|".join(sorted({kind[:end] for kind in _KINDS for end in range(1, len(kind) + 1)}))
_CUT_PLACEHOLDER = re.compile(rf"\[(?:{_HALVES})?[\s.…。]*\Z", re.IGNORECASE | re.ASCII)
_SIGN = re.compile(r"[+#<>=*&%@]")
_NOT_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """The text's letters and digits alone, NFKC and case folded, without placeholders.

    A placeholder that the end of the text cuts in half is none of its letters either.
    Width, punctuation, emoji, hyphens, spaces, Markdown and the mark of a cut do not count.
    """
    tail = max(0, len(text) - 40)
    whole = text[:tail] + _CUT_PLACEHOLDER.sub("", text[tail:])
    plain = unicodedata.normalize("NFKC", PLACEHOLDER.sub(" ", whole))
    return _NOT_WORD.sub("", plain.casefold())


def digest(text: str) -> Digest:
    """64 bits of BLAKE2b as 16 hexadecimal digits."""
    return Digest(blake2b(text.encode(errors="surrogatepass"), digest_size=8).hexdigest())


class Keyed(NamedTuple):
    """A text, its folded key, the digest of that, and the id of an article that it alone makes."""

    text: str
    key: str
    digest: Digest
    own_id: ArticleId


def keyed(text: str) -> Keyed:
    """A text with its names; one without letters and digits is its own key."""
    key = fold(text) or text
    if len(key) < HEAD:  # C is not C++
        key += "".join(_SIGN.findall(unicodedata.normalize("NFKC", text)))
    return Keyed(text, key, digest(key), ArticleId(digest(key[:HEAD])[:12]))


def article_id(
    own: Iterable[ArticleId], keys: Iterable[str], taken: Container[ArticleId]
) -> ArticleId:
    """The id of the article whose variants have these ids of their own, none of the taken ones.

    It comes from the first HEAD characters, so the length of a cut and the order of dumps do not
    change it. Articles that share those use more of the text: of the folded `keys`.
    """
    found = min(own)
    if found not in taken:
        return found
    texts = tuple(keys)
    length, longest = 2 * HEAD, max(map(len, texts))
    while length < 2 * longest:
        candidate = ArticleId(min(digest(key[:length]) for key in texts)[:12])
        if candidate not in taken:
            return candidate
        length *= 2
    return ArticleId(min(map(digest, texts)))
