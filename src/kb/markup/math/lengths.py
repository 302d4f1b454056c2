"""How long is a length of TeX in em?"""

import re

# TeX's units (The TeXbook, chapter 10) at 10 pt, where an ex is .431 em.
_EM = {
    "em": 1.0, "ex": 0.431, "mu": 1 / 18, "pt": 0.1, "px": 0.075, "bp": 0.10037, "pc": 1.2,
    "in": 7.227, "cm": 2.8453, "mm": 0.28453, "dd": 0.107, "cc": 1.284, "sp": 0.0,
}  # fmt: skip
_LENGTH = re.compile(r"\s*([+-]?\s*(?:\d+\.?\d*|\.\d+))\s*([a-z]{2})\s*")
LENGTH = re.compile(rf"(?:{_LENGTH.pattern})")
_MOST = 40.0


def in_em(length: str) -> float | None:
    """The length in em, at most 40 either way; None where it is none.

    >>> in_em("1.5em"), in_em("10 pt"), in_em("wide")
    (1.5, 1.0, None)
    """
    found = _LENGTH.fullmatch(length)
    if found is None or found[2] not in _EM:
        return None
    number = float(found[1].replace(" ", "")) * _EM[found[2]]
    return max(-_MOST, min(_MOST, number))


def shown(length: float) -> str:
    """A length in em as MathML writes it."""
    return f"{length:.3f}".rstrip("0").rstrip(".") + "em"
