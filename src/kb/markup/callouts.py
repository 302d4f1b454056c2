"""Which quotations are callouts: `> [!NOTE] title`, foldable with `-` or `+`?"""

import re

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_MARK = re.compile(r"\[!([A-Za-z][\w-]{0,30})\]([+-]?)[ \t]*([^\n]*)(?:\n|$)")
_ALIASES = {
    "abstract": "summary tldr",
    "tip": "hint",
    "success": "check done",
    "question": "help faq",
    "warning": "attention",
    "failure": "fail missing",
    "danger": "error",
    "quote": "cite",
}
_PLAIN = "note info todo important caution bug example"
KIND_OF = {kind: kind for kind in _PLAIN.split()} | {
    name: kind for kind, names in _ALIASES.items() for name in (kind, *names.split())
}


def callouts(state: StateCore) -> None:
    """Turn each quotation that begins with a mark into a callout with a title."""
    if "[!" not in state.src:
        return
    tokens: list[Token] = []
    open_kinds: list[dict[str, str] | None] = []
    for index, token in enumerate(state.tokens):
        if token.type == "blockquote_open":
            meta = _mark(state.tokens[index + 1 : index + 4])
            open_kinds.append(meta)
            tokens.extend(_opening(token, meta))
        elif token.type == "blockquote_close":
            tokens.append(_closing(token, open_kinds.pop()))
        else:
            tokens.append(token)
    state.tokens = [token for token in tokens if token.type != "dropped"]


def _mark(following: list[Token]) -> dict[str, str] | None:
    if len(following) < 3 or following[0].type != "paragraph_open":
        return None
    found = _MARK.match(following[1].content)
    if found is None:
        return None
    _take_first_line(following, found.end())
    name = found[1].lower()
    title = found[3].strip() or ("" if name in KIND_OF else found[1].capitalize())
    return {"kind": KIND_OF.get(name, "note"), "fold": found[2], "title": title}


def _take_first_line(paragraph: list[Token], end: int) -> None:
    inline = paragraph[1]
    inline.content = inline.content[end:]
    if inline.map:
        inline.map = [inline.map[0] + 1, inline.map[1]]
    if not inline.content.strip():
        for token in paragraph:
            token.type = "dropped"


def _opening(token: Token, meta: dict[str, str] | None) -> list[Token]:
    if meta is None:
        return [token]
    token.type, token.meta = "callout_open", meta
    title = Token("inline", "", 0, content=meta["title"], children=[], map=token.map)
    opening = Token("callout_title_open", "p", 1)
    return [token, opening, title, Token("callout_title_close", "p", -1, meta=meta)]


def _closing(token: Token, meta: dict[str, str] | None) -> Token:
    if meta is not None:
        token.type, token.meta = "callout_close", meta
    return token
