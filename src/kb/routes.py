"""Which file does a page become, and how does another page link to it?

A route is a page's name without extension, such as `articles/controlnet`, `topics/index` or
`index`. Files with an extension of their own (`feed.xml`) are routed by their path.
"""

import re
from enum import StrEnum
from functools import lru_cache
from posixpath import join, normpath
from typing import NewType
from urllib.parse import quote

Route = NewType("Route", str)

REMEMBERED = 2**14
"""Addresses that are kept: the pages of a folder link to the same ones."""
_SAFE = "?#/=&;:@!$'()*+,"
"""What may stand in a query or an anchor as it is: RFC 3986, 3.4 and 3.5."""
_PLAIN = re.compile(r"[A-Za-z0-9._~/-]*")
"""A path of unreserved characters (RFC 3986, 2.3), which `quote` would leave as it is."""


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
    return _quoted(_bare(path) if style is UrlStyle.PRETTY else path)


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
    return url_from(folder_of(origin), path, style is UrlStyle.PRETTY)


def folder_of(path: str) -> str:
    """The folder of an output file, empty for the site's root.

    >>> folder_of("articles/lora.html")
    'articles'
    """
    return path.rpartition("/")[0]


@lru_cache(maxsize=REMEMBERED)
def url_from(folder: str, path: str, is_pretty: bool) -> str:  # noqa: FBT001 - a cached call by name is slow
    """The relative URL of the file `path` from the files of `folder`.

    >>> url_from("articles/lora", "topics/index.html", True)
    '../../topics/'
    """
    here, there = folder.split("/") if folder else [], path.split("/")
    common = 0
    for step, name in zip(here, there[:-1], strict=False):
        if step != name:
            break
        common += 1
    url = "../" * (len(here) - common) + "/".join(there[common:])
    return _quoted((_bare(url) or "./") if is_pretty else url)


def _bare(path: str) -> str:
    """A path without the name of a folder's own page."""
    is_index = path == "index.html" or path.endswith("/index.html")
    return path[: -len("index.html")] if is_index else path


def _quoted(path: str) -> str:
    return path if _PLAIN.fullmatch(path) else quote(path)
