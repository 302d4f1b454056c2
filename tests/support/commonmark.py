"""Where do the examples of CommonMark's specification come from, and what is compared?

The specification is CC BY-SA, so it is no part of this repository: npm publishes it, and it is
kept beside the other caches once it was fetched.
"""

import hashlib
import re
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import html5lib

VERSION = "0.31.2"
CACHE = Path(__file__).parents[2] / ".cache" / "commonmark"
SHA256 = "588280df96c211f7ce9db0b7943ded34ac4b8ba321e2fdf9c03d188ec0f01fea"
BLOCKS = {"p", "heading", "ul", "ol", "li", "blockquote", "pre", "hr", "div", "table"}
FENCE = "`" * 32


@dataclass(frozen=True, slots=True)
class Example:
    """A Markdown text of the specification and the HTML that it must become."""

    number: int
    section: str
    text: str
    html: str


def examples() -> tuple[Example, ...]:
    """All examples in order."""
    found: list[Example] = []
    section, inside = "", None
    for line in specification().splitlines(keepends=True):
        if inside is None and line.startswith(f"{FENCE} example"):
            inside = [""]
        elif inside is not None and line.startswith(FENCE):
            text, html = (part.replace("→", "\t") for part in inside)
            found.append(Example(len(found) + 1, section, text, html))
            inside = None
        elif inside is not None:
            inside = [*inside, ""] if line == ".\n" else [*inside[:-1], inside[-1] + line]
        elif line.startswith("#"):
            section = line.strip("# \n")
    return tuple(found)


def specification() -> str:
    """The text of the specification."""
    archive = CACHE / f"commonmark-spec-{VERSION}.tgz"
    if not archive.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        command = ["npm", "pack", "--silent", f"commonmark-spec@{VERSION}"]
        subprocess.run(command, cwd=CACHE, check=True, capture_output=True)
    assert hashlib.sha256(archive.read_bytes()).hexdigest() == SHA256
    with tarfile.open(archive) as files:
        file = files.extractfile("package/spec.txt")
        assert file is not None
        return file.read().decode("utf-8")


def shape(html: str) -> list[Any]:
    """The tree of `html` without what kb adds: frames of code, ids, anchors, lazy loading.

    The levels of headings, which depend on the page around a text, are left out too, and an image
    with a caption is a paragraph with a title.
    """
    fragment = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return _trimmed(_children(fragment, is_pre=False))


def _children(element: Any, *, is_pre: bool) -> list[Any]:
    found: list[Any] = _text(element.text, is_pre=is_pre)
    for child in element:
        found += _shape(child, is_pre=is_pre)
        found += _text(child.tail, is_pre=is_pre)
    return _joined(found)


def _shape(element: Any, *, is_pre: bool) -> list[Any]:
    tag, attributes = str(element.tag), dict(element.attrib)
    if tag == "figcaption" or attributes.get("class") == "anchor":
        return []
    if tag == "figure" and "class" not in attributes:
        return [("p", (), [_captioned(element)])]
    if tag == "figure" or (tag == "span" and is_pre):
        return _children(element, is_pre=is_pre)
    if re.fullmatch("h[1-6]", tag):
        tag = "heading"
    for name in ("id", "tabindex", "loading", "decoding"):
        attributes.pop(name, None)
    inside = _children(element, is_pre=is_pre or tag == "pre")
    if tag in BLOCKS and not is_pre and tag != "pre":
        inside = _trimmed(inside)
    return [(tag, tuple(sorted(attributes.items())), inside)]


def _captioned(figure: Any) -> tuple[Any, ...]:
    """The image of a figure with its caption as the title that it was written as."""
    [(tag, attributes, inside)] = _trimmed(_children(figure, is_pre=False))
    caption = "".join(figure.find("figcaption").itertext())
    return tag, tuple(sorted((*attributes, ("title", caption)))), inside


def _text(text: str | None, *, is_pre: bool) -> list[Any]:
    if not text:
        return []
    return [text] if is_pre else [re.sub(r"\s+", " ", text)]


def _joined(parts: list[Any]) -> list[Any]:
    joined: list[Any] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return joined


def _trimmed(parts: list[Any]) -> list[Any]:
    """The parts of a block without the spaces beside its edges and the blocks in it."""
    trimmed: list[Any] = []
    for index, part in enumerate(parts):
        text = part if isinstance(part, str) else ""
        if index == 0 or parts[index - 1][0] in BLOCKS:
            text = text.lstrip()
        if index + 1 == len(parts) or parts[index + 1][0] in BLOCKS:
            text = text.rstrip()
        trimmed += [text] if text else [] if isinstance(part, str) else [part]
    return trimmed
