"""What may a template see, and what can it ask for?"""

import inspect
import re
from collections.abc import Container
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import NewType, get_args, get_origin, get_type_hints

from kb.build.filters import Filters
from kb.build.theme import read_theme
from kb.config import Config
from kb.pages import VIEWS
from kb.pages.parts import Site
from kb.pages.views import View
from kb.project import Project
from kb.routes import UrlStyle
from reference.speech import FOLDER, Speech, code, table

_TEMPLATE = re.compile(r"(\w+\.(?:html|xml|txt))\b(?:[:.] )?")
"""The template that the words on a view begin with."""


def views(speech: Speech) -> str:
    """The view of each template, and before them what all pages of HTML have."""
    frame = _section(speech, "page", View)
    of_all = {field.name for field in fields(View)}
    rest = (_section(speech, _template(view), view, of_all) for view in _shown())
    return "\n".join((frame, *rest))


def values(speech: Speech) -> str:
    """The values that views are made of, and what every page knows of its site."""
    known: dict[str, type] = {"Site": Site}
    for view in _shown():
        for kind in _kinds(view).values():
            _gather(kind, known)
    return "\n".join(_section(speech, name, known[name]) for name in sorted(known))


def filters(speech: Speech) -> str:
    """The filters that kb adds to Jinja's."""
    site = Site("", "", "", "", "", "", (), {}, "", "")
    words = read_theme(Project(FOLDER, Config())).words(Config())
    by_name = Filters(site, words, UrlStyle.FILES).by_name()
    head = map(speech.tell, ("filter", "gives"))
    rows = ((code(name), speech.tell(_first(made.__doc__))) for name, made in by_name.items())
    return table(head, rows)


def _shown() -> list[type]:
    """The views of templates; others are of pages that kb makes by itself."""
    return [view for view in VIEWS if _TEMPLATE.match(view.__doc__ or "")]


def _template(view: type) -> str:
    found = _TEMPLATE.match(view.__doc__ or "")
    return found[1] if found else view.__name__


def _section(speech: Speech, name: str, view: type, without: Container[str] = ()) -> str:
    words = inspect.getdoc(view) or ""
    named = _TEMPLATE.match(words)
    if named and named.group() != named[1]:
        words = words[named.end() :]
        words = words[0].upper() + words[1:]
    parts = [f"### {name}", speech.tell(words)]
    rows = [
        (code(name), _said(speech, kind))
        for name, kind in _kinds(view).items()
        if name not in without
    ]
    if rows:
        parts.append(table(map(speech.tell, ("name", "value")), rows).rstrip())
    return "\n\n".join(parts) + "\n"


def _said(speech: Speech, kind: object) -> str:
    """A type in words: `tuple[Card, ...]` is a list of `Card`."""
    if isinstance(kind, UnionType):
        inner = [_said(speech, one) for one in get_args(kind) if one is not NoneType]
        return speech.tell("{}, or nothing").format(*inner)
    inner_kinds = [one for one in get_args(kind) if one is not Ellipsis]
    if get_origin(kind) is tuple and get_args(kind)[-1] is Ellipsis:
        return speech.tell("list of {}").format(_said(speech, inner_kinds[0]))
    if inner_kinds:
        return speech.tell(" and ").join(_said(speech, one) for one in inner_kinds)
    name = kind.__name__ if isinstance(kind, type | NewType) else str(kind)
    return code(name) if name[0].isupper() else speech.of("kinds", name)


def _kinds(view: type) -> dict[str, object]:
    """The type of each field of a view, in their order."""
    hints = get_type_hints(view)
    return {field.name: hints[field.name] for field in fields(view)}


def _gather(kind: object, known: dict[str, type]) -> None:
    """Add to `known` every value of ours that a type is made of."""
    for inner in get_args(kind):
        _gather(inner, known)
    if isinstance(kind, type) and is_dataclass(kind) and kind.__name__ not in known:
        known[kind.__name__] = kind
        for inner in _kinds(kind).values():
            _gather(inner, known)


def _first(text: str | None) -> str:
    return (inspect.cleandoc(text or "")).split("\n\n")[0]
