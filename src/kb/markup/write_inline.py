"""How is each kind of inline token written?"""

import re
from collections.abc import Callable
from urllib.parse import quote, unquote

from markdown_it.token import Token

from kb.markup.characters import escape, escape_text
from kb.markup.equations import Set
from kb.markup.links import article_of, is_elsewhere
from kb.markup.math import NO_NAMES, MathError, is_very_wide, is_wide, mathml
from kb.markup.model import Html, Reference
from kb.markup.plain import is_seamless, plain
from kb.markup.sanitized import remote_images
from kb.markup.sheet import Sheet
from kb.markup.wikilinks import own_heading, write_wikilink

_UNTRUSTED_LINK = ' rel="nofollow ugc noreferrer"'
_ELSEWHERE = ("http:", "https:")
_OPENERS = re.compile(r"[（《〈“‘「『【〔(\[]+\Z")
_CLOSERS = re.compile(r"[，。、；：！？）》〉”’」』】〕…%,.;:!?)\]]+")
"""No line ends with the former or begins with the latter (UAX 14), but a browser would let one
break beside a formula, which is no letter to it."""


def write_inline(sheet: Sheet, tokens: list[Token]) -> None:
    """Write the tokens of one paragraph, heading or cell."""
    sheet.begin(tokens)
    for index, token in enumerate(tokens):
        sheet.index = index
        if token.type in ("text", "text_special"):
            sheet.out.append(escape_text(token.content[sheet.written :]))
            sheet.written = 0
        else:
            INLINE_WRITERS[token.type](sheet, token)
    sheet.text.append(sheet.run if sheet.offsets else plain(tokens))


def formula(sheet: Sheet, token: Token, *, is_display: bool) -> str:
    """The formula as HTML, or its source and a warning where it cannot be set."""
    tex = token.content.strip()
    made: Set = token.meta.get("set") or Set(tex, NO_NAMES)
    for label in made.repeated:
        fact = f'another equation of this text is labelled "{label}"'
        sheet.warn("repeated-label", fact, "give one of them another label")
    try:
        html = mathml(made.tex, is_display=is_display, source=tex, names=made.names)
    except MathError as error:
        shown = " ".join(tex.split())[:80]
        sheet.warn(
            "broken-formula",
            f"the formula {shown} cannot be set: {error}",
            "it is shown as its source; write it with commands that the engine knows",
        )
        return f'<code class="math-error">{escape_text(tex)}</code>'
    sheet.formulas.append(html)
    return html


def _write_tag(sheet: Sheet, token: Token) -> None:
    sheet.out.append(f"</{token.tag}>" if token.nesting < 0 else f"<{token.tag}>")


def _write_break(sheet: Sheet, token: Token) -> None:
    sheet.line += 1
    if token.type == "hardbreak":
        sheet.out.append("<br>\n")
    elif not is_seamless(sheet.inline, sheet.index):
        sheet.out.append("\n")


def _write_html(sheet: Sheet, token: Token) -> None:
    """What a person wrote; in the label of a slot, which is apart from the rest, it is text."""
    sheet.out.append(escape(token.content) if sheet.captures else token.content)
    warn_of_remote(sheet, remote_images(token.content))


def _write_code(sheet: Sheet, token: Token) -> None:
    sheet.out.append(f"<code>{escape_text(token.content)}</code>")


def _write_lost(sheet: Sheet, token: Token) -> None:
    words = sheet.language.lost[token.info]
    sheet.out.append(f'<span class="lost" data-kind="{token.info}">{words}</span>')


def _write_formula(sheet: Sheet, token: Token) -> None:
    html = formula(sheet, token, is_display=False)
    if is_wide(html) and not sheet.link_depth:  # no tab stop in a tab stop
        kind = "math-line math-long" if is_very_wide(html) else "math-line"
        sheet.out.append(f'<span class="{kind}" tabindex="0">{sheet.keep(html)}</span>')
    else:
        _write_whole(sheet, sheet.keep(html))
    sheet.line += token.content.count("\n")


