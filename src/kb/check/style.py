"""Which files does a stylesheet ask for?

Strings and addresses as in https://www.w3.org/TR/css-syntax-3/ , but for escapes in them.
"""

import re
from collections.abc import Iterator

from kb.check.mentions import Kind, Seen, mentions

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ADDRESS = re.compile(
    r"""url\(\s*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'()]+))\s*\)"""
    r"""|@import\s+(?:"([^"\n]*)"|'([^'\n]*)')""",
    re.IGNORECASE,
)


def seen(css: str) -> Seen:
    """What the text of a stylesheet asks for."""
    return Seen(tuple(mentions(Kind.NEEDED, addresses(css))))


def addresses(css: str) -> Iterator[str]:
    """Each address in the text of a stylesheet, as it is written."""
    for found in _ADDRESS.finditer(_COMMENT.sub(" ", css)):
        yield next(filter(None, found.groups()), "")
