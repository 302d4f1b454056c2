"""What does `[[target#heading|label]]` ask for, and `![[target]]`?"""

import re
from collections.abc import Iterator
from urllib.parse import quote

from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from kb.markup.characters import escape
from kb.markup.headings import matching
from kb.markup.model import Html, Reference, Sentence
from kb.markup.sheet import Sheet
from kb.problems import did_you_mean

_WIKILINK = re.compile(
    r"(!?)\[\[([^\[\]\n|#\\]{0,200})(?:#([^\[\]\n|\\]{0,200}))?(?:\\?\|([^\[\]\n]{0,300}))?\]\](?!\()"
)
_PICTURE = re.compile(r"\.(?:apng|avif|bmp|gif|jpe?g|png|svg|webp)$", re.IGNORECASE)
_SIZE = re.compile(r"(?:^|\|)\s*(\d{1,5})(?:\s*[x×]\s*(\d{1,5}))?\s*$")
_BREAKS = ("softbreak", "hardbreak")
_MOST_GUESSES = 20
_MOST_HEADINGS = 200
_NO_SENTENCE = Sentence("", "", "")


def wikilink(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """`[[target#heading|label]]`, and with `!` before it a text or a picture to show here."""
    if state.src[state.pos] not in "![":
        return False
    found = _WIKILINK.match(state.src, state.pos, state.posMax)
    if not found or not (found[2].strip() or (found[3] or "").strip()):
        return False
    if not silent:
        _push(state, found)
    state.pos = found.end()
    return True


def _push(state: StateInline, found: re.Match[str]) -> None:
    target, anchor, label = found[2].strip(), (found[3] or "").strip(), found[4] or ""
    if found[1] and _PICTURE.search(target):
        _push_picture(state, target, label)
        return
    token = state.push("wikilink", "", 0)
    token.content = label
    # a name may end with the sign (C#), and of a path of headings the last one is meant
    is_bare = found[3] is not None and not anchor
    token.meta = {
        "target": f"{target}#" if is_bare else target,
        "anchor": anchor.rpartition("#")[2].strip(),
    }
    token.markup = found[1]


def _push_picture(state: StateInline, source: str, label: str) -> None:
    """`![[a.png|words|300x200]]`; the words and the size may both be left out."""
    size = _SIZE.search(label)
    words = label[: size.start()].rstrip("\\") if size else label
    token = state.push("image", "img", 0)
    token.attrs = {"src": source, "alt": ""}
    token.children = [Token("text", "", 0, content=words.strip())]
    token.meta = {"size": (int(size[1]), int(size[2] or 0))} if size else {}


def embeds(state: StateCore) -> None:
    """Take each paragraph of nothing but embedded texts apart: no text may stand in a `p`."""
    if "![[" not in state.src:
        return
    tokens: list[Token] = []
    for index, token in enumerate(state.tokens):
        inside = index and state.tokens[index - 1].type == "paragraph_open"
        closing = state.tokens[index + 1] if inside else token
        if closing.type == "paragraph_close" and _is_embeds(token.children or []):
            tokens.pop()
            tokens.extend(_blocks(token))
            closing.type = "dropped"
        else:
            tokens.append(token)
    state.tokens = [token for token in tokens if token.type != "dropped"]


def _is_embeds(children: list[Token]) -> bool:
    kept = [child for child in children if child.type not in _BREAKS and not _is_blank(child)]
    return bool(kept) and all(
        child.type == "wikilink" and child.markup and child.meta["target"] for child in kept
    )


def _is_blank(token: Token) -> bool:
    return token.type == "text" and not token.content.strip()


def _blocks(inline: Token) -> Iterator[Token]:
    line = (inline.map or [0])[0]
    for child in inline.children or ():
        line += child.type in _BREAKS
        if child.type == "wikilink":
            yield Token("embed", "", 0, content=child.content, meta=child.meta, map=[line, line])


def write_embed(sheet: Sheet, token: Token) -> None:
    """Leave a slot for a text."""
    label = Html(escape(token.content))
    name, line = _name(token), sheet.first_line + sheet.line
    anchor = token.meta["anchor"]
    sheet.slot(
        Reference(name, anchor, label, line, _NO_SENTENCE, is_embed=True, part=sheet.part),
    )


def write_wikilink(sheet: Sheet, token: Token) -> None:
    """Leave a slot for a link to another text, or link to a heading of this one."""
    target, anchor = token.meta["target"], token.meta["anchor"]
    label = escape(token.content or target or anchor)
    if sheet.link_depth:  # no link may stand in a link
        sheet.out.append(label)
    elif target:
        if token.markup:
            _warn_of_line(sheet, token)
        sheet.slot(_reference(sheet, token))
        if not token.content:
            sheet.name()
    elif found := own_heading(sheet, anchor):
        sheet.out.append(f'<a href="#{quote(found)}">{label}</a>')
    else:
        title = escape(f"{sheet.language.missing_heading}{anchor}")
        sheet.out.append(f'<span class="missing" title="{title}">{label}</span>')


def own_heading(sheet: Sheet, anchor: str) -> str:
    """The id of the heading of this text that `anchor` means; a warning and nothing for none."""
    found = matching(anchor, sheet.anchors)
    if not found:
        sheet.warn(
            "unknown-heading",
            f'no heading of this text is called "{anchor}"',
            _nearest(sheet, anchor) or "write the heading's words as they stand there",
        )
    return found


def _nearest(sheet: Sheet, anchor: str) -> str:
    """The heading that was meant, for as many as a person mends at a time."""
    is_first = len(sheet.problems) < _MOST_GUESSES
    return did_you_mean(anchor, sheet.headings[:_MOST_HEADINGS]) if is_first else ""


def _reference(sheet: Sheet, token: Token) -> Reference:
    return Reference(
        _name(token),
        token.meta["anchor"],
        Html(escape(token.content)),
        sheet.first_line + sheet.line,
        sheet.sentence(sheet.index, sheet.index),
        part=sheet.part,
    )


def _name(token: Token) -> str:
    target: str = token.meta["target"]
    return target.removesuffix(".md")


def _warn_of_line(sheet: Sheet, token: Token) -> None:
    sheet.warn(
        "embed-in-a-line",
        f'"{token.meta["target"]}" is shown as a link, as a text cannot stand within a line',
        "put the embed into a paragraph of its own, with an empty line before and after it",
    )
