"""Could a page have changed since it was last rendered?

A page is a function of its view, its template's closure, the site's frame and kb's own code; its
fingerprint is the digest of these, and nothing else can change the page.
"""

from functools import cache
from hashlib import blake2b

import msgspec

from kb.build.theme import Theme
from kb.pages.context import Page
from kb.pages.parts import Site
from kb.revision import revision

_ENCODER = msgspec.msgpack.Encoder(order="deterministic")
_LIBRARIES = (
    *("jinja2", "markdown-it-py", "markupsafe", "math-core", "mdit-py-plugins", "msgspec"),
    *("pygments", "pypinyin", "pyyaml"),
)


class Fingerprints:
    """Fingerprints of the pages of one site with one theme."""

    def __init__(self, theme: Theme, site: Site, words: dict[str, str]) -> None:
        self._theme = theme
        frame = _ENCODER.encode((site, words, code()))
        self._frame = blake2b(frame, digest_size=16)
        self._closures: dict[str, str] = {"": ""}

    def of(self, page: Page) -> str:
        """The fingerprint of a page. Raises KbError for a template that cannot be parsed."""
        if page.template not in self._closures:
            self._closures[page.template] = self._theme.closure(page.template)
        view = page.view if isinstance(page.view, bytes) else _ENCODER.encode(page.view)
        found = self._frame.copy()
        found.update(f"{page.path}\0{page.template}\0{self._closures[page.template]}\0".encode())
        found.update(view)
        return found.hexdigest()


@cache
def code() -> str:
    """A digest of the code that renders: kb's own, Python's and that of the libraries."""
    return revision(*_LIBRARIES)
