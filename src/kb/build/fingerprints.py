"""Could a page have changed since it was last rendered?

A page is a function of its view, its template's closure, the site's frame and kb's own code; its
fingerprint is the digest of these, and nothing else can change the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import Any

import msgspec

from kb.build.theme import Theme
from kb.pages.context import Page
from kb.pages.parts import Site
from kb.pages.views import VIEWS
from kb.revision import RENDERING, revision

_ENCODER = msgspec.msgpack.Encoder(order="deterministic")
_DECODERS = {view.__name__: msgspec.msgpack.Decoder(view) for view in VIEWS}
_PLAIN = msgspec.msgpack.Decoder()


@dataclass(frozen=True, slots=True)
class Planned:
    """A page with its view encoded, as it goes from process to process, and its fingerprint.

    `kind` is the name of the view's type.
    """

    path: str
    template: str
    kind: str
    view: bytes
    fingerprint: str


class Fingerprints:
    """Fingerprints of the pages of one site with one theme."""

    def __init__(self, theme: Theme, site: Site, words: Mapping[str, str]) -> None:
        self._theme = theme
        frame = _ENCODER.encode((site, words, code()))
        self._frame = blake2b(frame, digest_size=16)
        self._closures: dict[str, str] = {"": ""}

    def of(self, page: Page) -> Planned:
        """The page with its fingerprint. Raises KbError for a template that cannot be parsed."""
        if page.template not in self._closures:
            self._closures[page.template] = self._theme.closure(page.template)
        kind = type(page.view).__name__
        view = page.view if isinstance(page.view, bytes) else _ENCODER.encode(page.view)
        closure = self._closures[page.template]
        found = self._frame.copy()
        found.update(f"{page.path}\0{kind}\0{page.template}\0{closure}\0".encode())
        found.update(view)
        return Planned(page.path, page.template, kind, view, found.hexdigest())


def page_of(planned: Planned) -> Page:
    """The page again."""
    if planned.kind == "bytes":
        return Page(planned.path, planned.template, planned.view)
    view = _DECODERS.get(planned.kind, _PLAIN).decode(planned.view)
    return Page(planned.path, planned.template, view)


def changes(before: bytes, now: bytes) -> tuple[str, ...]:
    """The names of the fields in which two encoded views differ."""
    if before == now:
        return ()
    old, new = _fields(before), _fields(now)
    return tuple(sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name)))


def _fields(view: bytes) -> Mapping[str, Any]:
    try:
        found = _PLAIN.decode(view)
    except msgspec.DecodeError:  # a file of the theme, as it is
        found = view
    return found if isinstance(found, dict) else {"content": found}


@cache
def code() -> str:
    """A digest of the code that renders: kb's own, Python's and that of the libraries."""
    return revision(*RENDERING)
