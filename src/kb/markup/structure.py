"""What do tables, task lists and paragraphs with formulas become before they are written?"""

import re
from collections.abc import Iterable
from itertools import pairwise

from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from kb.markup.plain import plain

# A comma or full stop that ended the sentence of a display formula: no paragraph of its own.
_LONE_SIGNS = re.compile(r"[\s,.;:，。；：、]*")
_MERE_TEXT = {"text", "text_special", "softbreak", "hardbreak"}
_DEFINITION = re.compile(r"^[ \t>]*[:~][ \t]", re.MULTILINE)
_CAPTION = re.compile(r"^[ \t>]*(?:[Tt]able|表)[:：][ \t]*(\S.*)$", re.MULTILINE)
_TASK = re.compile(r"\[([ xX])\][ \t]+(?=\S)")


def lone_line(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: ARG001, FBT001 - markdown-it's signature
    """A paragraph of one line: what no sign begins, before an empty line."""
    following = start + 1
    if silent or (following < state.lineMax and not state.isEmpty(following)):
        return False
    if "defines" not in state.env:
        state.env["defines"] = _DEFINITION.search(state.src) is not None
    if state.env["defines"]:
        return False
    begin = state.bMarks[start] + state.tShift[start]
    state.line = following
    state.push("paragraph_open", "p", 1).map = [start, following]
    token = state.push("inline", "", 0)
    token.content, token.map = mdTrim(state.src[begin : state.eMarks[start]]), [start, following]
    state.push("paragraph_close", "p", -1)
    return True


def inline(state: StateCore) -> None:
    """Read each run of text; one without any sign of markup is a text as it stands."""
    parser, signs = state.md.inline, state.md.inline.terminator_re
    for token in state.tokens:
        if token.type != "inline":
            continue
        if signs.search(token.content):
            token.children = []
            parser.parse(token.content, state.md, state.env, token.children)
        elif token.content:
            token.children = [Token("text", "", 0, content=token.content)]


def tables(state: StateCore) -> None:
    """Align cells by class, and let an empty heading cell be an ordinary one."""
    if "|" not in state.src:
        return
    previous: Token | None = None
    for index, token in enumerate(state.tokens):
        if token.type in ("th_open", "td_open"):
            align = str(token.attrs.pop("style", "")).rpartition(":")[2]
            token.attrs = {"class": align} if align else {}
            token.tag = "th" if token.tag == "th" and state.tokens[index + 1].content else "td"
            previous = token
        elif token.type in ("th_close", "td_close") and previous:
            token.tag = previous.tag


def long_rows(state: StateCore) -> None:
    """Name in `env["long_rows"]` the line of each row that has more cells than its header.

    The rest of such a row is left out, as GitHub leaves it out.
    """
    if "|" not in state.src:
        return
    rows = [(outer.type, row.map) for outer, row in pairwise(state.tokens) if row.type == "tr_open"]
    lines = state.src.split("\n")
    wide = 0
    for outer, place in rows:
        cells = _cells(lines[place[0]]) if place else []
        if outer == "thead_open":
            wide = len(cells)
        elif place and any(cell.strip() for cell in cells[wide:]):
            state.env.setdefault("long_rows", []).append(place[0])


def _cells(line: str) -> list[str]:
    """The cells of a row, whether or not bars stand at its ends."""
    cells = escapedSplit(line.lstrip("> \t").strip())
    return cells[not cells[0] : len(cells) - (len(cells) > 1 and not cells[-1])]


def captions(state: StateCore) -> None:
    """Take `Table: words` or `表：words` below a table into it as its caption."""
    if not _CAPTION.search(state.src):
        return
    tokens: list[Token] = []
    last = -1
    for index, token in enumerate(state.tokens):
        if token.type == "table_open":
            last = len(tokens)
        below = state.tokens[index - 2].type == "table_close" if index > 1 else False
        found = _CAPTION.fullmatch(token.content) if token.type == "inline" and below else None
        tokens.append(token)
        if found and tokens[-2].type == "paragraph_open":
            token.content = found[1]
            del tokens[-2:]
            caption = Token("caption_open", "", 1), token, Token("caption_close", "", -1)
            tokens[last + 1 : last + 1] = caption
            state.tokens[index + 1].type = "dropped"
    state.tokens = [token for token in tokens if token.type != "dropped"]


def figures(state: StateCore) -> None:
    """Make a figure of each paragraph that is an image with a title: the title is its caption."""
    if "![" not in state.src:
        return
    tokens: list[Token] = []
    for index, token in enumerate(state.tokens):
        tokens.append(token)
        opening = state.tokens[index - 1]
        image = token.children[0] if token.children and len(token.children) == 1 else token
        if image.type != "image" or opening.type != "paragraph_open" or opening.hidden:
            continue
        if title := image.attrs.pop("title", ""):
            opening.type, state.tokens[index + 1].type = "figure_open", "figure_close"
            words: list[Token] = []
            state.md.inline.parse(str(title), state.md, state.env, words)
            caption = Token("inline", "", 0, content=str(title), map=token.map, children=words)
            tokens += Token("figcaption_open", "", 1), caption, Token("figcaption_close", "", -1)
    state.tokens = tokens


def tasks(state: StateCore) -> None:
    """Turn `[ ]` and `[x]` at the start of a list item into a box."""
    if "- [" not in state.src and "] " not in state.src:
        return
    tokens = state.tokens
    for index in range(2, len(tokens)):
        item, paragraph, inline = tokens[index - 2 : index + 1]
        if item.type == "list_item_open" and paragraph.type == "paragraph_open":
            _make_task(item, inline)


def _make_task(item: Token, inline: Token) -> None:
    children = inline.children or []
    found = children and children[0].type == "text" and _TASK.match(children[0].content)
    if not found or not _TASK.match(inline.content):  # `[ \] ` is escaped
        return
    children[0].content = children[0].content[found.end() :]
    box = Token("checkbox", "input", 0, info="checked" if found[1] != " " else "")
    box.content = plain(children)
    children.insert(0, box)
    item.attrs = {"class": "task"}


def displays(state: StateCore) -> None:
    """Split each paragraph around its display formulas: a `div` may not stand in a `p`."""
    if not state.env.get("displays"):
        return
    tokens: list[Token] = []
    for index, token in enumerate(state.tokens):
        inside = index and state.tokens[index - 1].type == "paragraph_open"
        if inside and token.type == "inline" and (cuts := _cuts(token.children or [])):
            opening, closing = tokens.pop(), state.tokens[index + 1]
            tokens.extend(_split(opening, token, closing, cuts))
            closing.type = "dropped"
        else:
            tokens.append(token)
    state.tokens = [token for token in tokens if token.type != "dropped"]


def _cuts(children: list[Token]) -> list[int]:
    """Where display formulas stand outside emphasis and links."""
    depth, cuts = 0, []
    for index, child in enumerate(children):
        depth += child.nesting
        if child.type == "display_formula" and depth == 0:
            cuts.append(index)
    return cuts


def _split(opening: Token, inline: Token, closing: Token, cuts: list[int]) -> Iterable[Token]:
    children = inline.children or []
    line, start = (inline.map or [0])[0], 0
    for cut in [*cuts, len(children)]:
        part = _trimmed(children[start:cut])
        if not (_LONE_SIGNS.fullmatch(plain(part)) and all(t.type in _MERE_TEXT for t in part)):
            yield Token("paragraph_open", "p", 1, hidden=opening.hidden, map=[line, line])
            yield Token("inline", "", 0, children=part, map=[line, line])
            yield Token("paragraph_close", "p", -1, hidden=closing.hidden)
        line += sum(map(_lines, children[start:cut]))
        if cut < len(children):
            content = children[cut].content
            yield Token("formula_block", "math", 0, content=content, map=[line, line])
            line += content.count("\n")
        start = cut + 1


def _lines(token: Token) -> int:
    if token.type in ("softbreak", "hardbreak"):
        return 1
    return token.content.count("\n")


def _trimmed(part: list[Token]) -> list[Token]:
    while part and part[0].type in ("softbreak", "hardbreak"):
        part = part[1:]
    while part and part[-1].type in ("softbreak", "hardbreak"):
        part = part[:-1]
    if part and part[0].type == "text":
        part[0].content = part[0].content.lstrip()
    if part and part[-1].type == "text":
        part[-1].content = part[-1].content.rstrip()
    return part
