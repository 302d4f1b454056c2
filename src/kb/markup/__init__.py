"""How does Markdown become safe HTML? Nothing else in kb makes any."""

from kb.markup.assemble import assemble
from kb.markup.excerpt import excerpt
from kb.markup.headings import heading_id
from kb.markup.images import size_of
from kb.markup.model import Heading, Html, Markup, Reference, Target
from kb.markup.render import render, render_with_html

__all__ = [
    "Heading",
    "Html",
    "Markup",
    "Reference",
    "Target",
    "assemble",
    "excerpt",
    "heading_id",
    "render",
    "render_with_html",
    "size_of",
]