def _write_whole(sheet: Sheet, html: str) -> None:
    """A formula in one line with the marks right before and after it."""
    opened = _OPENERS.search(_text_beside(sheet, -1))
    closed = _CLOSERS.match(_text_beside(sheet, 1))
    if not (opened or closed):
        sheet.out.append(html)
        return
    before, after = opened[0] if opened else "", closed[0] if closed else ""
    if before:
        sheet.out[-1] = sheet.out[-1].removesuffix(before)
    sheet.out.append(f'<span class="whole">{before}{html}{after}</span>')
    sheet.written = len(after)


def _text_beside(sheet: Sheet, step: int) -> str:
    """The text right before or after the token that is being written."""
    index = sheet.index + step
    token = sheet.inline[index] if 0 <= index < len(sheet.inline) else None
    return token.content if token and token.type == "text" else ""


def _write_display(sheet: Sheet, token: Token) -> None:
    """A display formula where no `div` may stand: in emphasis, a link, a heading."""
    html = formula(sheet, token, is_display=True)
    sheet.out.append(f'<span class="math"{scrolls(html)}>{sheet.keep(html)}</span>')
    sheet.line += token.content.count("\n")


def _write_equation_reference(sheet: Sheet, token: Token) -> None:
    shown = escape(token.content)
    if anchor := token.meta.get("anchor"):
        is_linked = sheet.link_depth == 0
        sheet.out.append(f'<a href="#{quote(anchor)}">{shown}</a>' if is_linked else shown)
        return
    if not sheet.trusted:
        sheet.out.append(shown)
        return
    label = token.meta["label"]
    fact = f'no equation of this text is labelled "{label}"'
    sheet.warn("unknown-equation", fact, f"put \\label{{{label}}} into the formula that is meant")
    title = escape(f"{sheet.language.missing_equation}{label}")
    sheet.out.append(f'<span class="missing" title="{title}">{shown}</span>')


def scrolls(html: str) -> str:
    """The attribute that lets a broad formula be scrolled with the keyboard."""
    return ' tabindex="0"' if is_wide(html) else ""


def _write_link_open(sheet: Sheet, token: Token) -> None:
    sheet.link_depth += 1
    if sheet.link_depth > 1:
        return
    if _reference(str(token.attrs.get("href", ""))):
        sheet.capture(token)
        return
    shown = titled(str(token.attrs.get("title", "")))
    rel = "" if sheet.trusted else _UNTRUSTED_LINK
    sheet.out.append(f'<a href="{escape(_href(sheet, token))}"{shown}{rel}>')


def titled(title: str) -> str:
    """The attribute for a title, if there is one."""
    return f' title="{escape(title)}"' if title else ""


def _write_link_close(sheet: Sheet, token: Token) -> None:
    sheet.link_depth -= 1
    if sheet.link_depth:
        return
    if not sheet.captures:
        sheet.out.append("</a>")
        return
    token, label, sentence = sheet.captured()
    target, anchor = _reference(str(token.attrs["href"])) or ("", "")
    line = sheet.first_line + sheet.line
    title = str(token.attrs.get("title", ""))
    sheet.slot(Reference(target, anchor, label, line, sentence, part=sheet.part, title=title))


def _reference(href: str) -> tuple[str, str] | None:
    """The target and the anchor of a link within the site, None for any other link."""
    if href.startswith("/"):
        path, _, anchor = href.partition("#")
        return unquote(path), unquote(anchor)
    return article_of(href)


def _href(sheet: Sheet, token: Token) -> str:
    href = str(token.attrs.get("href", ""))
    found = own_heading(sheet, unquote(href[1:])) if href.startswith("#") else ""
    return f"#{quote(found)}" if found else href


