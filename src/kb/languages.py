"""Which language is a text written in, and what follows from the tag of a language?"""

import re
from itertools import islice
from math import ceil
from typing import Literal

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


TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""A tag as BCP 47 writes it, as far as one can see without the registry of its parts."""

_RIGHT_TO_LEFT = frozenset(
    ["ar", "arc", "ckb", "dv", "fa", "he", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"]
)
_SCRIPTS = frozenset(["Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"])


def broader(tag: str) -> tuple[str, ...]:
    """A tag and those that it narrows, by the lookup of RFC 4647, 3.4.

    >>> broader("zh-Hant-TW")
    ('zh-Hant-TW', 'zh-Hant', 'zh')
    """
    parts = tag.split("-")
    return tuple("-".join(parts[:length]) for length in range(len(parts), 0, -1))


def written(tag: str) -> str:
    """The tag that pages show: Chinese without more is that of China, for the shapes of signs."""
    return "zh-CN" if tag == "zh" else tag


def direction(tag: str) -> Literal["ltr", "rtl"]:
    """Where a text in the language runs, by its script if the tag says it."""
    language, *rest = tag.split("-")
    script = next((part.title() for part in rest if len(part) == 4 and part.isalpha()), "")
    is_rtl = script in _SCRIPTS if script else language in _RIGHT_TO_LEFT
    return "rtl" if is_rtl else "ltr"


def locale(tag: str) -> str:
    """The tag with a territory as Open Graph wants it (`zh_CN`), empty where none is known.

    https://ogp.me/#optional
    """
    language, *rest = {"zh": "zh-CN", "en": "en-US"}.get(tag, tag).split("-")
    territory = next((part.upper() for part in rest if len(part) == 2 and part.isalpha()), "")
    return f"{language}_{territory}" if territory else ""
