"""Which language is a text written in?"""

import re

_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿]")
_SEEN = re.compile(r"\S")

CHINESE_SHARE = 0.08
"""Share of Han among visible characters from which a text counts as Chinese.

Chinese technical prose is full of English words and formulas; English prose has next to no Han.
"""


def language_of(text: str) -> str:
    """`zh` or `en`, by the share of Han characters in the first 4,000."""
    head = text[:4000]
    seen = len(_SEEN.findall(head))
    return "zh" if seen and len(_HAN.findall(head)) >= CHINESE_SHARE * seen else "en"
