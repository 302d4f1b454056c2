"""Which file of the site does a request path mean, if any?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from mimetypes import MimeTypes
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

INDEX = "index.html"

# A fresh instance knows only what Python ships, so a type does not depend on the machine.
_KNOWN = MimeTypes().types_map[True] | {
    ".atom": "application/atom+xml",
    ".avif": "image/avif",
    ".gz": "application/gzip",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".jsonl": "application/x-ndjson",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".rss": "application/rss+xml",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".yaml": "text/yaml",
    ".yml": "text/yaml",
}
_PUBLIC = ".well-known"
_SUSPECT = re.compile(r"[\x00-\x1f\x7f\\]")
_TEXT = ("application/json", "application/x-ndjson", "application/xml", "image/svg+xml")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The request path lacks its closing slash: this one, quoted, is right."""

    path: str


def media_type(path: Path) -> str:
    """The `Content-Type` of a file by its suffix, with the charset where it is text."""
    kind = _KNOWN.get(path.suffix.lower(), "application/octet-stream")
    is_text = kind.startswith("text/") or kind in _TEXT or kind.endswith(("+json", "+xml"))
    return f"{kind}; charset=utf-8" if is_text else kind


def segments(raw: bytes) -> tuple[str, ...] | None:
    """The names between the slashes of a request path, decoded once; None where one is suspect.

    A closing slash leaves an empty last name. Suspect are: not UTF-8, control characters,
    backslashes, empty names elsewhere, and names that begin with a dot (hidden, `.`, `..`) but for
    `.well-known` (RFC 8615).
    """
    try:
        text = unquote_to_bytes(raw).decode()
    except UnicodeDecodeError:
        return None
    first, *names = text.split("/")
    suspect = not names or first or _SUSPECT.search(text)
    if suspect or "" in names[:-1] or _are_hidden(names):
        return None
    return tuple(names)


def find(site: Path, raw: bytes) -> Path | Elsewhere | None:
    """The file below `site` that a request path means, the path to go to instead, or None."""
    names = segments(raw)
    if names is None:
        return None
    path = site.joinpath(*names)
    try:
        if not names[-1]:
            return _inside(site, path / INDEX)
        if _inside(site, path / INDEX):
            return Elsewhere("/" + quote("/".join(names)) + "/")
        return _inside(site, path)
    # What the file system cannot look up (a name too long, links in a circle) is not there.
    except (OSError, RuntimeError, ValueError):
        return None


def _inside(site: Path, path: Path) -> Path | None:
    root, real = site.resolve(), path.resolve()
    if not real.is_relative_to(root) or not real.is_file():
        return None
    return None if _are_hidden(real.relative_to(root).parts) else real


def _are_hidden(names: Sequence[str]) -> bool:
    below = names[1:] if names[0] == _PUBLIC else names
    return any(name.startswith(".") for name in below)
