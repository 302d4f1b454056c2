"""Which parts of an excerpt are no prose, and how are they kept from the repairs?"""

import re

from kb.ingest.identity import PLACEHOLDER
from kb.ingest.repairs.escaping import escape_prose
from kb.ingest.repairs.marks import FORMULA, LINK, LOST, MATH, STAND_INS
from kb.markup.formulas import formula_at

# https://www.rfc-editor.org/rfc/rfc3986#section-2, without brackets and quotes, which in running
# text belong to the sentence.
_URL = r"[Hh][Tt][Tt][Pp][Ss]?://[A-Za-z0-9._~:/?#@!$&*+,;=%-]*[A-Za-z0-9/_=&#-]"
# Bounded, and none holds another's opener: so an opener that nothing closes costs little.
_DISPLAY = r"\\\[(?:[^\\]|\\\\|\\(?![\[\]\\])){1,4000}+\\\]|\$\$[^$]{1,4000}+\$\$"
_ENVIRONMENT = r"\\begin\{(?P<name>[a-z]{1,12}\*?)\}.{1,2000}?\\end\{(?P=name)\}"
_MATH = (
    r"\\\((?:[^\\]|\\\\|\\(?![()\\])){1,1000}+\\\)"
    r"|(?<![\\$\w])\$(?=[^\s$\d])[^$]{0,200}(?<![\s\\])\$(?![\d$])"
)
_NOT_PROSE = re.compile(
    rf"(?P<display>{_DISPLAY}|{_ENVIRONMENT})|(?P<url>{_URL})|(?P<math>{_MATH})"
    rf"|(?P<lost>(?ai:{PLACEHOLDER.pattern}))"
)
_HYPHENATED = re.compile(r"[A-Za-z]-[A-Za-z]")
# An address that never has a hyphen is whole in any transmission.
_NEVER_HYPHENATED = re.compile(r"https?://arxiv\.org/(?:abs|pdf)/\d{4}\.\d{4,5}(?:v\d)?(?:\.pdf)?")


def mask(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with one stand-in for each part that is no prose, and those parts as Markdown.

    What kb's Markdown would not read as a formula is none here either, and stays prose.
    """
    originals: list[str] = []
    keeps_hyphens = bool(_HYPHENATED.search(text))

    def stand_in(found: re.Match[str]) -> str:
        if not (found["url"] or found["lost"] or _is_formula(found)):
            return found.group()
        is_whole = keeps_hyphens and not found.string.startswith("…", found.end())
        originals.append(_markdown(found, is_whole=is_whole))
        return _stand_in(found)

    return _NOT_PROSE.sub(stand_in, text), tuple(originals)


def unmask(text: str, originals: tuple[str, ...]) -> str:
    """The text with the parts back in the places of their stand-ins, in order."""
    parts = iter(originals)
    return re.sub(f"[{STAND_INS}]", lambda _: next(parts), text)


def _stand_in(found: re.Match[str]) -> str:
    if found["url"]:
        return LINK
    if found["lost"]:
        return LOST
    return FORMULA if found["display"] else MATH


def _is_formula(found: re.Match[str]) -> bool:
    if PLACEHOLDER.search(found.group()):
        return False
    span = formula_at(found.string, found.start(), len(found.string))
    return span is not None and span.end == found.end()


def _markdown(found: re.Match[str], *, is_whole: bool) -> str:
    text = found.group()
    if not found["url"]:
        return text
    # A scraper that dropped hyphens broke the address, and so did a cut: shown, but no link.
    if is_whole or _NEVER_HYPHENATED.fullmatch(text):
        return f"<{text}>"
    return re.sub(r"(?<!\\)&", r"\\&", escape_prose(text))
