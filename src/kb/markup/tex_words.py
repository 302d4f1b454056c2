r"""How does a reader type a formula in a sentence: `\alpha_{t}` is `α_t`?"""

import re

_SYMBOLS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta":
    "η", "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi":
    "ξ", "omicron": "ο", "pi": "π", "rho": "ρ", "varsigma": "ς", "sigma": "σ", "tau": "τ",
    "upsilon": "υ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
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
_EDGES = re.compile(r"\\(?:begin|end)\{[A-Za-z]+\*?\}|\\(?:label|tag\*?|(?:eq)?ref)\s*\{[^{}]*\}")
_COMMAND = re.compile(r"\\([A-Za-z]+)|\\[,;:!> ]|\\(.)", re.DOTALL)
_BRACED_SIGN = re.compile(r"[{}]|(?<=\s)\s+")


def readable(tex: str) -> str:
    r"""`tex` in letters and signs; commands that have none are left out.

    >>> readable(r"\alpha_t=\frac{1}{2}\mathbf{x}")
    'α_t=1/2x'
    """
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
