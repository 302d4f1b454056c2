"""Which runs of `*`, `_` and `~` may open or close, beside Chinese text too?

CommonMark takes a run between a sign and a letter for neither, as Latin text has a space there.
Chinese has none, so a Chinese neighbour counts as one:
https://github.com/tats-u/markdown-cjk-friendly/blob/main/specification.md
"""

from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

from kb.markup.characters import is_chinese, is_punctuation, is_wide_punctuation


def emphasis(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Push a run of `*` or `_` as delimiters."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    length = _run(state)
    opens, closes = _flanks(state, length, inside_words=marker == "*")
    if marker == "_" and _is_subscript(state, length):
        opens = closes = False
    for _ in range(length):
        _push(state, marker, length, opens, closes)
    state.pos += length
    return True


def strikethrough(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """Push a run of two or more `~` as delimiters, two by two."""
    if silent or state.src[state.pos] != "~":
        return False
    length = _run(state)
    if length < 2:
        return False
    opens, closes = _flanks(state, length, inside_words=True)
    if length % 2:
        state.push("text", "", 0).content = "~"
    for _ in range(length // 2):
        _push(state, "~~", 0, opens, closes)
    state.pos += length
    return True


def _is_subscript(state: StateInline, length: int) -> bool:
    """`x_{i}` and `y^_i`: TeX that has lost its dollars, as it stands in the dumps."""
    start, end = state.pos, state.pos + length
    return state.src[start - 1 : start] == "^" or state.src[end : end + 1] == "{"


def _push(state: StateInline, marker: str, length: int, opens: bool, closes: bool) -> None:  # noqa: FBT001
    state.push("text", "", 0).content = marker
    token = len(state.tokens) - 1
    state.delimiters.append(Delimiter(ord(marker[0]), length, token, -1, opens, closes))


def _run(state: StateInline) -> int:
    marker, end = state.src[state.pos], state.pos + 1
    while end < state.posMax and state.src[end] == marker:
        end += 1
    return end - state.pos


def _flanks(state: StateInline, length: int, *, inside_words: bool) -> tuple[bool, bool]:
    start, end = state.pos, state.pos + length
    before = state.src[start - 1] if start > 0 else " "
    after = state.src[end] if end < state.posMax else " "
    left = _flanks_text(before, after) or _opens_chinese(state.src, end, state.posMax)
    right = _flanks_text(after, before) or _closes_chinese(state.src, start)
    if inside_words:
        return left, right
    return left and (not right or is_punctuation(before)), right and (
        not left or is_punctuation(after)
    )


def _opens_chinese(source: str, start: int, end: int) -> bool:
    """Whether a quotation in Chinese begins here: its marks are those of Latin text too."""
    return start + 1 < end and source[start] in "“‘" and is_chinese(source[start + 1])


def _closes_chinese(source: str, end: int) -> bool:
    """Whether a quotation in Chinese ends here."""
    return end > 1 and source[end - 1] in "”’" and is_chinese(source[end - 2])


def _flanks_text(outside: str, inside: str) -> bool:
    if inside.isspace():
        return False
    if not is_punctuation(inside) or is_wide_punctuation(inside):
        return True
    return outside.isspace() or is_punctuation(outside) or is_wide_punctuation(outside)
