"""What do the files for programs mention: feeds, sitemap, JSON, llms.txt, robots.txt?"""

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, ParseError, fromstring

import msgspec

from kb.check.mentions import Fault, Kind, Mention, Seen, mentions
from kb.check.page import seen as seen_of_page

_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_KNOWN = {"feed", "rss", "urlset", "sitemapindex"}
_ATTRIBUTES = ("href", "src", "url")
_ADDRESSED = {"loc", "link", "url", "icon", "logo"}
"""Elements of sitemaps and feeds whose text is an address."""
_HTML = {"description", "encoded"}
"""Elements of RSS whose text is HTML."""
_KEYS = {"url", "home_page_url", "feed_url", "next_url", "icon", "favicon", "image"}
_LISTED = re.compile(r"^[ \t]*[-*][ \t]+\[(?:\\.|[^\]\\])*\]\(([^)\s]+)\)", re.MULTILINE)
_SITEMAP = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)


def seen_of_xml(text: str) -> Seen:
    """What a feed or a sitemap mentions, also in the HTML in it; nothing of any other XML."""
    try:
        root = fromstring(text)  # noqa: S314 - a file of one's own site
    except ParseError as error:
        line, column = error.position
        return Seen(faults=(Fault(f"this is not XML: {error}", line, column + 1),))
    return _told(_of_element(root, "")) if _local(root) in _KNOWN else Seen()


def _of_element(element: Element, outer: str) -> Iterator[Mention]:
    base = element.get(_BASE) or outer
    name, text = _local(element), (element.text or "").strip()
    urls = [element.get(attribute) for attribute in _ATTRIBUTES]
    for url in filter(None, [*urls, text if name in _ADDRESSED else ""]):
        yield Mention(Kind.ENTRY, url, base)
    if "<" in text and (element.get("type") == "html" or name in _HTML):
        yield from (Mention(found.kind, found.url, base) for found in seen_of_page(text).mentions)
    for child in element:
        yield from _of_element(child, base)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def seen_of_json(text: str) -> Seen:
    """What a JSON Feed or a list of kb's own mentions, also in the HTML in it."""
    try:
        root = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        return Seen(faults=(Fault(f"this is not JSON: {error}"),))
    return _told(_of_value(root))


def _told(found: Iterator[Mention]) -> Seen:
    try:
        return Seen(tuple(found))
    except RecursionError:
        return Seen(faults=(Fault("this is nested too deep"),))


def _of_value(value: object) -> Iterator[Mention]:
    if isinstance(value, list):
        for item in value:
            yield from _of_value(item)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if isinstance(item, str):
                yield from mentions(Kind.ENTRY, (item,) if key in _KEYS else ())
                yield from seen_of_page(item).mentions if key == "content_html" else ()
            else:
                yield from _of_value(item)


def seen_of_llms(text: str) -> Seen:
    """What an llms.txt lists: https://llmstxt.org/ ."""
    return Seen(tuple(mentions(Kind.ENTRY, _LISTED.findall(text))))


def seen_of_robots(text: str) -> Seen:
    """The sitemaps that a robots.txt names."""
    return Seen(tuple(mentions(Kind.ENTRY, _SITEMAP.findall(text))))
