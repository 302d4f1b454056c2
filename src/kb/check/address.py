"""Which file of a site does an address on one of its pages name?"""

from enum import StrEnum
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from kb.routes import folder_of

_SCHEMES = {"", "http", "https"}
_OPENING = {"", "top"}
"""Anchors that every page has: https://html.spec.whatwg.org/#find-a-potential-indicated-element"""
_DIRECTIVE = ":~:"
"""What browsers take off an anchor: https://wicg.github.io/scroll-to-text-fragment/"""
_INDEX = "index.html"


class Where(StrEnum):
    """Where an address leads: outside is in no folder of the site, but on no other host either."""

    INSIDE = "inside"
    ELSEWHERE = "elsewhere"
    OUTSIDE = "outside"
    NOWHERE = "nowhere"

    __hash__ = str.__hash__  # a million of them are looked up


class Target(NamedTuple):
    """A file of the site and an anchor in it, or another place, of which `path` is the address."""

    where: Where
    path: str
    anchor: str = ""


class Stand(NamedTuple):
    """Where a site stands: the host and the root of its `base_url`; `/` where none is known."""

    host: str = ""
    root: str = "/"

    def target(self, url: str, page: str, base: str = "") -> Target:
        """What `url` names on the file `page`, or relative to the address `base` if there is one.

        >>> Stand("example.org", "/kb/").target("/kb/a/#b", "404.html")
        Target(where=<Where.INSIDE: 'inside'>, path='a/index.html', anchor='b')
        """
        try:
            return self._target((urljoin(base, url) if base else url).strip(), page)
        except ValueError:
            return Target(Where.OUTSIDE, url)

    def _target(self, url: str, page: str) -> Target:
        parts = urlsplit(url)
        if parts.scheme.lower() not in _SCHEMES:
            return Target(Where.NOWHERE, url)
        if parts.netloc and parts.netloc.lower() != self.host:
            return Target(Where.ELSEWHERE, url if parts.scheme else f"https:{url}")
        path = _joined(unquote(parts.path), page, self.root)
        if path is None:
            return Target(Where.ELSEWHERE if parts.netloc else Where.OUTSIDE, url)
        return anchored(path, parts.fragment)


def anchored(path: str, fragment: str) -> Target:
    """The place on a page of the site that a fragment names, as it is written."""
    anchor = unquote(fragment).partition(_DIRECTIVE)[0]
    return Target(Where.INSIDE, path, "" if anchor.lower() in _OPENING else anchor)


def stand_of(base_url: str) -> Stand:
    """Where a site with this `base_url` stands."""
    parts = urlsplit(base_url)
    return Stand(parts.netloc.lower(), f"{parts.path.rstrip('/')}/")


def _joined(path: str, page: str, root: str) -> str | None:
    """The file of the site that a path on `page` means, None where it leads out of the site."""
    if not path:
        return page
    steps = list(filter(None, folder_of(page).split("/")))
    if path.startswith("/"):
        if not f"{path}/".startswith(root):
            return None
        steps, path = [], path[len(root) :]
    names = path.split("/")
    for step in names:
        if step == ".." and not steps:
            return None
        if step == "..":
            steps.pop()
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join([*steps, _INDEX] if names[-1] in {"", ".", ".."} else steps)
