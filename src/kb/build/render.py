"""What are the bytes of a page?"""

import re
import traceback
from collections.abc import Callable
from dataclasses import dataclass

import msgspec
from jinja2 import Template, TemplateError, UndefinedError

from kb.build.filters import Filters, json_text
from kb.build.fingerprints import Frame
from kb.build.theme import Theme
from kb.markup import Markup, Prose
from kb.pages.context import Page
from kb.pages.machine_views import BlockView, TwinView
from kb.pages.search_index import block
from kb.pages.twin import twin
from kb.problems import KbError, Place, Problem, with_source

FAILURES = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What the code of a template can raise."""
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r") + b"\x7f"
_JSON = msgspec.json.Encoder(order="deterministic")


@dataclass(frozen=True, slots=True)
class Texts:
    """Where the texts of pages are: markup, the file's text, and what to search, of a key."""

    markup: Callable[[str], Markup]
    text: Callable[[str], str]
    prose: Callable[[str], Prose]


class Renderer:
    """Renders pages of one site with one theme; templates are compiled once."""

    def __init__(self, theme: Theme, frame: Frame) -> None:
        self._theme = theme
        self._templates: dict[str, Template] = {}
        self._filters = Filters(frame.site, frame.words, frame.style)
        self._environment = theme.new_environment()
        self._environment.filters |= self._filters.by_name()
        self._environment.globals["site"] = frame.site
        self._environment.policies["json.dumps_function"] = json_text

    def render(self, page: Page, texts: Texts) -> bytes:
        """The bytes of a page. Raises KbError with the template's line."""
        if isinstance(page.view, bytes):
            return page.view
        if isinstance(page.view, TwinView):
            return twin(page.view, texts.text(page.view.text)).encode()
        if isinstance(page.view, BlockView):
            return block(page.view, texts.prose)
        if not page.template:
            return (
                page.view.encode()
                if isinstance(page.view, str)
                else _JSON.encode(page.view) + b"\n"
            )
        try:
            template = self._template(page.template)
            self._filters.turn_to(page.path, texts.markup)
            return _without_controls(template.render(page=page.view))
        except FAILURES as error:
            raise KbError(self._problem(error, page)) from error

    def _template(self, name: str) -> Template:
        if name not in self._templates:
            self._templates[name] = self._environment.get_template(name)
        return self._templates[name]

    def _problem(self, error: Exception, page: Page) -> Problem:
        known = {file.path: name for name, file in self._theme.files.items()}
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename in known]
        path = frames[-1].filename if frames else f"templates/{page.template}"
        line = (frames[-1].lineno or 0) if frames else getattr(error, "lineno", 0)
        reason = f"there is no {error}" if isinstance(error, KeyError) else str(error)
        fact = f"{page.path} cannot be made: {reason or type(error).__name__}"
        problem = Problem("broken-template", fact, Place(path, line), self._hint(error))
        return with_source(problem, self._theme.text(known[path])) if path in known else problem

    def _hint(self, error: Exception) -> str:
        """What to write instead of a call of what is a filter."""
        found = re.match(r"'(\w+)' is undefined", str(error))
        name = found[1] if found and isinstance(error, UndefinedError) else ""
        is_filter = name in self._environment.filters
        return f"{name} is a filter: write {{{{ …|{name} }}}}" if is_filter else ""


def _without_controls(text: str) -> bytes:
    """UTF-8 without the characters that neither XML nor HTML allows."""
    for noncharacter in "\ufffe\uffff":
        text = text.replace(noncharacter, "")
    return text.encode().translate(None, _CONTROLS)
