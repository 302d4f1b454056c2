r"""How is TeX rewritten into what the formula engine can set, and into plain words?

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
_ROW_END = re.compile(r"\\\\\*?\s*\[\s*-?[\d.]+\s*(?:ex|em|pt|px|mm|cm|mu|in)\s*\]|\\\\\*|\\cr(?![A-Za-z])")
_LAST_ROW = re.compile(r"\\\\\s*(?=\\end\{)|\\\\\s*$")
_SUBSTACK = re.compile(r"\\substack\s*\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}")
_TAG = re.compile(r"\\tag\*?\s*\{[^{}]*\}")
_NUMBERED = re.compile(r"\\begin\{(?:equation|align|alignat|gather|multline)\*?\}")
_BREAKS = re.compile(r"\\\\|\\(begin|end)\{|(?<!\\)&")

# Each environment that the engine lacks, and the one that sets it nearly the same.
_ENVIRONMENTS = {
    "split": "aligned",
    "eqnarray": "align*",
    "eqnarray*": "align*",
    "flalign": "align*",
    "flalign*": "align*",
    "equation": "equation*",
    "align": "align*",
    "gather": "gather*",
    "multline": "multline*",
    "smallmatrix": "matrix",
}
_ENVIRONMENT = re.compile(r"\\(begin|end)\{([a-z]+\*?)\}")
_COUNTED = re.compile(r"\\begin\{align(ed)?at\*?\}\s*\{\d+\}|\\end\{align(ed)?at\*?\}")
_STARRED_MATRIX = re.compile(r"\\begin\{([pbBvV]?matrix|smallmatrix)\*\}(?:\[[lcr]\])?|\\end\{([pbBvV]?matrix)\*\}")

_SYMBOLS = {
    **{name: chr(0x3B1 + place) for place, name in enumerate(
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho"
        " varsigma sigma tau upsilon phi chi psi omega".split()
    )},
    "varepsilon": "ε", "vartheta": "θ", "varphi": "φ", "varrho": "ρ",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π",
    "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
    "sum": "∑", "prod": "∏", "int": "∫", "partial": "∂", "nabla": "∇", "infty": "∞",
    "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "approx": "≈",
    "sim": "∼", "equiv": "≡", "propto": "∝", "times": "×", "cdot": "·", "pm": "±", "div": "÷",
    "in": "∈", "notin": "∉", "subset": "⊂", "subseteq": "⊆", "cup": "∪", "cap": "∩",
    "to": "→", "rightarrow": "→", "leftarrow": "←", "Rightarrow": "⇒", "mapsto": "↦",
    "forall": "∀", "exists": "∃", "neg": "¬", "land": "∧", "lor": "∨", "oplus": "⊕",
    "odot": "⊙", "otimes": "⊗", "mid": "|", "vert": "|", "Vert": "‖", "lVert": "‖",
    "rVert": "‖", "ldots": "…", "cdots": "…", "dots": "…", "prime": "′", "sqrt": "√",
    "langle": "⟨", "rangle": "⟩", "ell": "ℓ", "quad": " ", "qquad": " ", "log": "log",
    "exp": "exp", "min": "min", "max": "max", "sin": "sin", "cos": "cos", "tan": "tan",
    "lim": "lim", "arg": "arg", "ln": "ln", "det": "det", "Pr": "Pr", "tanh": "tanh",
    "top": "⊤", "perp": "⊥", "circ": "∘", "star": "⋆", "ast": "*", "cong": "≅",
}  # fmt: skip
_GROUP = r"\{((?:[^{}]|\{[^{}]*\})*)\}"
_FRACTION = re.compile(rf"\\[dt]?frac\s*{_GROUP}\s*{_GROUP}")
_FONT = re.compile(r"\\(?:math[a-z]+|text[a-z]*|bm|boldsymbol|operatorname\*?)\s*\{([^{}]*)\}")
_EDGES = re.compile(r"\\(?:begin|end)\{[a-z]+\*?\}")
_COMMAND = re.compile(r"\\([A-Za-z]+)|\\[,;:!> ]|\\(.)", re.DOTALL)
_BRACED_SIGN = re.compile(r"[{}]|(?<=\s)\s+")


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
    tex = _COUNTED.sub(_without_count, tex)
    tex = _STARRED_MATRIX.sub(_without_star, tex)
    tex = _ENVIRONMENT.sub(_known_environment, tex)
    return _framed(tex) if is_display else tex


def readable(tex: str) -> str:
    r"""`tex` as a reader would type it in a sentence: `\alpha_{t}` is `α_t`."""
    if "\\" in tex:
        tex = _FONT.sub(r"{\1}", _EDGES.sub("", tex))
        for _ in range(3):
            tex = _FRACTION.sub(r"\1/\2", tex)
        tex = _COMMAND.sub(_word, tex)
    return _BRACED_SIGN.sub("", tex).strip()


def _word(command: re.Match[str]) -> str:
    if command[1]:
        return _SYMBOLS.get(command[1], "")
    return command[2] or ""


def _known_environment(found: re.Match[str]) -> str:
    return f"\\{found[1]}{{{_ENVIRONMENTS.get(found[2], found[2])}}}"


def _without_count(found: re.Match[str]) -> str:
    edge = "begin" if found.group().startswith("\\begin") else "end"
    return f"\\{edge}{{{'aligned' if found[1] or found[2] else 'align*'}}}"


def _without_star(found: re.Match[str]) -> str:
    return f"\\begin{{{found[1]}}}" if found[1] else f"\\end{{{found[2]}}}"


def _framed(tex: str) -> str:
    r"""A `\tag` needs an equation around it, and rows need an environment."""
    if _NUMBERED.match(tex):
        return tex
    has_rows, has_columns = _rows_and_columns(tex)
    if has_rows or has_columns:
        name = "align*" if has_columns else "gather*"
    elif _TAG.search(tex):
        name = "equation*"
    else:
        return tex
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
