"""Which file does a page become, and how does another page link to it?

A route is a page's name without extension, such as `articles/controlnet`, `topics/index` or
`index`. Files with an extension of their own (`feed.xml`) are routed by their path.
"""

from enum import StrEnum
from functools import lru_cache
from posixpath import dirname, join, normpath, relpath
from typing import NewType
from urllib.parse import quote

Route = NewType("Route", str)

REMEMBERED = 2**16
"""Addresses that are kept: the pages of a folder link to the same ones."""
_SAFE = "?#/=&;:@!$'()*+,"
"""What may stand in a query or an anchor as it is: RFC 3986, 3.4 and 3.5."""


class UrlStyle(StrEnum):
    """Whether links name a file (`a.html`) or a folder (`a/`)."""

    FILES = "files"
    PRETTY = "pretty"


@lru_cache(maxsize=REMEMBERED)
def page_path(route: Route, style: UrlStyle) -> str:
    """The output path of a page, relative to the site's root.

    >>> page_path(Route("articles/lora"), UrlStyle.PRETTY)
    'articles/lora/index.html'
    """
    is_index = route == "index" or route.endswith("/index") or route == "404"
    return f"{route}/index.html" if style is UrlStyle.PRETTY and not is_index else f"{route}.html"


def url_path(path: str, style: UrlStyle) -> str:
    """The path of an output file as a URL shows it, without a leading slash.

    >>> url_path("articles/lora/index.html", UrlStyle.PRETTY)
    'articles/lora/'
    """
    if style is UrlStyle.PRETTY and (path == "index.html" or path.endswith("/index.html")):
        path = path[: -len("index.html")]
    return quote(path)


def absolute_url(path: str, base_url: str, style: UrlStyle) -> str:
    """The address of an output file on the host, empty where no `base_url` is known."""
    return f"{base_url}/{url_path(path, style)}" if base_url else ""


def site_path(target: str) -> str:
    """The output path that a link from the site's root names: `/`, `/topics/`, `/a.html?b#c`.

    >>> site_path("/topics/?page=2")
    'topics/index.html'
    """
    path, _ = _split(target)
    inside = normpath(f"/{path}").strip("/")
    return join(inside, "index.html") if not inside or path.endswith("/") else inside


def site_url(target: str, origin: str, style: UrlStyle) -> str:
    """The relative URL, from the file `origin`, of a link from the site's root.

    >>> site_url("/a.html?b=1", "articles/lora.html", UrlStyle.FILES)
    '../a.html?b=1'
    """
    _, rest = _split(target)
    return relative_url(site_path(target), origin, style) + quote(rest, safe=_SAFE)


def _split(target: str) -> tuple[str, str]:
    """A target's path, and its query and anchor with their marks."""
    path = target.partition("#")[0].partition("?")[0]
    return path, target[len(path) :]


def relative_url(path: str, origin: str, style: UrlStyle) -> str:
    """The relative URL of the file `path` from the file `origin`.

    >>> relative_url("topics/index.html", "articles/lora.html", UrlStyle.FILES)
    '../topics/index.html'
    """
    return _from_folder(path, dirname(origin), style)


@lru_cache(maxsize=REMEMBERED)
def _from_folder(path: str, start: str, style: UrlStyle) -> str:
    if style is UrlStyle.PRETTY and (path == "index.html" or path.endswith("/index.html")):
        folder = relpath(dirname(path) or ".", start or ".")
        return quote("./" if folder == "." else f"{folder}/")
    return quote(relpath(path, start or "."))
