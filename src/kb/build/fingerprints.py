"""Could a page have changed since it was last rendered?

A page is a function of its view, its template's closure, the site's frame and kb's own code; its
fingerprint is the digest of these, and nothing else can change the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from typing import Any

import msgspec

from kb.build.theme import Theme
from kb.pages import VIEWS
from kb.pages.context import Page
from kb.pages.parts import Site
from kb.revision import RENDERING, revision
from kb.routes import UrlStyle

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
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What all pages of a site have in common."""

    site: Site
    words: Mapping[str, str]
    style: UrlStyle


class Fingerprints:
    """Fingerprints of the pages of one site with one theme."""

    def __init__(self, theme: Theme, frame: Frame) -> None:
        self._theme = theme
        common = _ENCODER.encode((frame.site, frame.words, frame.style, code()))
        self._frame = blake2b(common, digest_size=16)
        self._closures: dict[str, str] = {"": ""}

    def of(self, page: Page) -> Planned:
        """The page with its fingerprint. Raises KbError for a template that cannot be parsed."""
        view = page.view if isinstance(page.view, bytes) else _ENCODER.encode(page.view)
        planned = Planned(page.path, page.template, type(page.view).__name__, view, "", page.texts)
        return self.over(planned)

    def over(self, page: Planned) -> Planned:
        """The page with its fingerprint by the view that it has now."""
        if page.template not in self._closures:
            self._closures[page.template] = self._theme.closure(page.template)
        closure = self._closures[page.template]
        found = self._frame.copy()
        found.update(f"{page.path}\0{page.kind}\0{page.template}\0{closure}\0".encode())
        found.update(page.view)
        return replace(page, fingerprint=found.hexdigest())


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
