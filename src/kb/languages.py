"""Which language is a text written in?"""

import re
from itertools import islice
from math import ceil

_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿]")

CHINESE_SHARE = 0.08
"""Share of Han among visible characters from which a text counts as Chinese.

Chinese technical prose is full of English words and formulas; English prose has next to no Han.
"""


def language_of(text: str) -> str:
    """`zh` or `en`, by the share of Han characters in the first 4,000."""
    head = text[:4000]
    fewest = ceil(CHINESE_SHARE * len("".join(head.split())))
    return "zh" if fewest and len(list(islice(_HAN.finditer(head), fewest))) == fewest else "en"
