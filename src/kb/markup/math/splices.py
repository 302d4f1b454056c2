"""How does MathML that the engine cannot make come into what it makes?

Its place is held by a text of three characters that no formula may hold otherwise.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

OPEN, CLOSE = "\ue000", "\ue001"
PRIVATE = re.compile("[\ue000-\ue001]")
_ELEMENT = re.compile(r"<(/?)([a-z]+)[^>]*?(/?)>")
_HELD = re.compile(f"<mtext>{OPEN}([0-9]+){CLOSE}</mtext>")


@dataclass(frozen=True, slots=True)
class Splices:
    """The MathML to put in, in the order of its places.

    `links` has the id of each equation that may be referred to, and its number, by its label.
    """

    links: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)

    def place(self, html: str) -> str:
        """TeX that holds the place of `html`."""
        self.parts.append(html)
        return f"\\text{{{OPEN}{len(self.parts) - 1}{CLOSE}}}"

    def around(self, opening: str, tex: str, closing: str) -> str:
        """TeX that holds the place of an element around what `tex` becomes."""
        return f"{{{self.place(opening)}{{{tex}}}{self.place(closing)}}}"

    def put_into(self, html: str) -> str:
        """`html` with each part in its place."""
        return _HELD.sub(lambda held: self.parts[int(held[1])], html) if self.parts else html


def is_whole(html: str) -> bool:
    """Whether every part found its place, and each element ends in the one in which it begins."""
    if PRIVATE.search(html):
        return False
    open_elements: list[str] = []
    for closing, name, is_empty in _ELEMENT.findall(html):
        if not closing:
            open_elements += [] if is_empty else [name]
        elif not open_elements or open_elements.pop() != name:
            return False
    return not open_elements
