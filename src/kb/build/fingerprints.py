"""Could a page have changed since it was last rendered?

A page is a function of its view, its template's closure, the site's frame and kb's own code; its
fingerprint is the digest of these, and nothing else can change the page.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import blake2b
from zlib import crc32

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

    def __init__(self, theme: Theme, site: Site, words: Mapping[str, str]) -> None:
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


def parts(view: object) -> bytes:
    """A checksum of each field of a view, by which `changes` tells what became another."""
    names = [field.name for field in fields(view)] if is_dataclass(view) else []
    values = {name: getattr(view, name) for name in names} or {"content": view}
    return _ENCODER.encode({name: crc32(_ENCODER.encode(value)) for name, value in values.items()})


def changes(before: bytes, now: bytes) -> tuple[str, ...]:
    """The names of the fields that differ between the parts of two views."""
    old, new = (msgspec.msgpack.decode(sums, type=dict[str, int]) for sums in (before, now))
    return tuple(sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name)))


@cache
def code() -> str:
    """A digest of the code that renders: kb's own, Python's and that of the libraries."""
    return revision(*_LIBRARIES)
