"""Does a formula nest so deep that the engine's stack would end?"""

import re

DEEPEST = 60
r"""Levels of braces, `\left` and `\begin`; the engine's stack ends at some thousands."""

_OPENERS = re.compile(r"\\\\|\\[{}]|\\(?:left|begin)\b|\\(?:right|end)\b|[{}]")
_CHAIN = re.compile(rf"(?:\\[A-Za-z]+[\s^_]*|[\^_'])(?:\\[A-Za-z]+[\s^_]*|[\^_']){{{DEEPEST}}}")


def is_too_deep(tex: str) -> bool:
    """Whether setting `tex` would nest beyond DEEPEST, or chain so many commands."""
    if sum(map(tex.count, "\\{^_'")) <= DEEPEST:
        return False
    depth = 0
    for found in _OPENERS.finditer(tex):
        sign = found.group()
        if sign in ("{", "\\left", "\\begin"):
            depth += 1
            if depth > DEEPEST:
                return True
        elif sign in ("}", "\\right", "\\end"):
            depth -= 1
    return _CHAIN.search(tex) is not None
