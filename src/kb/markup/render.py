"""How does a text become markup?"""

from dataclasses import dataclass
from typing import Any

from markdown_it.token import Token

from kb.markup.characters import clean, escape, fold
from kb.markup.headings import written_id
from kb.markup.model import Markup
from kb.markup.rules import DEEPEST, parser
from kb.markup.sheet import Sheet
from kb.markup.words import words_of
from kb.markup.write_block import write_blocks

_BREAKS = (RecursionError, RuntimeError, IndexError, KeyError, ValueError, TypeError)


@dataclass(frozen=True, slots=True)
class _Source:
    """A text and where it stands."""

    text: str
    path: str
    first_line: int
    title: str

    def sheet(self, *, trusted: bool) -> Sheet:
        """An empty sheet for it."""
        language, has_entities = words_of(self.text), "&#" in self.text
        return Sheet(self.path, self.first_line, language, trusted, {}, has_entities)


def render(
    text: str,
    *,
    path: str,
    first_line: int = 1,
    title: str = "",
    trusted: bool = True,
) -> Markup:
    """Markdown as safe HTML with slots for its links; see kb.markup.rules for the dialect.

    `path` and `first_line` (1-based, of the text in its file) place the problems; a first heading
    that says `title` is left out. Text that is not `trusted` gets no images, no wikilinks, and
    links to http, https and mailto only. Depends on its arguments alone, and never raises.
    """
    source = _Source(clean(text), path, first_line, title)
    return _written(source, source.sheet(trusted=trusted))


def render_with_html(text: str, *, path: str, first_line: int = 1, title: str = "") -> Markup:
    """The same for a text of our own, with an allow-list of the HTML in it let through."""
    source = _Source(clean(text), path, first_line, title)
    sheet = source.sheet(trusted=True)
    sheet.has_html = "<" in source.text
    return _written(source, sheet)


def _written(source: _Source, sheet: Sheet) -> Markup:
    env: dict[str, Any] = {"title": source.title}
    try:
        markdown = parser(trusted=sheet.trusted, html=sheet.has_html)
        tokens = markdown.parse(source.text, env)
        sheet.anchors = _anchors(tokens)
        sheet.headings = tuple(t.meta["text"] for t in tokens if t.type == "heading_open")
        write_blocks(sheet, tokens)
        _warn_of_footnotes(sheet, env)
        _warn_of_rows(sheet, env)
        _warn_of_depth(sheet, env)
    except _BREAKS as error:
        return _unformatted(source.text, source.sheet(trusted=sheet.trusted), error)
    return sheet.markup()


def _anchors(tokens: list[Token]) -> dict[str, str]:
    """The id of each heading by the id and by its folded words; the first of a name wins."""
    anchors: dict[str, str] = {}
    for token in tokens:
        if token.type == "heading_open":
            anchors.setdefault(fold(token.meta["text"]), token.meta["id"])
    ids = {token.meta["id"] for token in tokens if token.type == "heading_open"}
    return {written_id(name): name for name in ids} | anchors | {name: name for name in ids}


def _warn_of_footnotes(sheet: Sheet, env: dict[str, Any]) -> None:
    for label, line in env.get("unused_footnotes", ()):
        sheet.line = line
        hint = f"refer to it with [^{label}], or take it out"
        sheet.warn("unused-footnote", f'nothing refers to the footnote "{label}"', hint)


def _warn_of_rows(sheet: Sheet, env: dict[str, Any]) -> None:
    for line in env.get("long_rows", ()):
        sheet.line = line
        hint = "write \\| for a bar within a cell, or give the header more cells"
        sheet.warn("long-row", "this row has more cells than its header; they are left out", hint)


def _warn_of_depth(sheet: Sheet, env: dict[str, Any]) -> None:
    if "unread" in env:
        sheet.line = env["unread"]
        fact = f"what is nested more than {DEEPEST} deep is left out"
        sheet.warn("nested-too-deep", fact, "take it out of its lists and quotations")


def _unformatted(text: str, sheet: Sheet, error: Exception) -> Markup:
    """The text as bare paragraphs, where the parser gave up."""
    message = f"the text is shown without its markup, as it cannot be read ({type(error).__name__})"
    sheet.warn("unreadable-markup", message, "simplify what is nested deepest")
    for block in text.split("\n\n"):
        if block.strip():
            sheet.out.append(f"<p>{escape(block.strip())}</p>\n")
            sheet.text.append(block.strip())
    return sheet.markup()
