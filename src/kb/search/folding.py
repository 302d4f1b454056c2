"""Which texts are the same to a search?

The client folds what a reader types in the same way: docs/search.md, tests/cases/search.json.
"""

import re
from unicodedata import normalize

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]+"
)
"""What has no shape of its own: joiners, marks of direction, variants of signs, soft hyphens."""
_LONE = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile("[\\x00-\\x20\\x7f-\\x9f\u1680\u2028\u2029]+")


def fold(text: str) -> str:
    """The text with case, width and blanks folded, on one line.

    >>> fold(" Ｔransformer\\n 模型 ")
    'transformer 模型'
    """
    if not text.isascii():
        text = normalize("NFKC", _LONE.sub("\ufffd", _UNSEEN.sub("", text))).lower()
        text = normalize("NFKC", text).replace("ς", "σ")
    return _BLANKS.sub(" ", text.lower()).strip(" ")
