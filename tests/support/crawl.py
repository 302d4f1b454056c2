"""What does a built site link to? Read with an HTML5 parser, resolved as a browser would."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib

ATTRIBUTES = {"a": "href", "link": "href", "script": "src", "img": "src", "source": "srcset"}


@dataclass(frozen=True)
class Site:
    """A site's folder as it would be served at `base`, which ends with a slash."""

    folder: Path
    base: str

    def address(self, path: Path) -> str:
        return self.base + path.relative_to(self.folder).as_posix()

    def file(self, address: str) -> Path | None:
        """The file that a host serves at an address of this site, None where there is none."""
        path = unquote(urlsplit(address)._replace(query="", fragment="").geturl())
        if not path.startswith(self.base):
            return None
        found = self.folder / path.removeprefix(self.base)
        found = found / "index.html" if path.endswith("/") else found
        return found if found.is_file() else None


def document(path: Path) -> Element:
    return _parsed(path.read_text("utf-8"))


@lru_cache(maxsize=64)  # a site is crawled in many states, which differ little
def _parsed(text: str) -> Element:
    found: Element = html5lib.parse(text, namespaceHTMLElements=False)
    return found


def links(site: Site, path: Path) -> Iterator[tuple[str, str]]:
    """The tag and the absolute address of each link of a page, to this site or another."""
    return iter(_links(path.read_text("utf-8"), site.address(path)))


@lru_cache(maxsize=1024)
def _links(text: str, address: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (str(element.tag), urljoin(address, target))
        for element in _parsed(text).iter()
        if (attribute := ATTRIBUTES.get(str(element.tag))) and (target := element.get(attribute))
    )


def anchors(path: Path) -> set[str]:
    return _anchors(path.read_text("utf-8"))


@lru_cache(maxsize=1024)
def _anchors(text: str) -> set[str]:
    return {found for element in _parsed(text).iter() if (found := element.get("id"))}


def dead_links(site: Site, pages: Iterable[Path] | None = None) -> list[str]:
    """Each link from these pages, or from all, to what no file or no anchor of the site answers.

    404.html is left out: hosts show it at any depth, so it links from the root.
    """
    answers: dict[str, bool] = {}
    dead = []
    for path in sorted(site.folder.rglob("*.html") if pages is None else pages):
        for _, address in links(site, path) if path.name != "404.html" else ():
            if address not in answers:
                answers[address] = not _is_within(site, address) or _answers(site, address)
            if not answers[address]:
                dead.append(f"{path.relative_to(site.folder)}: {address}")
    return dead


def _is_within(site: Site, address: str) -> bool:
    return urlsplit(address)[:2] == urlsplit(site.base)[:2]


def _answers(site: Site, address: str) -> bool:
    found = site.file(address)
    anchor = unquote(urlsplit(address).fragment)
    if found is None or not anchor or found.suffix != ".html":
        return found is not None
    return anchor in anchors(found)


def reachable(site: Site) -> set[Path]:
    """The pages that a reader can get to from the home page."""
    seen: set[Path] = set()
    asked: set[str] = set()
    waiting = [site.folder / "index.html"]
    while waiting:
        path = waiting.pop()
        if path in seen or path.suffix != ".html":
            continue
        seen.add(path)
        new = {a.partition("#")[0] for tag, a in links(site, path) if tag == "a"} - asked
        asked |= new
        waiting += [file for address in new if (file := site.file(address))]
    return seen