def _write_image(sheet: Sheet, token: Token) -> None:
    alt = plain(token.children or [])
    source, title = str(token.attrs.get("src", "")), str(token.attrs.get("title", ""))
    if not sheet.trusted:
        sheet.out.append(escape(alt))
        return
    if not alt.strip():
        hint = "say what it shows: ![a red fox](/images/fox.png), ![[fox.png|a red fox]]"
        sheet.warn("image-without-words", f"the image {source} has no alternative text", hint)
    if is_elsewhere(source):
        sheet.out.append(_remote_image(sheet, source, alt, title))
        return
    sheet.slot(
        Reference(
            unquote(source),
            "",
            Html(escape(alt)),
            sheet.first_line + sheet.line,
            sheet.sentence(sheet.index, sheet.index),
            is_image=True,
            is_in_label=bool(sheet.captures),
            size=token.meta.get("size", (0, 0)),
            part=sheet.part,
            title=title,
        )
    )


def _remote_image(sheet: Sheet, source: str, alt: str, title: str) -> str:
    if not source.lower().startswith(_ELSEWHERE):
        return escape(alt)
    warn_of_remote(sheet, [source])
    return image(escape(source), escape(alt), title)


def warn_of_remote(sheet: Sheet, sources: list[str]) -> None:
    """Say that images are loaded from other hosts."""
    hint = "save it in static/images/ and write /images/…: pages then ask no other host"
    for source in sources:
        sheet.warn("remote-image", f"the image {source} is loaded from another host", hint)


def image(source: str, alt: str, title: str = "", size: tuple[int, int] = (0, 0)) -> str:
    """An `<img>` of an escaped URL and text, `size` being its sides in pixels, 0 for any."""
    width, height = size
    sides = (f' width="{width}"' if width else "") + (f' height="{height}"' if height else "")
    return f'<img src="{source}" alt="{alt}"{titled(title)}{sides} loading="lazy" decoding="async">'


def _write_checkbox(sheet: Sheet, token: Token) -> None:
    checked = " checked" if token.info else ""
    label = escape(" ".join(token.content.split())[:120])
    sheet.out.append(f'<input type="checkbox" disabled{checked} aria-label="{label}"> ')


def _write_footnote_ref(sheet: Sheet, token: Token) -> None:
    if "number" not in token.meta:
        return
    number, use = token.meta["number"], token.meta["use"]
    label = f"{sheet.language.footnote} {number}"
    sheet.out.append(
        f'<sup class="footnote-ref"><a href="#note_{number}" id="{back_id(number, use)}"'
        f' role="doc-noteref" aria-label="{label}">{number}</a></sup>'
    )


def _write_unknown_footnote(sheet: Sheet, token: Token) -> None:
    label = token.content[2:-1]
    fact = f'no footnote of this text is called "{label}"'
    sheet.warn("unknown-footnote", fact, f"write [^{label}]: and its words on a line of their own")
    title = escape(f"{sheet.language.missing_footnote}{label}")
    sheet.out.append(f'<span class="missing" title="{title}">{escape(token.content)}</span>')


def back_id(number: int, use: int) -> str:
    """The id of the place that refers to note `number` for the `use`-th time."""
    return f"noteref_{number}" if use == 1 else f"noteref_{number}_{use}"


INLINE_WRITERS: dict[str, Callable[[Sheet, Token], None]] = {
    "em_open": _write_tag,
    "em_close": _write_tag,
    "strong_open": _write_tag,
    "strong_close": _write_tag,
    "s_open": _write_tag,
    "s_close": _write_tag,
    "softbreak": _write_break,
    "hardbreak": _write_break,
    "code_inline": _write_code,
    "html_inline": _write_html,
    "formula": _write_formula,
    "display_formula": _write_display,
    "equation_reference": _write_equation_reference,
    "lost": _write_lost,
    "link_open": _write_link_open,
    "link_close": _write_link_close,
    "wikilink": write_wikilink,
    "image": _write_image,
    "checkbox": _write_checkbox,
    "footnote_ref": _write_footnote_ref,
    "unknown_footnote": _write_unknown_footnote,
}
