r"""How are a text's equations numbered, and what do `\ref` and `\eqref` lead to?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from kb.markup.headings import words_for_id
from kb.markup.math import Names
from kb.markup.math.numbers import numbered
from kb.markup.tex_words import readable

_REFERENCE = re.compile(r"\\(eq)?ref\{([^{}\n]{1,80})\}")
_SIGNS = re.compile(r"\\(?:tag|label|begin|ref|eqref)\b")
_DISPLAYS = ("formula_block", "display_formula")


@dataclass(frozen=True, slots=True)
class Set:
    """A formula as it is to be set: its TeX with its numbers, and the equations that it names.

    `repeated` are those of its labels that another formula has already.
    """

    tex: str
    names: Names
    repeated: tuple[str, ...] = ()


def equation_reference(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    r"""`\ref{label}` or `\eqref{label}` in a sentence."""
    found = (
        _REFERENCE.match(state.src, state.pos, state.posMax)
        if state.src[state.pos] == "\\"
        else None
    )
    if found is None:
        return False
    if not silent:
        token = state.push("equation_reference", "a", 0)
        token.content = found.group()
        token.meta = {"label": found[2].strip(), "has_brackets": bool(found[1])}
    state.pos = found.end()
    return True


def equations(state: StateCore) -> None:
    """Number the display formulas, and tell each reference where it leads."""
    if "\\" not in state.src or not _SIGNS.search(state.src):
        return
    tokens = list(_formulas(state.tokens))
    known: dict[str, tuple[str, str]] = {}
    taken: set[str] = set()
    last = 0
    for token in tokens:
        if token.type in _DISPLAYS or token.type == "fence":
            last = _number(token, last, known, taken)
    for token in tokens:
        _refer(token, known)


def _number(token: Token, last: int, known: dict[str, tuple[str, str]], taken: set[str]) -> int:
    found = numbered(token.content.strip(), last)
    anchors, repeated = [], []
    for label, name in found.labels:
        if label in known:
            repeated.append(label)
            continue
        anchor = _unique(label, taken)
        known[label] = anchor, readable(name.replace("$", ""))
        anchors.append((label, anchor))
    token.meta = {**token.meta, "set": Set(found.tex, Names(tuple(anchors)), tuple(repeated))}
    return found.last


def _unique(label: str, taken: set[str]) -> str:
    """An id that no heading, note or other equation of the text has."""
    anchor = f"eq_{words_for_id(label)}"
    number = 2
    while anchor.casefold() in taken:
        anchor = f"eq_{words_for_id(label)}-{number}"
        number += 1
    taken.add(anchor.casefold())
    return anchor


def _refer(token: Token, known: dict[str, tuple[str, str]]) -> None:
    if token.type == "equation_reference":
        place = known.get(token.meta["label"])
        if place:
            anchor, name = place
            token.meta["anchor"] = anchor
            token.content = f"({name})" if token.meta["has_brackets"] else name
        return
    labels = {label.strip() for _, label in _REFERENCE.findall(token.content)}
    links = tuple((label, known[label]) for label in sorted(labels) if label in known)
    if links:
        made = token.meta.get("set") or Set(token.content.strip(), Names())
        names = Names(made.names.anchors, links)
        token.meta = {**token.meta, "set": Set(made.tex, names, made.repeated)}


def _formulas(tokens: list[Token]) -> Iterator[Token]:
    """Every formula and every reference, in the order of the text."""
    for token in tokens:
        if token.type == "formula_block" or (token.type == "fence" and _is_math(token.info)):
            yield token
        for child in token.children or ():
            if child.type in ("formula", "display_formula", "equation_reference"):
                yield child


def _is_math(info: str) -> bool:
    return info.strip().lower() == "math"
