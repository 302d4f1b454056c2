"""Which rules, in which order, does kb's Markdown have beyond CommonMark?"""

from collections.abc import Callable
from functools import cache, partial
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote.index import footnote_def

from kb.markup.callouts import callouts
from kb.markup.dispatch import Blocks, Inlines
from kb.markup.emphasis import emphasis, strikethrough
from kb.markup.equations import equation_reference, equations
from kb.markup.footnotes import footnotes, known_footnote, unknown_footnote
from kb.markup.formulas import block_formula, inline_formula
from kb.markup.headings import custom_ids, headings
from kb.markup.links import allows, bare_url, normalised
from kb.markup.pipes import mask_pipes, unmask_pipes
from kb.markup.placeholders import placeholder
from kb.markup.structure import (
    captions,
    displays,
    figures,
    inline,
    lone_line,
    long_rows,
    tables,
    tasks,
)
from kb.markup.wikilinks import embeds, wikilink


class Rule(NamedTuple):
    """A rule of one of the parser's chains, put before the rule called `before`.

    `starts` are the signs that what it reads begins with (any sign where there are none), `ends`
    names the block rules that it may interrupt. One that is not `for_untrusted` is left
    out for text that others wrote.
    """

    chain: str
    before: str
    apply: Callable[..., Any]
    starts: str = ""
    ends: tuple[str, ...] = ()
    for_untrusted: bool = True


RULES = (
    Rule("core", "block", mask_pipes),
    Rule("core", "inline", long_rows),
    Rule("core", "inline", unmask_pipes),
    Rule("core", "inline", callouts),
    Rule("core", "inline", captions),
    Rule("core", "inline", custom_ids),
    Rule("core", "", figures),
    Rule("core", "", footnotes),
    Rule("core", "", tables),
    Rule("core", "", tasks),
    Rule("core", "", displays),
    Rule("core", "", embeds, for_untrusted=False),
    Rule("core", "", equations),
    Rule("core", "", headings),
    Rule("block", "lheading", lone_line),
    Rule("block", "table", block_formula, "$\\", ("paragraph", "reference", "blockquote", "list")),
    Rule("block", "reference", footnote_def, "[", ("paragraph", "reference")),
    Rule("inline", "newline", bare_url, ":"),
    Rule("inline", "escape", inline_formula, "$\\"),
    Rule("inline", "escape", equation_reference, "\\"),
    Rule("inline", "link", wikilink, "![", for_untrusted=False),
    Rule("inline", "link", placeholder, "["),
    Rule("inline", "link", known_footnote, "["),
    Rule("inline", "link", unknown_footnote, "[", for_untrusted=False),
)
"""Every rule of ours, in order; before "" is at the end of its chain."""

STARTS = {
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "reference": "[",
    "heading": "#",
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "link": "[",
    "image": "!",
    "autolink": "<",
    "entity": "&",
    "html_block": "<",
    "html_inline": "<",
} | {rule.apply.__name__: rule.starts for rule in RULES}
"""The signs that begin what each rule reads, markdown-it's own rules among them."""

REPLACED = (("core", inline), ("inline", emphasis), ("inline", strikethrough))
"""Chain and function of each rule that stands in for markdown-it's of the same name."""

DEEPEST = 50
"""Levels of blocks in blocks, and of brackets in brackets; what lies deeper is not read."""


@cache
def parser(*, trusted: bool, html: bool = False) -> MarkdownIt:
    """The one parser for our own text, for such with `html` in it, or for that of others."""
    markdown = MarkdownIt("zero")
    markdown.block, markdown.inline = blocks, inlines = Blocks(), Inlines()
    with_rules(markdown, trusted=trusted, html=html)
    blocks.begin_with(STARTS)
    inlines.begin_with(STARTS)
    return markdown


def with_rules(markdown: MarkdownIt, *, trusted: bool, html: bool = False) -> None:
    """Give `markdown` every rule of the dialect."""
    markdown.configure("commonmark", {"html": html, "maxNesting": DEEPEST})
    markdown.enable(["table", "strikethrough"])
    markdown.disable(["text_join"] if html else ["html_block", "html_inline", "text_join"])
    deflist_plugin(markdown)
    for rule in RULES:
        if trusted or rule.for_untrusted:
            _add(markdown, rule)
    for chain, function in REPLACED:
        ruler: Any = getattr(markdown, chain).ruler
        ruler.at(function.__name__, function)
    markdown.validateLink = partial(allows, trusted=trusted)  # type: ignore[method-assign]
    markdown.normalizeLink = normalised  # type: ignore[method-assign]


def _add(markdown: MarkdownIt, rule: Rule) -> None:
    ruler: Any = getattr(markdown, rule.chain).ruler
    name = rule.apply.__name__
    if not rule.before:
        ruler.push(name, rule.apply)
    elif rule.ends:
        ruler.before(rule.before, name, rule.apply, {"alt": list(rule.ends)})
    else:
        ruler.before(rule.before, name, rule.apply)
