"""Which signs of a math font do formulas use?"""

import re
from collections.abc import Iterable
from unicodedata import normalize

_LETTER = re.compile("<mi>(.)</mi>", re.DOTALL)
_TAGS = re.compile(r"<[^>]*>")
_ITALICS = {
    **{
        normalize("NFKC", chr(code)): chr(code)
        for code in (*range(0x1D434, 0x1D468), 0x1D6A4, 0x1D6A5, *range(0x1D6E2, 0x1D71C))
    },
    "h": "\u210e",
}
"""What a lone letter of an `mi` is shown as: https://www.w3.org/TR/mathml-core/#italic-mappings"""

_ALPHABETS = tuple(
    frozenset(alphabet)
    for alphabet in (
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789()[]{}|+-=<>/,.:;!",
        "".join(map(chr, (*range(0x1D434, 0x1D468), 0x210E))),
        "".join(map(chr, range(0x1D6FC, 0x1D715))),
    )
)
"""Who uses a sign of one will soon use others: a font with all of it changes seldom."""


def signs(formulas: Iterable[str]) -> str:
    """Every sign that these `<math>` elements show, sorted, without those of writing systems.

    Of some alphabets all letters are there if one is.
    """
    html = "".join(formula.partition("<annotation")[0] for formula in formulas)
    found = {_ITALICS.get(letter, letter) for letter in _LETTER.findall(html)}
    found.update("√" if "<msqrt>" in html or "<mroot>" in html else "")
    found.update(_TAGS.sub("", _LETTER.sub("", html)))
    found = set(filter(_is_mathematical, found))
    for alphabet in _ALPHABETS:
        if not found.isdisjoint(alphabet):
            found |= alphabet
    return "".join(sorted(found))


def _is_mathematical(sign: str) -> bool:
    return " " < sign < "\u2e80" or "\U0001d400" <= sign < "\U0001d800" or sign == "\ufe00"
