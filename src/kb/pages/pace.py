"""How long does a text take to read?"""

import re
from math import ceil

CHARACTERS = 400
"""Chinese, Japanese or Korean characters a minute: as many words as below, of 1.6 characters."""
WORDS = 240
"""Words of other scripts a minute, as adults read non-fiction silently.

M. Brysbaert, How many words do we read per minute? (2019), https://doi.org/10.1016/j.jml.2019.104047
"""

_DENSE = re.compile("[\u3000-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]+")
"""Characters that are written without spaces between words, and their punctuation."""


def minutes(text: str) -> int:
    """The minutes that a text takes, rounded up: characters and words each at their own pace.

    >>> minutes("字" * 800 + " word" * 241)
    4
    """
    rest, runs = _DENSE.subn(" ", text)
    characters = len(text) - len(rest) + runs
    return ceil(characters / CHARACTERS + len(rest.split()) / WORDS)
