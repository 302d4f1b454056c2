"""Where do the examples of CommonMark's specification come from, and what is compared?

The specification is CC BY-SA, so it is no part of this repository: markdown-it-py carries it in its
source archive, which is kept beside the other caches once it was fetched.
"""

import hashlib
import json
import re
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import html5lib

VERSION = "4.3.0"
"""Of markdown-it-py; its tests are the examples of CommonMark 0.31.2."""
CACHE = Path(__file__).parents[2] / ".cache" / "commonmark"
SHA256 = "91a58fa5b72c71a40cf7177250fd767480d7a2bb3ac426ccfb76fb90305fdaaa"
BLOCKS = {"p", "heading", "ul", "ol", "li", "blockquote", "pre", "hr", "div", "table"}


@dataclass(frozen=True, slots=True)
class Example:
    """A Markdown text of the specification and the HTML that it must become."""

    number: int
    section: str
    text: str
    html: str


def examples() -> tuple[Example, ...]:
    """All examples in order."""
    return tuple(
        Example(found["example"], found["section"], found["markdown"], found["html"])
        for found in json.loads(specification())
    )


def specification() -> bytes:
    """The examples as JSON."""
    archive = CACHE / f"markdown_it_py-{VERSION}.tar.gz"
    if not archive.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        source = ["--no-binary", "markdown-it-py", f"markdown-it-py=={VERSION}"]
        subprocess.run([*pip, *source], cwd=CACHE, check=True, capture_output=True)
    assert hashlib.sha256(archive.read_bytes()).hexdigest() == SHA256
    with tarfile.open(archive) as files:
        name = f"markdown_it_py-{VERSION}/tests/test_cmark_spec/commonmark.json"
        file = files.extractfile(name)
        assert file is not None
        return file.read()


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
