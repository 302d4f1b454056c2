"""How does a text, or one section of it, stand inside another?"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from html import unescape
from urllib.parse import unquote

from kb.languages import direction
from kb.markup.characters import escape
from kb.markup.model import Embedded, Heading, Markup
from kb.markup.words import Words

_NOTES = '<section class="footnotes"'
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_ID = re.compile(r' id="([^"]*)"')
_IDS = re.compile(r' (aria-(?:controls|describedby|labelledby|owns)|for|headers)="([^"]*)"')
_LOCAL = re.compile(r'( (?:xlink:)?href="|url\()#([^")]*)')
_LEVEL = re.compile(r"^(</?h)([2-6])")
_DEEPEST = 6


def section(markup: Markup, heading: str) -> Markup:
    """The part of a text under the heading with this id of its outline, that heading with it.

    It ends before the next heading of its level or above, and before the footnotes.
    """
    which = [found.id for found in markup.outline].index(heading)
    first = _place(markup, _opening(markup.outline[which]))
    ends = map(_opening, markup.outline[end_of(markup.outline, which) :][:1])
    last = _end(markup, (*ends, _NOTES))
    pieces = list(markup.pieces[first[0] : last[0] + 1])
    pieces[-1] = pieces[-1][: last[1]]
    pieces[0] = pieces[0][first[1] :]
    references = markup.references[first[0] : last[0]]
    return replace(markup, pieces=tuple(pieces), references=references)


def end_of(outline: tuple[Heading, ...], which: int) -> int:
    """The number of the heading before which the section of heading number `which` ends."""
    level = outline[which].level
    after = range(which + 1, len(outline))
    return next((n for n in after if outline[n].level <= level), len(outline))


def _opening(heading: Heading) -> str:
    """The tag of a heading: no text can hold it, as a text's `<` is escaped."""
    return f'<h{heading.level} id="{escape(heading.id)}">'


def _place(markup: Markup, tag: str) -> tuple[int, int]:
    """The number of the piece that holds `tag`, and where in it."""
    found = ((n, piece.find(tag)) for n, piece in enumerate(markup.pieces))
    return next((place for place in found if place[1] >= 0), _finish(markup))


def _end(markup: Markup, tags: Iterable[str]) -> tuple[int, int]:
    return min((_place(markup, tag) for tag in tags), default=_finish(markup))


def _finish(markup: Markup) -> tuple[int, int]:
    return len(markup.pieces) - 1, len(markup.pieces[-1])


def framed(found: Embedded, label: str, number: int, level: int, words: Words) -> str:
    """The embedded text as a group with a link to its source; `label` is safe HTML.

    Its ids begin with the `number` of the embed in its page and a full stop, which stands in no id
    of a page's own; what it links to within itself and does not bring along is linked to in its
    source. Its headings lie below `level`, the level of the heading above it.
    """
    source = found.source
    title = label or escape(source.title)
    tongue = f'lang="{found.lang}" dir="{direction(found.lang)}"'
    return (
        f'<div class="embed" role="group" aria-label="{words.embedded}{escape(source.title)}">\n'
        f'<p class="embed-source">{words.embedded}'
        f'<a href="{escape(source.url)}" {tongue}>{title}</a></p>\n'
        f'<div class="embed-text" {tongue}>\n{_settled(found, number, level)}</div>\n'
        "</div>\n"
    )


def _settled(found: Embedded, number: int, level: int) -> str:
    """Its HTML with ids of its own, and headings of the right level."""
    tags = _TAG.findall(found.html)
    ids = {unescape(name) for tag in tags for name in _ID.findall(tag)}
    levels = [int(heading[2]) for tag in tags if (heading := _LEVEL.match(tag))]
    shift = level + 1 - min(levels, default=level + 1)
    settle = _settler(ids, f"e{number}.", found.source.url.partition("#")[0])

    def settled(tag: re.Match[str]) -> str:
        html = _LEVEL.sub(lambda h: f"{h[1]}{min(int(h[2]) + shift, _DEEPEST)}", tag.group())
        return settle(html) if "=" in html else html

    return _TAG.sub(settled, found.html)


def _settler(ids: set[str], prefix: str, source: str) -> Callable[[str], str]:
    def local(link: re.Match[str]) -> str:
        is_here = unescape(unquote(link[2])) in ids
        return f"{link[1]}#{prefix}{link[2]}" if is_here else f"{link[1]}{escape(source)}#{link[2]}"

    def named(attribute: re.Match[str]) -> str:
        names = " ".join(f"{prefix}{name}" for name in attribute[2].split())
        return f' {attribute[1]}="{names}"'

    def settle(tag: str) -> str:
        return _LOCAL.sub(local, _IDS.sub(named, _ID.sub(rf' id="{prefix}\1"', tag)))

    return settle
