"""Which headings has a text, at what level, under which id, and is the first one its title?

An id keeps the heading's words, Chinese and capitals too, joined by hyphens. One that is made of
lower-case ASCII letters, digits and hyphens alone ends with an underscore, and so does `L12`:
such ids are left to the frame of a page, so neither can take the other's.
"""

import re
import unicodedata
from collections.abc import Iterator

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from kb.markup.characters import fold
from kb.markup.plain import plain

LONGEST = 80
"""Characters of an id."""

_CUSTOM = re.compile(r"[ \t]+\{#([^\s{}#]{1,80})[^{}]{0,80}\}$")
_GAPS = re.compile(r"[^\w]+|_+")
_FRAME = re.compile(r"[a-z0-9-]*|L\d+")


def custom_ids(state: StateCore) -> None:
    """Take `{#id}` off the end of a heading's text."""
    if "{#" not in state.src:
        return
    for opening, inline, _ in _found(state.tokens):
        found = _CUSTOM.search(inline.content)
        if found:
            inline.content = inline.content[: found.start()]
            opening.info = found[1]


def headings(state: StateCore) -> None:
    """Give each heading its level and id; drop the one that repeats the title."""
    found = list(_found(state.tokens))
    if not all(inline.children for _, inline, _ in found):
        _drop_empty(state, found)
        found = list(_found(state.tokens))
    if found and _is_title(*found[0][:2], state.env.get("title", "")):
        dropped = next(i for i, token in enumerate(state.tokens) if token is found[0][0])
        del state.tokens[dropped : dropped + 3]
        found = found[1:]
    top = min((int(opening.tag[1]) for opening, _, _ in found), default=1)
    taken: dict[str, int] = {}
    level = 1
    for opening, inline, closing in found:
        level = min(int(opening.tag[1]) - top + 2, level + 1, 6)
        words = plain(inline.children or []).strip()
        opening.meta = {"id": _unique(words_for_id(opening.info or words), taken), "text": words}
        opening.children = inline.children
        opening.tag = closing.tag = f"h{level}"
        closing.meta = opening.meta


def _drop_empty(state: StateCore, found: list[tuple[Token, Token, Token]]) -> None:
    for opening, inline, closing in found:
        if not inline.children:
            opening.type = inline.type = closing.type = "dropped"
    state.tokens = [token for token in state.tokens if token.type != "dropped"]


def written_id(name: str) -> str:
    """An id as its author writes it: without the underscore that keeps it from the frame's."""
    return name.removesuffix("_")


def matching(anchor: str, known: dict[str, str]) -> str:
    """The id that `anchor`, an id or the words of a heading, means; empty if none does."""
    return known.get(anchor) or known.get(fold(anchor), "")


def _found(tokens: list[Token]) -> Iterator[tuple[Token, Token, Token]]:
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            yield token, tokens[index + 1], tokens[index + 2]


def _is_title(opening: Token, inline: Token, title: str) -> bool:
    return bool(title) and opening.level == 0 and fold(plain(inline.children or [])) == fold(title)


def words_for_id(text: str) -> str:
    """The words of `text`, joined by hyphens; no underscore is among them."""
    normal = unicodedata.normalize("NFC", text)
    return _GAPS.sub("-", normal).strip("-")[:LONGEST].rstrip("-") or "section"


def is_of_frame(name: str) -> bool:
    """Whether an id is left to the frame of a page."""
    return _FRAME.fullmatch(name) is not None


def _reserved(name: str) -> str:
    return f"{name}_" if is_of_frame(name) else name


def _unique(name: str, taken: dict[str, int]) -> str:
    """`name`, or the first `name-2`, `name-3` … that differs from all before in more than case."""
    folded = name.casefold()
    if folded not in taken:
        taken[folded] = 1
        return _reserved(name)
    number = taken[folded] + 1
    while f"{folded}-{number}" in taken:
        number += 1
    taken[folded] = number
    taken[f"{folded}-{number}"] = 1
    return _reserved(f"{name}-{number}")
