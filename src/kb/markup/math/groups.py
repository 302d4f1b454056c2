r"""Where does a group or an argument of TeX begin and end: `{…}`, `[…]`, `\alpha`, `x`?"""

import re
from collections.abc import Iterator

_BRACES = re.compile(r"\\.|[{}]", re.DOTALL)
_ARGUMENT = re.compile(r"\s*(\{|\\[A-Za-z]+|\\.|[^\s}&])", re.DOTALL)
_OPTION = re.compile(r"\s*\[([^\[\]{}]*)\]")
_NESTED = re.compile(r"\\begin\s*\{|\\end\s*\{|\\\\|\\.|[{}&]", re.DOTALL)
_DEPTHS = {"{": 1, "}": -1, "\\beg": 2}


def group_end(tex: str, start: int) -> int:
    """The index behind the brace that closes the one at `start`, -1 where none does."""
    depth = 0
    for found in _BRACES.finditer(tex, start):
        sign = found.group()
        depth += (sign == "{") - (sign == "}")
        if not depth:
            return found.end()
    return -1


def argument(tex: str, start: int) -> tuple[str, int] | None:
    r"""The argument at `start`, without its braces, and the index behind it.

    >>> argument(r"{a{b}} c", 0), argument(r" \alpha", 0), argument("12", 0)
    (('a{b}', 6), ('\\alpha', 7), ('1', 1))
    """
    found = _ARGUMENT.match(tex, start)
    if found is None:
        return None
    if found[1] != "{":
        return found[1], found.end()
    end = group_end(tex, found.start(1))
    return (tex[found.end() : end - 1], end) if end > 0 else None


def option(tex: str, start: int) -> tuple[str, int]:
    """What stands in brackets at `start`, and the index behind; nothing where there are none."""
    found = _OPTION.match(tex, start)
    return (found[1].strip(), found.end()) if found else ("", start)


def columns(tex: str) -> int:
    """How many `&` stand in `tex` in no group and in no environment."""
    depth, count = 0, 0
    for found in _NESTED.finditer(tex):
        sign = found.group()
        count += sign == "&" and depth <= 0
        depth += _DEPTHS.get(sign[:4], 0)
    return count


def rows(tex: str) -> Iterator[str]:
    r"""The parts of `tex` between each `\\` that stands in no group and in no environment."""
    depth, start = 0, 0
    for found in _NESTED.finditer(tex):
        sign = found.group()
        if sign == "\\\\" and depth <= 0:
            yield tex[start : found.start()]
            start = found.end()
        depth += _DEPTHS.get(sign[:4], 0)  # the brace behind `\begin` and `\end` closes as well
    yield tex[start:]
