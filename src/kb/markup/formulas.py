r"""Where does a formula begin and end: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`, `\begin{align}`?

A delimiter that nothing closes is text, and so is an amount of money.
"""

import re
from typing import NamedTuple

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from kb.markup.characters import CHINESE

LONGEST = 40_000
"""Characters between two delimiters that may be a formula: more than can be set, so that one that
is too long is told."""

_CLOSERS = {"$$": "$$", "\\[": "\\]", "\\(": "\\)"}
_ENVIRONMENT = re.compile(
    r"\\begin\{((?:equation|align|alignat|flalign|gather|multline|eqnarray)\*?"
    r"|aligned|alignedat|gathered|split|d?cases|d?rcases|d?array|[pbBvV]?(?:small)?matrix\*?|CD)\}"
)
_TO_DOLLAR = re.compile(r"(?:[^$\\]|\\.)*+", re.DOTALL)
_EMPTY_LINE = re.compile(r"\n[ \t>]*\n")
_AMOUNT = re.compile(r"[+\-]?[0-9]")
_TEX_SIGN = re.compile(r"[\\^_=+<>{}|]")
_TEX_TEXT = re.compile(r"\\(?:text\w*|mbox|hbox|mathrm|operatorname\*?)\s*\{[^{}]*\}")
_ESCAPED_TEXT = re.compile(r"[0-9\s,\-–]*")


class Span(NamedTuple):
    """A formula in a source: its TeX, where it ends, and whether it stands on its own."""

    tex: str
    end: int
    is_display: bool


def formula_at(source: str, start: int, limit: int) -> Span | None:
    """The formula that opens at `start` and closes before `limit`, if one does."""
    if source[start] == "$":
        if source.startswith("$$", start):
            return _delimited(source, start, limit, "$$")
        return _dollars(source, start, limit)
    opener = source[start : start + 2]
    if opener in ("\\[", "\\("):
        return _delimited(source, start, limit, opener)
    return _environment(source, start, limit) if opener == "\\b" else None


def inline_formula(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """A formula within a paragraph."""
    if state.src[state.pos] not in "$\\":
        return False
    span = formula_at(state.src, state.pos, state.posMax)
    if span is None:
        return _literal_dollars(state, silent=silent)
    if not silent:
        token = state.push("display_formula" if span.is_display else "formula", "math", 0)
        token.content = span.tex
        token.meta = {"source": state.src[state.pos : span.end]}
        if span.is_display:
            state.env["displays"] = True
    state.pos = span.end
    return True


def block_formula(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """A formula on lines of its own: nothing in it is taken for a list or a heading."""
    begin = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(("$$", "\\[", "\\begin{"), begin) or state.is_code_block(start):
        return False
    found = _lines(state, start, end)
    if found is None:
        return False
    if not silent:
        tex, state.line = found
        token = state.push("formula_block", "math", 0)
        token.content, token.map = tex, [start, state.line]
    return True


def _lines(state: StateBlock, start: int, end: int) -> tuple[str, int] | None:
    """The TeX of the formula whose first line is `start`, and the line after its last."""
    begin = state.bMarks[start] + state.tShift[start]
    limit = min(state.eMarks[end - 1], begin + LONGEST)
    span = formula_at(state.src, begin, limit)
    if span is None or not span.is_display:
        return None
    line = start
    while state.eMarks[line] < span.end:
        line += 1
        if state.sCount[line] < state.blkIndent and not state.isEmpty(line):
            return None
    if state.src[span.end : state.eMarks[line]].strip():
        return None
    if line == start:
        return span.tex, line + 1
    text = state.getLines(start, line + 1, state.blkIndent, False).strip()
    inner = formula_at(text, 0, len(text))
    return (inner.tex, line + 1) if inner and inner.end == len(text) else None


def _delimited(source: str, start: int, limit: int, opener: str) -> Span | None:
    closer = _CLOSERS[opener]
    end = source.find(closer, start + 2, min(limit, start + LONGEST))
    if end < 0 or not (tex := source[start + 2 : end].strip()):
        return None
    if _EMPTY_LINE.search(source, start, end) and _has_chinese(tex):
        return None
    if opener != "$$" and (_ESCAPED_TEXT.fullmatch(tex) or _is_prose(tex)):
        return None
    return Span(tex, end + 2, opener != "\\(")


def _environment(source: str, start: int, limit: int) -> Span | None:
    found = _ENVIRONMENT.match(source, start, limit)
    if found is None:
        return None
    closer = f"\\end{{{found[1]}}}"
    end = source.find(closer, found.end(), min(limit, start + LONGEST))
    if end < 0:
        return None
    end += len(closer)
    return Span(source[start:end], end, is_display=True)


def _dollars(source: str, start: int, limit: int) -> Span | None:
    found = _TO_DOLLAR.match(source, start + 1, min(limit, start + LONGEST))
    end = found.end() if found else start
    if end <= start + 1 or end >= limit or source[end] != "$":
        return None
    tex = source[start + 1 : end]
    if tex[0].isspace() or tex[-1].isspace():
        return None
    if _is_money(tex, source[end + 1 : end + 2]) or _ends_in_prose(tex) or _is_before_code(tex):
        return None
    return Span(tex, end + 1, is_display=False)


def _is_before_code(tex: str) -> bool:
    """``$x. `$HOME` ``: a code span begins before the second dollar."""
    return "`" in tex and not _TEX_SIGN.search(tex)


def _is_money(tex: str, after: str) -> bool:
    """`$50到$100`, `$5，参数$`: an amount that prose or another amount follows."""
    if not _AMOUNT.match(tex):
        return False
    return after.isdigit() or _has_chinese(tex)


def _ends_in_prose(tex: str) -> bool:
    """`$HOME和$`: a name and then Chinese, without any sign of a formula."""
    return CHINESE.match(tex[-1]) is not None and not CHINESE.match(tex) and _is_prose(tex)


def _is_prose(tex: str) -> bool:
    return _has_chinese(tex) and not _TEX_SIGN.search(_TEX_TEXT.sub("", tex))


def _has_chinese(tex: str) -> bool:
    return CHINESE.search(_TEX_TEXT.sub("", tex)) is not None


def _literal_dollars(state: StateInline, *, silent: bool) -> bool:
    """A `$$` that nothing closes is passed over whole, lest its second half open a formula."""
    if not state.src.startswith("$$", state.pos):
        return False
    if not silent:
        state.append_pending("$$")
    state.pos += 2
    return True
