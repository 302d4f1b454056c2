"""Which parts of an excerpt are no prose, and how are they kept from the repairs?"""

import re

from kb.ingest.identity import PLACEHOLDER

FORMULA = "﷑"
"""Stands for a display formula. Noncharacters of Unicode: they are removed from every text first."""
INLINE = "﷐"
"""Stands for a URL, an inline formula or a placeholder."""

# https://www.rfc-editor.org/rfc/rfc3986#section-2, without brackets and quotes, which in running
# text belong to the sentence.
URL = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&*+,;=%-]*[A-Za-z0-9/_=&#-]")
_DISPLAY = re.compile(r"\\\[.+?\\\]|\$\$[^$]+?\$\$", re.DOTALL)
_INLINE_MATH = re.compile(r"\\\(.+?\\\)|(?<![\\$\w])\$(?=[^\s$\d])[^$\n]{0,200}?[^\s\\$]\$(?![\d$])")
_NOT_PROSE = re.compile(
    "|".join(f"(?P<{name}>{pattern.pattern})" for name, pattern in (
        ("display", _DISPLAY), ("url", URL), ("math", _INLINE_MATH),
    )) + rf"|(?P<placeholder>{PLACEHOLDER.pattern})",
    re.IGNORECASE | re.DOTALL,
)
_HAN = re.compile(r"[一-鿿]")
_HYPHENATED = re.compile(r"[A-Za-z]-[A-Za-z]")


def mask(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with one stand-in for each part that is no prose, and those parts as Markdown."""
    originals: list[str] = []
    keeps_hyphens = bool(_HYPHENATED.search(text))

    def stand_in(found: re.Match[str]) -> str:
        if found["math"] and _HAN.search(found["math"]):
            return found.group()
        originals.append(_markdown(found, is_whole=keeps_hyphens))
        return FORMULA if found["display"] else INLINE

    return _NOT_PROSE.sub(stand_in, text), tuple(originals)


def unmask(text: str, originals: tuple[str, ...]) -> str:
    """The text with the parts back in the places of their stand-ins, in order."""
    parts = iter(originals)
    return re.sub(f"[{INLINE}{FORMULA}]", lambda _: next(parts), text)


def _markdown(found: re.Match[str], *, is_whole: bool) -> str:
    text = found.group()
    if found["url"]:
        # A scraper that dropped hyphens broke the address: shown, but no link.
        return f"<{text}>" if is_whole else re.sub(r"([*_`~])", r"\\\1", text.replace("://", "\\://", 1))
    return " ".join(text.split()) if found["display"] or found["math"] else text
