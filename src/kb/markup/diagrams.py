"""How does a diagram in Mermaid become a picture, at build and without a script?"""

import atexit
import json
from functools import cache, lru_cache
from importlib import import_module
from typing import Any
from xml.etree.ElementTree import ParseError

from kb.markup.svg import Picture, picture

LONGEST = 20_000
"""Characters of a source that is still drawn."""

_LARGEST = 2_000_000
_OPTIONS = json.dumps(
    {
        "svg": {"pipeline": "resvg-safe"},
        "resources": {"profile": "constrained"},
        "site_config": {
            "look": "classic",
            "theme": "base",
            "htmlLabels": False,
            "flowchart": {"htmlLabels": False},
            "securityLevel": "strict",
        },
    }
)
"""Labels as SVG text, never HTML; limits for text of unknown origin; links without scripts."""


class DiagramError(ValueError):
    """The diagram cannot be drawn; the message says why."""


@lru_cache(maxsize=512)
def drawn(source: str) -> Picture:
    """The picture of a Mermaid source. Raises DiagramError for one that cannot be drawn.

    The engine is merman, a port of Mermaid that measures text without fonts: the same source gives
    the same picture on every machine.
    """
    if len(source) > LONGEST:
        raise DiagramError(f"it is longer than {LONGEST} characters")
    engine = _engine()
    if engine is None:
        raise DiagramError("its engine is not installed: add kb[diagrams]")
    try:
        svg = engine.render_svg(source, _OPTIONS)
    except Exception as error:  # noqa: BLE001 - the engine's errors have no class of their own
        raise DiagramError(_reason(error)) from None
    if len(svg) > _LARGEST or "<!" in svg:
        raise DiagramError("its picture is too large")
    try:
        return picture(svg)
    except (ParseError, ValueError):
        raise DiagramError("its picture is not well formed") from None


@cache
def _engine() -> Any:
    """The engine, None where its package is not installed: it has no wheel for every system."""
    try:
        engine = import_module("merman").Merman()
    except (ImportError, OSError):
        return None
    atexit.register(_engine.cache_clear)  # it cannot be given up once its own module is gone
    return engine


def _reason(error: Exception) -> str:
    said = str(getattr(error, "message", "") or error)
    return " ".join(said.split())[:200].rstrip(".")
