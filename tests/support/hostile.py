"""What may stand in a page, whatever a text tried, and which texts try?"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib

SIGNS = {"⏎": "\n", "␉": "\t", "␀": "\0"}
BANNED = {
    *("applet", "area", "audio", "base", "button", "canvas", "dialog", "embed", "fencedframe"),
    *("font", "form", "frame", "frameset", "iframe", "isindex", "keygen", "map", "marquee"),
    *("noembed", "noframes", "object", "param", "picture", "plaintext", "portal", "select"),
    *("slot", "source", "style", "template", "textarea", "track", "video", "xmp"),
    *("animate", "set", "use", "foreignObject", "image", "maction", "mglyph", "annotation-xml"),
}
"""Elements that no text may make; some of them stand in the theme, outside of texts."""
THEME = {"button", "dialog", "form"}
LOADING = {"src", "srcset", "poster", "background", "data", "code", "archive", "manifest"}
LEADING = {"href", "action", "formaction", "cite", "ping", "longdesc"}
SCHEMES = {"", "http", "https", "mailto", "tel"}


@dataclass(frozen=True)
class Attack:
    """A string, and what a reader must see of it in an article."""

    text: str
    shown: str


@cache
def attacks(path: Path) -> tuple[Attack, ...]:
    return tuple(
        attack(line)
        for line in path.read_text("utf-8").split("\n")
        if line and not (line.startswith("# ") or re.match(r"## [a-zA-Z' ]+$", line))
    )


def attack(line: str) -> Attack:
    text, arrow, shown = line.partition(" ⇒")
    for sign, meant in SIGNS.items():
        text = text.replace(sign, meant)
    return Attack(text, shown.strip() if arrow else text)


def document(text: str) -> Element:
    return html5lib.parse(text, namespaceHTMLElements=False)


def visible(element: Element) -> str:
    """The text that an element shows, without white space."""
    return "".join("".join(element.itertext()).split())


def faults(page: Element) -> Iterator[str]:
    """Whatever could run, load from elsewhere or lead to where nobody should be led."""
    for element in page.iter():
        if isinstance(element.tag, str):
            tag = element.tag.rpartition("}")[2]
            yield from _of_element(element, tag)
            for name, value in element.attrib.items():
                yield from (f"<{tag} {fault}>" for fault in _of_attribute(str(name), value))
    main = page.find(".//main")
    for element in main.iter() if main is not None else ():
        tag = str(element.tag).rpartition("}")[2]
        if tag in BANNED - THEME:
            yield f"<{tag}> in a text"


def _of_element(element: Element, tag: str) -> Iterator[str]:
    if tag == "script" and element.get("type") == "application/ld+json":
        json.loads(element.text or "")
    elif tag == "script" and (element.text or "src" not in element.attrib):
        yield f"<script>{element.text}"
    elif tag in BANNED - THEME:
        yield f"<{tag}>"
    elif tag == "meta" and "http-equiv" in element.attrib:
        target = element.get("content", "").partition("url=")[2]
        if element.get("http-equiv") != "refresh" or urlsplit(target).scheme:
            yield f"<meta {element.attrib}>"


def _of_attribute(name: str, value: str) -> Iterator[str]:
    plain = re.sub(r"[\0-\x20]", "", value).lower()
    local = name.rpartition("}")[2].rpartition(":")[2].lower()
    if local.startswith("on") or local in {"srcdoc", "style", "http-equiv-x"}:
        yield f"{name}={value}"
    if local in LOADING and (plain.startswith("//") or re.match(r"[a-z][a-z0-9+.-]*:", plain)):
        yield f"{name}={value}"
    if local in LEADING and _scheme(plain) not in SCHEMES:
        yield f"{name}={value}"


def _scheme(plain: str) -> str:
    found = re.match(r"([a-z][a-z0-9+.-]*):", plain)
    return found[1] if found else ""
