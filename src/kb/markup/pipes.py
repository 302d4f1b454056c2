"""How does a `|` inside a formula or a wikilink not end a table's cell?

It is masked before the lines are read as a table, and put back right after.
"""

import re

from markdown_it.rules_core import StateCore

from kb.markup.formulas import formula_at

_MASK = "\x01"  # no text holds a control character: `clean` has removed them
_SUSPECT = re.compile(r"^(?=[^\n]*\|)[^\n]*(?:\$|\[\[)[^\n]*$", re.MULTILINE)
_WIKILINK = re.compile(r"\[\[[^\[\]\n|]{1,200}(?:\|[^\[\]\n|]{0,300}){1,2}\]\]")
_BAR = re.compile(r"(?<!\\)\|")


def mask_pipes(state: StateCore) -> None:
    """Mask every `|` in a formula or a wikilink of one line."""
    if "|" in state.src and ("$" in state.src or "[[" in state.src):
        state.src = _SUSPECT.sub(lambda line: _masked(line.group()), state.src)


def unmask_pipes(state: StateCore) -> None:
    """Put every masked `|` back into the blocks, of whatever kind they are."""
    if _MASK not in state.src:
        return
    state.src = state.src.replace(_MASK, "|")
    for token in state.tokens:
        token.content = token.content.replace(_MASK, "|")
        token.info = token.info.replace(_MASK, "|")


def _masked(line: str) -> str:
    line = _WIKILINK.sub(lambda link: _BAR.sub(_MASK, link.group()), line)
    parts, done, position = [], 0, line.find("$")
    while position >= 0:
        span = (
            None if line[position - 1 : position] == "\\" else formula_at(line, position, len(line))
        )
        if span:
            parts += [line[done:position], line[position : span.end].replace("|", _MASK)]
            done = span.end
        position = line.find("$", span.end if span else position + 1)
    return "".join([*parts, line[done:]])
