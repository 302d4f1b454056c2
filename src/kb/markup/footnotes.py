"""Which footnotes does a text refer to, in which order, and where do they go?"""

import re
from collections.abc import Iterator

from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote.index import footnote_ref

_REFERENCE = re.compile(r"\[\^((?!(?:\w-\w)+\])[^\s\[\]^]{1,40})\](?![\[(])")
"""A reference; but `[^a-z0-9]` is an expression, and `[^x](y)` a link."""


LONGEST_LABEL = 999
"""Characters of a label: https://spec.commonmark.org/0.31.2/#link-label"""


def known_footnote(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """A reference to a footnote of the text; the package's own rule looks for its end for ever."""
    if not state.src.startswith("[^", state.pos):
        return False
    end = min(state.posMax, state.pos + LONGEST_LABEL)
    return state.src.find("]", state.pos, end) > 0 and footnote_ref(state, silent)


def unknown_footnote(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """A reference to a footnote that the text has not: it stands after those that it has."""
    found = _REFERENCE.match(state.src, state.pos, state.posMax)
    if not found or state.linkLevel or f"^{found[1]}".upper() in state.env.get("references", ()):
        return False
    if not silent:
        state.push("unknown_footnote", "", 0).content = found.group()
    state.pos = found.end()
    return True


def footnotes(state: StateCore) -> None:
    """Move the definitions that are referred to, numbered by first reference, to the end.

    A definition inside another, inside a list or a quotation is taken out whole. What nothing
    refers to is left out and named in `env["unused_footnotes"]` with its line.
    """
    if "footnotes" not in state.env:
        return
    state.tokens, definitions = _taken_out(state.tokens)
    order: dict[str, int] = {}
    uses: dict[str, int] = {}
    _number(state.tokens, order, uses)
    notes: list[Token] = []
    for label in _growing(order):
        body = definitions[label][1] if label in definitions else []
        _number(body, order, uses)
        notes.extend(_note(order[label], uses[label], body))
    if notes:
        state.tokens += [Token("footnotes_open", "", 1), *notes, Token("footnotes_close", "", -1)]
    state.env["unused_footnotes"] = [
        (label, line) for label, (line, _) in definitions.items() if label not in order
    ]


def _taken_out(tokens: list[Token]) -> tuple[list[Token], dict[str, tuple[int, list[Token]]]]:
    definitions: dict[str, tuple[int, list[Token]]] = {}
    open_notes: list[tuple[Token, list[Token]]] = []
    body: list[Token] = []
    for token in tokens:
        if token.type == "footnote_reference_open":
            open_notes.append((token, []))
        elif token.type == "footnote_reference_close":
            opening, inside = open_notes.pop()
            line = (opening.map or [0])[0]
            definitions.setdefault(opening.meta["label"], (line, inside))
        else:
            (open_notes[-1][1] if open_notes else body).append(token)
    return body, definitions


def _growing(order: dict[str, int]) -> Iterator[str]:
    """The labels in order, those too that are added while the earlier ones are read."""
    place = 0
    while place < len(order):
        yield list(order)[place]
        place += 1


def _number(tokens: list[Token], order: dict[str, int], uses: dict[str, int]) -> None:
    for token in tokens:
        for child in token.children or ():
            if child.type == "footnote_ref":
                label = child.meta["label"]
                number = order.setdefault(label, len(order) + 1)
                uses[label] = uses.get(label, 0) + 1
                child.meta = {"label": label, "number": number, "use": uses[label]}


def _note(number: int, uses: int, body: list[Token]) -> list[Token]:
    anchors = [
        Token("footnote_anchor", "", 0, meta={"number": number, "use": use})
        for use in range(1, uses + 1)
    ]
    opening = Token("footnote_open", "li", 1, meta={"number": number})
    closing = Token("footnote_close", "li", -1)
    if body and body[-1].type == "paragraph_close":
        return [opening, *body[:-1], *anchors, body[-1], closing]
    return [opening, *body, *anchors, closing]
