"""How is each kind of block token written?"""

from collections.abc import Callable
from urllib.parse import quote

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from kb.markup import diagrams
from kb.markup.characters import escape, escape_text
from kb.markup.code import ATTRIBUTES, LONGEST, Info, beyond, figure, info_of, is_known
from kb.markup.contents import label
from kb.markup.model import Heading
from kb.markup.sanitized import remote_images, words_of_html
from kb.markup.sheet import Sheet
from kb.markup.svg import PREFIX
from kb.markup.wikilinks import write_embed
from kb.markup.write_inline import back_id, formula, scrolls, warn_of_remote, write_inline
from kb.problems import did_you_mean

_ATTRIBUTES_ARE = f"there are {', '.join(ATTRIBUTES)}, and lines to mark as {{1,3-5}}"


def write_blocks(sheet: Sheet, tokens: list[Token]) -> None:
    """Write all tokens of a text."""
    for token in tokens:
        if token.map:
            sheet.line = token.map[0]
        if token.type == "inline":
            write_inline(sheet, token.children or [])
        else:
            BLOCK_WRITERS[token.type](sheet, token)


def _write_tag(sheet: Sheet, token: Token) -> None:
    if token.nesting < 0:
        sheet.out.append(f"</{token.tag}>\n")
    elif token.attrs:
        sheet.out.append(f"<{token.tag}{_attributes(token)}>")
    else:
        sheet.out.append(f"<{token.tag}>")


def _attributes(token: Token) -> str:
    return "".join(f' {name}="{escape(str(value))}"' for name, value in token.attrs.items())


def _write_paragraph(sheet: Sheet, token: Token) -> None:
    if not token.hidden:
        sheet.out.append("</p>\n" if token.nesting < 0 else "<p>")


def _write_figure(sheet: Sheet, token: Token) -> None:
    sheet.out.append("<figure>" if token.nesting > 0 else "</figure>\n")


def _write_figcaption(sheet: Sheet, token: Token) -> None:
    sheet.out.append("\n<figcaption>" if token.nesting > 0 else "</figcaption>")


def _write_heading(sheet: Sheet, token: Token) -> None:
    anchor, words = token.meta["id"], token.meta["text"]
    sheet.out.append(f'<{token.tag} id="{escape(anchor)}">')
    is_own = token.level == 0 and sheet.part >= 0
    found = sheet.outline if is_own else sheet.inner
    found.append(Heading(int(token.tag[1]), anchor, words, label(token.children or ())))
    sheet.part += is_own


def _write_heading_close(sheet: Sheet, token: Token) -> None:
    href = f'href="#{quote(token.meta["id"])}"'
    link = f' <a class="anchor" {href} aria-hidden="true" tabindex="-1">#</a>'
    sheet.out.append(f"{link}</{token.tag}>\n")


def _write_rule(sheet: Sheet, _: Token) -> None:
    sheet.out.append("<hr>\n")


def _write_fence(sheet: Sheet, token: Token) -> None:
    info = info_of(unescapeAll(token.info).strip())
    if info.language.lower() == "math":
        _write_formula(sheet, token)
        return
    for name in info.unknown if sheet.trusted else ():
        fact = f'a block of code has no attribute "{name}"'
        sheet.warn("unknown-attribute", fact, did_you_mean(name, ATTRIBUTES) or _ATTRIBUTES_ARE)
    if info.language.lower() == "mermaid" and sheet.trusted:
        _write_diagram(sheet, token, info)
        return
    if not is_known(info.language):
        sheet.warn(
            "unknown-language",
            f'no language of code is called "{info.language}"',
            "name one that Pygments knows, or `text`",
        )
    if line := beyond(info, token.content):
        fact = f"line {line} of this block is to be marked, and there is none"
        sheet.warn("no-such-line", fact, "count from the first line below the fence")
    if len(token.content) > LONGEST:
        fact = f"code of more than {LONGEST:,} characters is shown without colours"
        sheet.warn("long-code", fact, "cut it, or put the file into static/ and link to it")
    sheet.out.append(figure(token.content, info))
    sheet.code.append(len(sheet.text))
    sheet.text.append(token.content.rstrip("\n"))


def _write_diagram(sheet: Sheet, token: Token, info: Info) -> None:
    """The picture with its source, or the source alone where it cannot be drawn."""
    code = f'<code class="language-mermaid">{escape_text(token.content)}</code>'
    try:
        drawn = diagrams.drawn(token.content)
    except diagrams.DiagramError as error:
        hint = "it is shown as its source; https://mermaid.js.org says how each kind is written"
        sheet.warn("broken-diagram", f"the diagram cannot be drawn: {error}", hint)
        _write_undrawn(sheet, code, info)
        return
    sheet.diagrams += 1
    label = info.title or f"{sheet.language.diagram} {sheet.diagrams}"
    said = escape(f"{label}: {drawn.words}"[:500])
    svg = drawn.svg.replace(PREFIX, f"diagram-{sheet.diagrams}").removeprefix("<svg")
    picture = sheet.keep(f'<svg role="img" aria-label="{said}"{svg}')
    caption = f"<figcaption>{escape(label)}</figcaption>\n" if info.title else ""
    sheet.out.append(
        f'<figure class="diagram"><div tabindex="0" role="region" aria-label="{escape(label)}">'
        f"{picture}</div>\n"
        f"<details><summary>{sheet.language.source}</summary>\n"
        f'<pre tabindex="0">{code}</pre></details>\n{caption}</figure>\n'
    )
    sheet.text.append(drawn.words)


