"""What does an HTML page link to, need and hold?

Read by a parser of the standard's own rules, as browsers do: https://html.spec.whatwg.org/ .
"""

import re
from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kb.check.mentions import Kind, Mention, Seen, mentions
from kb.check.style import addresses

_IMAGES = {"icon", "apple-touch-icon", "mask-icon"}
_NEEDED = {"stylesheet", "modulepreload", "preload", "prefetch", "manifest"}
_NO_LINKS = {"preconnect", "dns-prefetch"}
_TAGS = {"img": Kind.IMAGE, "input": Kind.IMAGE, "iframe": Kind.LINK}
_SHOWN = {"og:url": Kind.LINK, "og:image": Kind.IMAGE, "twitter:image": Kind.IMAGE}
_REFRESH = re.compile(
    r"""\s*+[\d.]*+(?:\s*+[;,]|\s)\s*+url\s*+=\s*+["']?\s*+([^"']*)""", re.IGNORECASE
)
_CANDIDATE = re.compile(r"([^\s,](?:\S*[^\s,])?)(?:\s[^,]*)?(?:,|\Z)")
"""An image of a srcset: https://html.spec.whatwg.org/#parse-a-srcset-attribute"""

_Root = LexborHTMLParser | LexborNode


def seen(html: str) -> Seen:
    """What is in the text of a page; what waits in its templates too, but for ids."""
    page = LexborHTMLParser(html)
    roots: tuple[_Root, ...] = (page, *page.template_fragments())
    found = tuple(mention for root in roots for read in _READERS for mention in read(root))
    moves = tuple(_moves(page))
    wordless = (n.attributes.get("src") or "" for root in roots for n in root.css("img:not([alt])"))
    base = next(filter(None, _values(page, "base[href]", "href")), "")
    ids = (*_values(page, "[id]", "id"), *_values(page, "a[name]", "name"))
    told = (*found, *moves)
    return Seen(
        tuple(m._replace(base=base) for m in told) if base else told,
        frozenset(filter(None, ids)),
        tuple(wordless),
        is_page=True,
        is_moved=bool(moves),
    )


def _values(root: _Root, selector: str, name: str) -> Iterator[str | None]:
    return (node.attributes.get(name) for node in root.css(selector))


def _links(root: _Root) -> Iterator[Mention]:
    yield from mentions(Kind.LINK, _values(root, "a[href], area[href]", "href"))
    yield from mentions(Kind.LINK, _values(root, "form[action]", "action"))


def _head(root: _Root) -> Iterator[Mention]:
    for node in root.css("link[href]"):
        rels = set((node.attributes.get("rel") or "").lower().split())
        kind = Kind.IMAGE if rels & _IMAGES else Kind.NEEDED if rels & _NEEDED else Kind.LINK
        if not rels & _NO_LINKS:
            yield from mentions(kind, (node.attributes["href"],))
    for node in root.css("meta[content]"):
        name = node.attributes.get("property") or node.attributes.get("name") or ""
        if name in _SHOWN:
            yield from mentions(_SHOWN[name], (node.attributes["content"],))


def _moves(page: LexborHTMLParser) -> Iterator[Mention]:
    """Where a page leads by itself."""
    for content in _values(page, "meta[http-equiv=refresh i]", "content"):
        found = _REFRESH.match(content or "")
        yield from mentions(Kind.LINK, (found[1].strip(),) if found else ())


def _sources(root: _Root) -> Iterator[Mention]:
    for node in root.css("[src]"):
        yield from mentions(_TAGS.get(node.tag or "", Kind.NEEDED), (node.attributes["src"],))
    for listed in _values(root, "[srcset]", "srcset"):
        yield from mentions(Kind.IMAGE, _CANDIDATE.findall(listed or ""))
    yield from mentions(Kind.IMAGE, _values(root, "[poster]", "poster"))
    yield from mentions(Kind.NEEDED, _values(root, "object[data]", "data"))


def _drawings(root: _Root) -> Iterator[Mention]:
    for name in ("href", "xlink:href"):
        yield from mentions(Kind.IMAGE, _values(root, "use, image", name))


def _styles(root: _Root) -> Iterator[Mention]:
    for text in (*(node.text() for node in root.css("style")), *_values(root, "[style]", "style")):
        yield from mentions(Kind.NEEDED, addresses(text or ""))


_READERS: tuple[Callable[[_Root], Iterator[Mention]], ...] = (
    _links,
    _head,
    _sources,
    _drawings,
    _styles,
)
