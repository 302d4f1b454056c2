"""How does Markdown become safe HTML? Nothing else in kb makes any."""

from kb.markup.assemble import assemble
from kb.markup.characters import fold
from kb.markup.embed import end_of, section
from kb.markup.excerpt import excerpt
from kb.markup.headings import written_id
from kb.markup.images import size_of
from kb.markup.model import Embedded, Heading, Html, Markup, Prose, Reference, Sentence, Target
from kb.markup.render import render, render_with_html

__all__ = [
    "Embedded",
    "Heading",
    "Html",
    "Markup",
    "Prose",
    "Reference",
    "Sentence",
    "Target",
    "assemble",
    "end_of",
    "excerpt",
    "fold",
    "render",
    "render_with_html",
    "section",
    "size_of",
    "written_id",
]
