"""What does a built site link to? Read with an HTML5 parser, resolved as a browser would."""

from collections.abc import Iterator
from dataclasses import dataclass
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
    found: Element = html5lib.parse(path.read_text("utf-8"), namespaceHTMLElements=False)
    return found


def links(site: Site, path: Path) -> Iterator[tuple[str, str]]:
    """The tag and the absolute address of each link of a page, to this site or another."""
    for element in document(path).iter():
        attribute = ATTRIBUTES.get(str(element.tag))
        target = element.get(attribute) if attribute else None
        if target:
            yield str(element.tag), urljoin(site.address(path), target)


def anchors(path: Path) -> set[str]:
    return {found for element in document(path).iter() if (found := element.get("id"))}


def dead_links(site: Site) -> list[str]:
    """Each link from a page to a place of the site that no file or no anchor answers.

    404.html is left out: hosts show it at any depth, so it links from the root.
    """
    known: dict[Path, set[str]] = {}
    return [
        f"{path.relative_to(site.folder)}: {address}"
        for path in sorted(site.folder.rglob("*.html"))
        if path.name != "404.html"
        for _, address in links(site, path)
        if urlsplit(address)[:2] == urlsplit(site.base)[:2] and not _answers(site, address, known)
    ]


def _answers(site: Site, address: str, known: dict[Path, set[str]]) -> bool:
    found = site.file(address)
    anchor = unquote(urlsplit(address).fragment)
    if found is None or not anchor or found.suffix != ".html":
        return found is not None
    return anchor in known.setdefault(found, anchors(found))


def reachable(site: Site) -> set[Path]:
    """The pages that a reader can get to from the home page."""
    seen: set[Path] = set()
    waiting = [site.folder / "index.html"]
    while waiting:
        path = waiting.pop()
        if path in seen or path.suffix != ".html":
            continue
        seen.add(path)
        waiting += [f for tag, a in links(site, path) if tag == "a" and (f := site.file(a))]
    return seen
