"""Which bracketed words mark what a transmission lost: a formula, code, an image, a table?"""

import re

from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline

_KINDS = (
    ("formula", "math formula equation latex tex 公式 数学公式 数学 行内公式 行间公式"),
    ("code", "code 代码 代码块 代码段 源码"),
    ("image", "image img figure picture 图片 图像 图 插图 配图"),
    ("table", "table 表格 表"),
    ("video", "video 视频"),
)
_KIND_OF = {word: kind for kind, words in _KINDS for word in words.split()}
WORDS = tuple(_KIND_OF)
"""The words that mark a loss, in small letters."""

_MARK = re.compile(r"\[(\w{1,10})\]")


def placeholder(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """`[Math]` or `[公式]`, unless it is a link: a definition, `(` or `[` makes it one."""
    if state.src[state.pos] != "[":
        return False
    found = _MARK.match(state.src, state.pos, state.posMax)
    kind = found and _KIND_OF.get(found[1].lower())
    if not found or not kind or _is_link(state, found):
        return False
    if not silent:
        token = state.push("lost", "span", 0)
        token.content, token.info = found.group(), kind
    state.pos = found.end()
    return True


def _is_link(state: StateInline, found: re.Match[str]) -> bool:
    if state.src[found.end() : found.end() + 1] in ("(", "["):
        return True
    return normalizeReference(found[1]) in state.env.get("references", {})
