r"""Which runs of TeX in a sentence, without delimiters, are formulas?

A scraper that dropped the delimiters left `D = \{(x_i,y_i)\}_{i=1}^n` in the prose. A formula is
the longest run of TeX that has a command or a braced script and that the engine can set. Paths,
escapes, prices and words are none of its tokens, so they end a run or refuse it.
"""

import re

from kb.markup.math import MathError, mathml

HINT = re.compile(r"\\[A-Za-z]{2}|[_^]\{")
"""What a formula has: without it a text need not be searched."""

# Braces nest three deep in what people write; bounds keep a run that nothing closes cheap.
_INNER = r"[^{}$]"
_GROUP = rf"\{{(?:{_INNER}|\{{(?:{_INNER}|\{{{_INNER}{{0,80}}+\}}){{0,120}}+\}}){{0,160}}+\}}"
_LETTER = "(?:(?<![A-Za-z])[A-Za-z](?![A-Za-z])|[Α-Ωα-ω])(?![\u0300-\u036f])"
_ACCENT = (
    r"\\(?:hat|bar|tilde|vec|dot|ddot|sqrt|bm|boldsymbol|math(?:bf|cal|bb|rm|sf|it|frak|scr)) "
    rf"(?={_LETTER}|\\)"
)
_NAMED = rf"\\[A-Za-z]+(?:\[{_INNER}{{1,8}}\])?(?:{_GROUP})*+"
_COMMAND = rf"(?:{_ACCENT}(?:{_LETTER}|{_NAMED})|{_NAMED})"
_NUMBER = r"\d+(?:\.\d+)?+"
_SCRIPT = rf"(?:'|[_^](?:{_GROUP}|{_COMMAND}|[0-9*]|{_LETTER}|[A-Za-z](?![A-Za-z])))*+"
_CALLED = r"[A-Za-z]{2,8}(?=\()"
_SYMBOLS = "(?:[A-Z][A-Za-z]|[a-z][A-Z])(?![A-Za-z ])"
_PRODUCT = f"(?:(?<! )[A-Za-z]{{2}}(?![A-Za-z ])|{_SYMBOLS})"
_RELATION = (
    r"\\(?:sim|in|notin|le|leq|ge|geq|ne|neq|approx|to|rightarrow|leftarrow|Rightarrow|mapsto|times"
    r"|cdot|pm|propto|equiv|subset|subseteq|cup|cap|mid|parallel|circ|odot|otimes|oplus|ll|gg"
    r"|triangleq|leftrightarrow|longrightarrow|iff|implies|setminus|quad|qquad|div)(?![A-Za-z])"
)
_OPERATOR = rf"(?:[=+*/<>|~×·≤≥≈≠∈-]|\\[,;:!|]|:=|{_RELATION})"
_WORD = rf"(?:{_COMMAND}|{_LETTER}|{_NUMBER}|{_CALLED}|{_PRODUCT})"
_SEPARATOR = rf"(?: ?(?:[,;:…]|\.{{2,3}}|{_OPERATOR}|\\\\) ?| )"


def _enclosed(inner: str) -> str:
    """A part in round, square or escaped braces that holds `inner`, or what each token may be."""
    parts = rf"(?:{_WORD}|{_GROUP}|{inner}){_SCRIPT}|{_SEPARATOR}"
    return rf"(?:[(\[](?:{parts}){{1,60}}+[)\]]|\\\{{(?:{parts}){{1,60}}+\\\}})"


_ENCLOSED = _enclosed(_enclosed(_enclosed(r"(?!)")))
_ATOM = rf"(?:{_WORD}|{_ENCLOSED}|{_GROUP}){_SCRIPT}"
_FIRST = rf"(?:{_COMMAND}|{_LETTER}|{_NUMBER}|{_CALLED}|{_ENCLOSED}){_SCRIPT}"
_NORM = rf"\\\|{_SCRIPT}"
# A space may stand beside an operator, before a command unless a single letter precedes (which may
# be a word: a \theta), after a command (TeX asks for it), and between letters that have scripts.
_JOINT = (
    rf"(?: ?{_OPERATOR} ?(?:{_OPERATOR} ?)?+"
    r"|(?<![^A-Za-z0-9\\_^{}][A-Za-z])(?<!^[A-Za-z])(?<=[A-Za-z0-9})]) (?=\\[A-Za-z])"
    rf"|(?<=[A-Za-z}}]) (?={_LETTER}(?! ?[A-Za-z])|{_SYMBOLS})"
    r"|(?<=[A-Za-z0-9}]) (?=[A-Za-z][_^])|)"
)
# Brackets around a single symbol belong to the sentence.
_SINGLE = r"(?!\([^(),]*\)(?:[^A-Za-z0-9_^+*/=\\(-]|$))"
_DRIVE = r"(?<![^A-Za-z][A-Za-z]:)(?<!^[A-Za-z]:)"
BARE = (
    rf"(?<![A-Za-z0-9_^\\)}}\]$]){_DRIVE}{_SINGLE}(?:{_FIRST}|{_NORM})"
    rf"(?:{_NORM}|{_JOINT}{_ATOM}){{0,80}}+(?![A-Za-z0-9_^\\({{\[$\u0300-\u036f]|\.[A-Za-z]|…)"
)
"""A run of TeX tokens, for use in a pattern."""


def is_formula(tex: str) -> bool:
    """Whether a run of tokens is surely TeX, and TeX that can be shown."""
    if not HINT.search(tex):
        return False
    try:
        mathml(tex, is_display=False)
    except MathError:
        return False
    return True