def _write_undrawn(sheet: Sheet, code: str, info: Info) -> None:
    caption = f"<figcaption>{escape(info.title)}</figcaption>\n" if info.title else ""
    sheet.out.append(
        f'<figure class="undrawn"><p>{sheet.language.undrawn}</p>\n'
        f'<pre tabindex="0">{code}</pre>\n{caption}</figure>\n'
    )


def _write_formula(sheet: Sheet, token: Token) -> None:
    html = formula(sheet, token, is_display=True)
    sheet.out.append(f'<div class="math"{scrolls(html)}>{sheet.keep(html)}</div>\n')


def _write_html(sheet: Sheet, token: Token) -> None:
    """What a person wrote: it is sanitised with the whole text."""
    sheet.out.append(token.content)
    sheet.text.append(words_of_html(token.content))
    warn_of_remote(sheet, remote_images(token.content))


def _write_table_open(sheet: Sheet, _: Token) -> None:
    sheet.tables += 1
    label = f"{sheet.language.table} {sheet.tables}"
    sheet.out.append(
        f'<div class="table" tabindex="0" role="region" aria-label="{label}"><table>\n'
    )


def _write_table_close(sheet: Sheet, _: Token) -> None:
    sheet.out.append("</table></div>\n")


def _write_caption(sheet: Sheet, token: Token) -> None:
    sheet.out.append("<caption>" if token.nesting > 0 else "</caption>\n")


def _write_cell(sheet: Sheet, token: Token) -> None:
    scope = ' scope="col"' if token.tag == "th" else ""
    sheet.out.append(f"<{token.tag}{scope}{_attributes(token)}>")


def _write_callout_open(sheet: Sheet, token: Token) -> None:
    kind, fold = token.meta["kind"], token.meta["fold"]
    if fold:
        is_open = " open" if fold == "+" else ""
        sheet.out.append(f'<details class="callout" data-kind="{kind}"{is_open}>\n')
        sheet.out.append('<summary class="callout-title">')
    else:
        sheet.out.append(f'<aside class="callout" role="note" data-kind="{kind}">\n')
        sheet.out.append('<p class="callout-title">')
    if not token.meta["title"]:
        sheet.out.append(sheet.language.callouts[kind])


def _write_callout_title(_sheet: Sheet, _: Token) -> None:
    """Nothing: the callout has opened its title."""


def _write_callout_title_close(sheet: Sheet, token: Token) -> None:
    sheet.out.append("</summary>\n" if token.meta["fold"] else "</p>\n")


def _write_callout_close(sheet: Sheet, token: Token) -> None:
    sheet.out.append("</details>\n" if token.meta["fold"] else "</aside>\n")


def _write_footnotes_open(sheet: Sheet, _: Token) -> None:
    words = sheet.language.footnotes
    sheet.part = -1
    sheet.out.append(f'<section class="footnotes" role="doc-endnotes" aria-label="{words}"><ol>\n')


def _write_footnotes_close(sheet: Sheet, _: Token) -> None:
    sheet.out.append("</ol></section>\n")


def _write_footnote_open(sheet: Sheet, token: Token) -> None:
    sheet.out.append(f'<li id="note_{token.meta["number"]}">')


def _write_footnote_anchor(sheet: Sheet, token: Token) -> None:
    number, use = token.meta["number"], token.meta["use"]
    which = f"{number}" if use == 1 else f"{number}-{use}"
    sheet.out.append(
        f' <a class="footnote-back" href="#{back_id(number, use)}" role="doc-backlink"'
        f' aria-label="{sheet.language.back} {which}">\u21a9\ufe0e</a>'
    )


BLOCK_WRITERS: dict[str, Callable[[Sheet, Token], None]] = {
    **dict.fromkeys(
        (
            *("blockquote_open", "blockquote_close", "list_item_open", "list_item_close"),
            *("bullet_list_open", "bullet_list_close", "ordered_list_open", "ordered_list_close"),
            *("thead_open", "thead_close", "tbody_open", "tbody_close", "tr_open", "tr_close"),
            *("td_close", "th_close", "dl_open", "dl_close", "dt_open", "dt_close", "dd_open"),
            *("dd_close", "footnote_close"),
        ),
        _write_tag,
    ),
    "paragraph_open": _write_paragraph,
    "paragraph_close": _write_paragraph,
    "figure_open": _write_figure,
    "figure_close": _write_figure,
    "figcaption_open": _write_figcaption,
    "figcaption_close": _write_figcaption,
    "heading_open": _write_heading,
    "heading_close": _write_heading_close,
    "embed": write_embed,
    "hr": _write_rule,
    "fence": _write_fence,
    "code_block": _write_fence,
    "formula_block": _write_formula,
    "html_block": _write_html,
    "table_open": _write_table_open,
    "table_close": _write_table_close,
    "caption_open": _write_caption,
    "caption_close": _write_caption,
    "th_open": _write_cell,
    "td_open": _write_cell,
    "callout_open": _write_callout_open,
    "callout_title_open": _write_callout_title,
    "callout_title_close": _write_callout_title_close,
    "callout_close": _write_callout_close,
    "footnotes_open": _write_footnotes_open,
    "footnotes_close": _write_footnotes_close,
    "footnote_open": _write_footnote_open,
    "footnote_anchor": _write_footnote_anchor,
}
