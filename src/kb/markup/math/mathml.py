"""How does a formula in TeX become MathML, without a script and without a style attribute?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from math_core import LatexError, LatexToMathML

from kb.markup.characters import escape, escape_text
from kb.markup.math.commands import UnknownLabelError
from kb.markup.math.depth import is_too_deep
from kb.markup.math.macros import MACROS
from kb.markup.math.splices import PRIVATE, Splices, is_whole
from kb.markup.math.strict import strict
from kb.markup.math.tex import Tag, settable

LONGEST = 20_000
"""Characters of TeX that are set; more is no formula that anybody reads."""

_TAGS = re.compile(r"<[^>]*>")
_NUMBER = re.compile(r'<mtd class="(m-half|m-edge) m-right"><mtext>\(([0-9]+)\)</mtext></mtd>')
_PLAIN_NAME = re.compile(r"[^\\${}^_~]*")
_WIDE = 24
"""Signs of a formula that may be broader than a page of 320 px at 16 px a letter."""


_VERY_WIDE = 48
"""The same for a line of 40 Chinese characters, with room for broad signs."""


class MathError(ValueError):
    """The formula cannot be set; the message says why."""


@dataclass(frozen=True, slots=True)
class Names:
    """The equations that a formula names: the id of each label, the id and number of each other."""

    anchors: tuple[tuple[str, str], ...] = ()
    links: tuple[tuple[str, tuple[str, str]], ...] = ()


NO_NAMES = Names()


def mathml(tex: str, *, is_display: bool, source: str = "", names: Names = NO_NAMES) -> str:
    r"""`tex` as a `<math>` element with its source in an annotation.

    `source` is what its author wrote, where `tex` is that with its numbers. A row whose `\tag` has
    a `\label` behind it gets the id that `names` has for it; a reference becomes a link. Raises
    MathError for TeX that the engine does not know, that nests too deep or is too long.
    """
    html, reason = _set(tex, is_display, names)
    if reason:
        raise MathError(reason)
    shown = escape_text(source or tex)
    return f'{html}<annotation encoding="application/x-tex">{shown}</annotation></semantics></math>'


def is_wide(html: str) -> bool:
    """Whether the formula may need to scroll on a small screen."""
    return _signs_in(html) > _WIDE


def is_very_wide(html: str) -> bool:
    """Whether the formula may be broader than a line of text on any screen."""
    return _signs_in(html) > _VERY_WIDE


def _signs_in(html: str) -> int:
    return len(_TAGS.sub("", html.partition("<annotation")[0]))


@lru_cache(maxsize=2048)
def _set(tex: str, is_display: bool, names: Names) -> tuple[str, str]:  # noqa: FBT001 - a key
    """The formula up to its annotation, or why it cannot be set."""
    reason = _fault(tex)
    if reason:
        return "", reason
    try:
        found = settable(tex, Splices(dict(names.links)), is_display=is_display)
        html = found.splices.put_into(strict(_converted(found.tex, is_display=is_display)))
        html = _named(html, found.tags, dict(names.anchors)) if found.tags else html
    except LatexError as error:
        return "", _reason(error)
    except UnknownLabelError as error:
        return "", f'no equation is labelled "{error}"'
    html = html.rpartition("<annotation ")[0]
    if found.splices.parts and not is_whole(f"{html}</semantics></math>"):
        return "", "a command in it cannot stand there"
    return html, ""


def _fault(tex: str) -> str:
    """Why the engine is not to be asked."""
    if len(tex) > LONGEST:
        return f"it is longer than {LONGEST:,} characters"
    if is_too_deep(tex):
        return "it nests too deep"
    return "it holds a character of private use" if PRIVATE.search(tex) else ""


def _converted(tex: str, *, is_display: bool) -> str:
    try:
        return _engine().convert_with_local_state(tex, displaystyle=is_display)
    except LatexError:
        if "\\limits" not in tex:
            raise
        tex = tex.replace("\\limits", "")
        return _engine().convert_with_local_state(tex, displaystyle=is_display)


def _named(html: str, tags: tuple[Tag, ...], anchors: Mapping[str, str]) -> str:
    """The number, name and id of each tagged row."""

    def cell(found: re.Match[str]) -> str:
        tag = tags[int(found[2])]
        anchor = anchors.get(tag.label)
        place = f' id="{escape(anchor)}"' if anchor else ""
        return f'<mtd class="{found[1]} m-right"{place}>{_name(tag)}</mtd>'

    return _NUMBER.sub(cell, html)


def _name(tag: Tag) -> str:
    """What a tag shows: a text, that may hold formulas."""
    text = tag.text if tag.is_bare else f"({tag.text})"
    if _PLAIN_NAME.fullmatch(text):
        return f"<mtext>{escape_text(text)}</mtext>"
    html, reason = _set(f"\\text{{{text}}}", False, NO_NAMES)
    if reason:
        raise LatexError(f"0: {reason}")
    return html.partition("<semantics>")[2]


@cache
def _engine() -> LatexToMathML:
    return LatexToMathML(
        annotation=True, fancy_error=False, allow_unreliable_rendering=True, macros=MACROS
    )


def _reason(error: LatexError) -> str:
    """The engine's words without the offset in front, which is that of the rewritten TeX."""
    reason = str(error).partition(": ")[2].strip() or "it cannot be read"
    return reason.rstrip(".")[:200]
