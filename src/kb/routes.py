"""Which file does a page become, and how does another page link to it?

A route is a page's name without extension, such as `articles/controlnet`, `topics/index` or
`index`. Files with an extension of their own (`feed.xml`) are routed by their path.
"""

from enum import StrEnum
from posixpath import dirname, relpath
from typing import NewType
from urllib.parse import quote

Route = NewType("Route", str)


class UrlStyle(StrEnum):
    """Whether links name a file (`a.html`) or a folder (`a/`)."""

    FILES = "files"
    PRETTY = "pretty"


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


def relative_url(path: str, origin: str, style: UrlStyle) -> str:
    """The relative URL of the file `path` from the file `origin`.

    >>> relative_url("topics/index.html", "articles/lora.html", UrlStyle.FILES)
    '../topics/index.html'
    """
    start = dirname(origin)
    if style is UrlStyle.PRETTY and (path == "index.html" or path.endswith("/index.html")):
        folder = relpath(dirname(path) or ".", start or ".")
        return quote("./" if folder == "." else f"{folder}/")
    return quote(relpath(path, start or "."))
