"""Which parts of an excerpt are no prose, and how are they kept from the repairs?"""

import re

from kb.ingest.repairs.escaping import escape_prose
from kb.ingest.repairs.formulas import BARE, HINT, is_formula
from kb.ingest.repairs.marks import FORMULA, LINK, LOST, LOST_BLOCK, MATH, STAND_INS
from kb.markup.formulas import formula_at
from kb.markup.placeholders import WORDS

# https://www.rfc-editor.org/rfc/rfc3986#section-2, without quotes and brackets, which in running
# text belong to the sentence, but for the brackets of a title: /wiki/Tree_(graph).
_SIGNS = "A-Za-z0-9._~:/?#@!$&*+,;=%-"
_URL = (
    rf"(?<=[Hh])[Tt][Tt][Pp][Ss]?://(?:[{_SIGNS}]|(?<=[/_])\([{_SIGNS}]+\))*"
    r"(?:[A-Za-z0-9/_=&#-]|(?<=[/_])\([A-Za-z0-9_-]+\))"
)
# Bounded, and none holds another's opener: so an opener that nothing closes costs little.
_DISPLAY = (
    r"(?<=\\)\[(?:[^\\]|\\\\|\\(?![\[\]\\])){1,4000}+\\\]|(?<=\$)\$[^$]{1,4000}+\$\$"
    r"|(?<=\\)begin\{(?P<name>[a-z]{1,12}\*?)\}.{1,2000}?\\end\{(?P=name)\}"
)
_MATH = (
    r"(?<=\\)\((?:[^\\]|\\\\|\\(?![()\\])){1,1000}+\\\)"
    r"|(?<=\$)(?<![\\$\w]\$)(?=[^\s$\d])[^$]{0,200}(?<![\s\\])\$(?![\dA-Za-z$])"
)
_LOST = rf"(?<=\[)(?<!!\[)(?i:{'|'.join(WORDS)})\]"
_REST = rf"(?P<display>{_DISPLAY})|(?P<url>{_URL})|(?P<math>{_MATH})|(?P<lost>{_LOST})"
# Its first character alone, so that the engine skips from one to the next.
_NOT_PROSE = re.compile(rf"[\\$\[hH](?:{_REST})")
_NOT_PROSE_NOR_TEX = re.compile(rf"[\\$\[hH](?:{_REST})|(?P<tex>{BARE})")
# `$HOME/bin:$` holds words, and no sign that only TeX has.
_TEX_WORDS = re.compile(r"[A-Za-z]{3}")
_TEX_SIGN = re.compile(r"\\[A-Za-z,;{}|]|(?<![A-Za-z])[A-Za-z][_^]|[)}\]][_^]")
_INLINE_LOST = re.compile(r"\[(?:math|formula|latex|tex|数学|行内公式)\]", re.IGNORECASE)
_PLACEHOLDER = re.compile(rf"\[{_LOST}")
_OPENER, _CLOSER = ("\\[", "\\("), ("\\]", "\\)")
# An address that never has a hyphen is whole in any transmission.
_NEVER_HYPHENATED = re.compile(r"https?://arxiv\.org/(?:abs|pdf)/\d{4}\.\d{4,5}(?:v\d)?(?:\.pdf)?")
_HYPHENATED = re.compile(r"[A-Za-z]-[A-Za-z]")


def mask(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with one stand-in for each part that is no prose, and those parts as Markdown.

    What kb's Markdown would not read as a formula is none here either, and stays prose.
    """
    originals: list[str] = []
    limit = _start_of_cut_formula(text)
    is_whole = "://" in text and bool(_HYPHENATED.search(text))

    def stand_in(found: re.Match[str]) -> str:
        kind = _stand_in(found, limit)
        if kind:
            originals.append(_markdown(found, kind, is_whole=is_whole))
        return kind or found.group()

    pattern = _NOT_PROSE_NOR_TEX if HINT.search(text) else _NOT_PROSE
    return pattern.sub(stand_in, text), tuple(originals)


def unmask(text: str, originals: tuple[str, ...]) -> str:
    """The text with the parts back in the places of their stand-ins, in order."""
    if not originals:
        return text
    parts = iter(originals)
    return re.sub(f"[{STAND_INS}]", lambda _: next(parts), text)


def _start_of_cut_formula(text: str) -> int:
    """Where a formula opens that nothing closes: from there on no TeX stands without delimiters."""
    last = max(map(text.rfind, _OPENER))
    return last if last > max(map(text.rfind, _CLOSER)) else len(text)


def _stand_in(found: re.Match[str], limit: int) -> str:
    """What stands for a part, or an empty text where the part is prose."""
    kind = found.lastgroup
    if kind == "tex":
        return MATH if found.start() < limit and is_formula(found.group()) else ""
    if kind == "url":
        return LINK
    if kind == "lost":
        return LOST if _INLINE_LOST.fullmatch(found.group()) else LOST_BLOCK
    if not _is_read(found):
        return ""
    return MATH if kind == "math" else FORMULA


def _is_read(found: re.Match[str]) -> bool:
    """Whether kb's Markdown reads a formula with delimiters as one."""
    tex = found.group()
    if _PLACEHOLDER.search(tex):
        return False
    if tex[0] == "$" and _TEX_WORDS.search(tex) and not _TEX_SIGN.search(tex):
        return False
    span = formula_at(found.string, found.start(), len(found.string))
    return span is not None and span.end == found.end()


def _markdown(found: re.Match[str], kind: str, *, is_whole: bool) -> str:
    text = found.group()
    if kind != LINK:
        return f"${text}$" if found.lastgroup == "tex" else text
    # A scraper that dropped hyphens broke the address, and so did a cut: shown, but no link.
    is_cut = found.string.startswith("…", found.end())
    if not is_cut and (is_whole or _NEVER_HYPHENATED.fullmatch(text)):
        return f"<{text}>"
    return re.sub(r"(?<!\\)&", r"\\&", escape_prose(text))
