"""How do links between articles read where Obsidian, Hugo and Zensical all follow them?

A wikilink becomes `[title](../folder/file.md)`, the one form that all three know: Obsidian and
Zensical as they come, Hugo with `markup.goldmark.renderHooks.link.useEmbedded = "always"`. The
words after `#` stay as they are, which is Obsidian's way to name a heading; where the others make
another anchor of them (of more than one word, or Chinese in Zensical) they lead to the page's top.
A link to no article stays a wikilink, as Obsidian shows notes to come; so does an embedded article.
"""

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from posixpath import dirname, relpath
from urllib.parse import quote

from kb.markup.links import article_of

# Code and formulas first: what they hold is shown, not linked.
_LINK = re.compile(
    r"^[ \t>]*(?P<fence>`{3,}|~{3,})(?s:.*?)(?:^[ \t>]*(?P=fence)|\Z)"
    r"|(?P<ticks>`+)(?!`)(?s:.*?)(?<!`)(?P=ticks)(?!`)"
    r"|\$\$(?s:.*?)\$\$"
    r"|(?P<embed>!?)\[\[(?P<target>[^\[\]\n|#\\]+)(?:#(?P<anchor>[^\[\]\n|\\]*))?"
    r"(?:\\?\|(?P<label>[^\[\]\n]*))?\]\](?!\()"
    r"|\]\((?P<url><[^<>\n]+>|[^\s()<>]+)"
    r"|^ {0,3}\[(?!\^)[^\[\]\n]+\]:[ \t]*(?P<definition><[^<>\n]+>|\S+)",
    re.MULTILINE,
)
_UNSAFE = re.compile(r"[\x00-\x20%()<>\"#?\\\[\]^`{|}]")
_MARK = re.compile(r"[\[\]|]")


@dataclass(frozen=True, slots=True)
class Swap:
    """A piece of a text that was written in place of another, and where it begins."""

    start: int
    shown: str
    original: str


@dataclass(frozen=True, slots=True)
class Seat:
    """The file of an article in the exported folder, and its title."""

    file: str
    title: str


Find = Callable[[str], Seat | None]


def exported(body: str, file: str, find: Find) -> tuple[str, tuple[Swap, ...]]:
    """The body with its links to articles leading to their files, and what was swapped.

    `find` gives the file of the article that a name means, `file` is where the body will stand.
    """
    parts: list[str] = []
    swaps: list[Swap] = []
    end = length = 0
    for link in _LINK.finditer(body):
        shown = _shown(link, file, find)
        if shown is None or shown == link.group():
            continue
        before = body[end : link.start()]
        swaps.append(Swap(length + len(before), shown, link.group()))
        parts += (before, shown)
        length += len(before) + len(shown)
        end = link.end()
    return "".join((*parts, body[end:])), tuple(swaps)


def restored(body: str, swaps: tuple[Swap, ...]) -> str:
    """The body as it was before it was exported."""
    parts: list[str] = []
    end = 0
    for swap in swaps:
        if swap.start >= end and body.startswith(swap.shown, swap.start):
            parts += (body[end : swap.start], swap.original)
            end = swap.start + len(swap.shown)
    return "".join((*parts, body[end:]))


def restored_where_kept(body: str, swaps: tuple[Swap, ...]) -> str:
    """A body that was edited since, with every link that still is as exported as it was before.

    Each swap is undone at most once, so that no sidecar makes a text of any length.
    """
    originals: dict[str, deque[str]] = {}
    for swap in swaps:
        originals.setdefault(swap.shown, deque()).append(swap.original)
    originals.pop("", None)
    if not originals:
        return body
    longest_first = sorted(originals, key=len, reverse=True)
    any_shown = re.compile("|".join(map(re.escape, longest_first)))

    def back(found: re.Match[str]) -> str:
        queue = originals[found.group()]
        return queue.popleft() if queue else found.group()

    return any_shown.sub(back, body)


def _shown(link: re.Match[str], file: str, find: Find) -> str | None:
    target = link["target"]
    if target is None:
        return _repointed(link, file, find)
    seat = find(target.strip())
    anchor = link["anchor"] or ""
    if seat is None:
        return None
    if link["embed"]:
        stem = seat.file.rpartition("/")[2].removesuffix(".md")
        return f"![[{stem}{'#' if anchor else ''}{anchor}]]"
    label = link["label"] or (f"{seat.title} › {anchor}" if anchor else seat.title)
    url = _url(seat, file, _quoted(anchor.strip()))
    return f"[{_MARK.sub(_escaped, label)}]({url})"


def _repointed(link: re.Match[str], file: str, find: Find) -> str | None:
    """A Markdown link to a record's file, leading to the file that it becomes."""
    written = link["url"] or link["definition"]
    if not written:
        return None
    inner = written.strip("<>")
    named = article_of(inner)
    seat = find(named[0]) if named else None
    if seat is None:
        return None
    url = _url(seat, file, inner.partition("#")[2])
    return link.group().removesuffix(written) + url


def _url(seat: Seat, file: str, anchor: str) -> str:
    """The address of a file as seen from another; `anchor` is escaped already."""
    path = _quoted(relpath(seat.file, dirname(file) or "."))
    return f"{path}#{anchor}" if anchor else path


def _quoted(text: str) -> str:
    """Escaped no further than Markdown needs, so that a person can read it."""
    return _UNSAFE.sub(lambda sign: quote(sign.group(), safe=""), text)


def _escaped(mark: re.Match[str]) -> str:
    return f"\\{mark.group()}"
