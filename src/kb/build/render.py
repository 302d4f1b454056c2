"""What are the bytes of a page?"""

import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import msgspec
from jinja2 import Template, TemplateError
from markupsafe import Markup as Unescaped

from kb.build.fingerprints import Frame
from kb.build.theme import Theme
from kb.markup import Html, Markup, assemble
from kb.pages.brief import Body
from kb.pages.context import Page
from kb.pages.twin import twin
from kb.pages.views import TwinView
from kb.problems import KbError, Place, Problem, with_source
from kb.routes import Route, UrlStyle, absolute_url, page_path, relative_url, url_path

FAILURES = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What the code of a template can raise."""
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r") + b"\x7f"
_JSON = msgspec.json.Encoder(order="deterministic")


@dataclass(frozen=True, slots=True)
class Texts:
    """Where the texts of pages are: the markup of a key, and the file's text of that key."""

    markup: Callable[[str], Markup]
    text: Callable[[str], str]


class Renderer:
    """Renders pages of one site with one theme; templates are compiled once."""

    def __init__(self, theme: Theme, frame: Frame) -> None:
        self._theme = theme
        self._site, self._words, self._style = frame.site, frame.words, frame.style
        self._templates: dict[str, Template] = {}
        theme.environment.filters["html"] = _unescaped
        theme.environment.filters["datetime"] = _datetime

    def render(self, page: Page, texts: Texts) -> bytes:
        """The bytes of a page. Raises KbError with the template's line."""
        if isinstance(page.view, bytes):
            return page.view
        if isinstance(page.view, TwinView):
            return twin(page.view, texts.text(page.view.text)).encode()
        if not page.template:
            return (
                page.view.encode()
                if isinstance(page.view, str)
                else _JSON.encode(page.view) + b"\n"
            )
        try:
            template = self._template(page.template)
            text = template.render(page=_filled(page.view, texts), **self._functions(page.path))
            return _without_controls(text.encode())
        except FAILURES as error:
            raise KbError(self._problem(error, page)) from error

    def _template(self, name: str) -> Template:
        if name not in self._templates:
            self._theme.closure(name)
            self._templates[name] = self._theme.environment.get_template(name)
        return self._templates[name]

    def _functions(self, origin: str) -> dict[str, object]:
        address = partial(relative_url, origin=origin, style=self._style)
        if origin == page_path(Route("404"), self._style):
            address = partial(_from_root, root=self._site.root, style=self._style)
        return {
            "site": self._site,
            "url": address,
            "absolute": partial(absolute_url, base_url=self._site.base_url, style=self._style),
            "asset": lambda name: address(self._site.assets[name]),
            "word": self._word,
        }

    def _word(self, key: str, **values: object) -> str:
        return self._words[key].format(**values)

    def _problem(self, error: Exception, page: Page) -> Problem:
        known = {file.path: name for name, file in self._theme.files.items()}
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename in known]
        path = frames[-1].filename if frames else f"templates/{page.template}"
        line = (frames[-1].lineno or 0) if frames else getattr(error, "lineno", 0)
        reason = f"there is no {error}" if isinstance(error, KeyError) else str(error)
        fact = f"{page.path} cannot be made: {reason}"
        problem = Problem("broken-template", fact, Place(path, line))
        return with_source(problem, self._theme.text(known[path])) if path in known else problem


def _filled(view: Any, texts: Texts) -> object:
    """The view as its template sees it: a text is HTML."""
    bodies = {key: getattr(view, key, None) for key in ("body", "intro")}
    made = {key: _html(body, texts) for key, body in bodies.items() if isinstance(body, Body)}
    return replace(view, **made) if made else view


def _html(body: Body, texts: Texts) -> Html:
    targets = iter(body.targets)
    return assemble(texts.markup(body.key), lambda _: next(targets))


def _without_controls(content: bytes) -> bytes:
    """UTF-8 without the characters that neither XML nor HTML allows."""
    for noncharacter in (b"\xef\xbf\xbe", b"\xef\xbf\xbf"):
        content = content.replace(noncharacter, b"")
    return content.translate(None, _CONTROLS)


def _unescaped(html: Html) -> Unescaped:
    """The only exit from escaping: for HTML that kb.markup made."""
    return Unescaped(html)  # noqa: S704 - see the docstring


def _datetime(date: str) -> str:
    return f"{date}T00:00:00Z"


def _from_root(path: str, root: str, style: UrlStyle) -> str:
    return f"{root}{url_path(path, style)}"
