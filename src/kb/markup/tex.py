r"""How is TeX rewritten into what the formula engine can set?

math-core 0.9 lacks a few commands; each rule here closes one gap and says which.
"""

import re

DEEPEST = 60
r"""Levels of braces, `\left` and `\begin`; the engine's stack ends at some thousands."""

_OPENERS = re.compile(r"\\\\|\\[{}]|\\(?:left|begin)\b|\\(?:right|end)\b|[{}]")
_CHAIN = re.compile(rf"(?:\\[A-Za-z]+[\s^_]*|[\^_'])(?:\\[A-Za-z]+[\s^_]*|[\^_']){{{DEEPEST}}}")
_LABELS = re.compile(r"\\(?:label|nonumber|notag)\b(?:\s*\{[^{}]*\})?")
_SIZES = re.compile(
    r"\\(?:tiny|scriptsize|footnotesize|small|normalsize|large|Large|LARGE|huge|Huge|nobreak"
    r"|allowbreak|relax)(?![A-Za-z])"
)
_ROW_END = re.compile(
    r"\\\\\*?\s*\[\s*-?[\d.]+\s*(?:ex|em|pt|px|mm|cm|mu|in)\s*\]|\\\\\*|\\cr(?![A-Za-z])"
)
_LAST_ROW = re.compile(r"\\\\\s*(?=\\end\{)|\\\\\s*$")
_GROUP = r"\s*\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
_SUBSTACK = re.compile(rf"\\substack{_GROUP}")
_PLAIN_MATRIX = re.compile(rf"\\(p?matrix){_GROUP}")
_TEXT = re.compile(r"\\(?:text[a-z]*|mbox|hbox)\s*\{[^{}]*_[^{}]*\}")
_BARE_UNDERSCORE = re.compile(r"(?<!\\)_")
_TAG = re.compile(r"\\tag\*?\s*\{([^{}]*)\}")
_BREAKS = re.compile(r"\\\\|\\(begin|end)\{|(?<!\\)&")

# Each environment that the engine lacks or would number, and the one that sets it nearly the same.
_ENVIRONMENTS = {
    "split": "aligned",
    "eqnarray": "aligned",
    "flalign": "aligned",
    "align": "aligned",
    "alignat": "aligned",
    "alignedat": "aligned",
    "gather": "gathered",
    "multline": "multline*",
    "smallmatrix": "matrix",
}
_TAGGED = {
    "split": "aligned",
    "eqnarray": "align*",
    "flalign": "align*",
    "align": "align*",
    "alignat": "align*",
    "gather": "gather*",
    "equation": "equation*",
    "multline": "multline*",
}
_NUMBERED = tuple(f"\\begin{{{name}}}" for name in _TAGGED.values())
_ENVIRONMENT = re.compile(r"\\(begin|end)\{([a-z]+\*?)\}")
_EQUATION = re.compile(r"\\(?:begin|end)\{equation\*?\}")
_COUNT = re.compile(r"(\\begin\{align(?:ed)?at\*?\})\s*\{\d+\}")
_STARRED_MATRIX = re.compile(
    r"\\begin\{([pbBvV]?matrix|smallmatrix)\*\}(?:\[[lcr]\])?|\\end\{([pbBvV]?matrix)\*\}"
)


def is_too_deep(tex: str) -> bool:
    """Whether setting `tex` would nest beyond DEEPEST, or chain so many commands."""
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


def settable(tex: str, *, is_display: bool) -> str:
    r"""`tex` in the commands that math-core has.

    An equation is numbered where its author wrote a `\tag`, and only there: a counter would make
    a formula's HTML depend on the formulas before it.
    """
    if "\\" not in tex:
        return tex
    tex = _SIZES.sub("", _LABELS.sub("", tex))
    tex = _LAST_ROW.sub("", _ROW_END.sub(r"\\\\", tex))
    tex = _SUBSTACK.sub(r"\\begin{subarray}{c}\1\\end{subarray}", tex)
    tex = _PLAIN_MATRIX.sub(r"\\begin{\1}\2\\end{\1}", tex)
    tex = _TEXT.sub(lambda text: _BARE_UNDERSCORE.sub(r"\\_", text.group()), tex)
    tex = _STARRED_MATRIX.sub(_without_star, _COUNT.sub(r"\1", tex))
    if is_display and _TAG.search(tex):
        return _tagged(_ENVIRONMENT.sub(_numbered, tex))
    tex = _TAG.sub(r"\\qquad(\1)", tex)
    tex = _ENVIRONMENT.sub(_untagged, _EQUATION.sub("", tex))
    return _in_rows(tex) if is_display else tex


def _untagged(found: re.Match[str]) -> str:
    name = found[2]
    return f"\\{found[1]}{{{_ENVIRONMENTS.get(name.rstrip('*'), name)}}}"


def _numbered(found: re.Match[str]) -> str:
    name = found[2]
    return f"\\{found[1]}{{{_TAGGED.get(name.rstrip('*'), name)}}}"


def _without_star(found: re.Match[str]) -> str:
    return f"\\begin{{{found[1]}}}" if found[1] else f"\\end{{{found[2]}}}"


def _in_rows(tex: str) -> str:
    """Rows need an environment around them."""
    has_rows, has_columns = _rows_and_columns(tex)
    if not has_rows and not has_columns:
        return tex
    name = "aligned" if has_columns else "gathered"
    return f"\\begin{{{name}}}{tex}\\end{{{name}}}"


def _tagged(tex: str) -> str:
    r"""A `\tag` needs a numbered environment around it."""
    if tex.startswith(_NUMBERED):
        return tex
    has_rows, has_columns = _rows_and_columns(tex)
    name = "align*" if has_columns else "gather*" if has_rows else "equation*"
    return f"\\begin{{{name}}}{tex}\\end{{{name}}}"


def _rows_and_columns(tex: str) -> tuple[bool, bool]:
    """Whether `tex` has row ends, and `&`, outside every environment."""
    depth, has_rows, has_columns = 0, False, False
    for found in _BREAKS.finditer(tex):
        if found[1]:
            depth += 1 if found[1] == "begin" else -1
        elif depth == 0:
            has_rows |= found.group() != "&"
            has_columns |= found.group() == "&"
    return has_rows, has_columns
