"""What does a formula's MathML say, whichever engine made it?"""

import re
import unicodedata
from collections.abc import Iterator
from xml.etree.ElementTree import Element, fromstring

_PARTS = {
    "msub": ("_",),
    "msup": ("^",),
    "msubsup": ("_", "^"),
    "munder": ("under",),
    "mover": ("over",),
    "munderover": ("under", "over"),
}
_BESIDE = {"under": "_", "over": "^"}
_MOVING = set("∑∏∐⋂⋃⨁⨂⨀⨄⨆⋁⋀")
"""Operators whose limits stand beside them where a formula is not displayed."""
_STYLE = re.compile(
    r"MATHEMATICAL ((?:BOLD |ITALIC |SCRIPT |FRAKTUR |DOUBLE-STRUCK |SANS-SERIF |MONOSPACE )+)"
)
_LETTERLIKE = {
    **dict.fromkeys("ℬℰℱℋℐℒℳℛℯℊℴ", "script"),
    **dict.fromkeys("ℭℌℑℜℨ", "fraktur"),
    **dict.fromkeys("ℂℍℕℙℚℝℤ", "double-struck"),
    "ℎ": "italic",
}
_SAME = {
    "−": "-", "–": "-", "∣": "|", "∥": "‖", "∗": "*", "⋆": "*", "⟨": "<", "⟩": ">", "·": "⋅",
    "‾": "¯", "ˉ": "¯", "\u0304": "¯", "ˆ": "^", "\u0302": "^", "˜": "~", "\u0303": "~",
    "∼": "~", "\u0307": "˙", "\u0308": "¨", "\u0301": "´", "\u0300": "`", "\u030c": "ˇ",
    "\u0306": "˘", "\u20d7": "→", "\u030a": "˚", "′": "'", "″": "''", "‴": "'''",
    "⁗": "''''", "ϕ": "φ", "ϵ": "ε", "…": "...", "∶": ":", "≔": ":=", "⎵": "⏟", "⎴": "⏞",
    "“": '"', "”": '"', "’": "'", "‘": "'", "`": "'", "⋯": "...", "\u0338": "/", "µ": "μ",
    "⧸": "/", "∖": "\\", "ˊ": "´", "ˋ": "'", "˝": "\u030b",
}  # fmt: skip
_FACES = {"b": "bold", "i": "italic", "code": "monospace", "span": "", "u": "", "a": ""}
_LINES = {"m-over": "over", "m-under": "under"}
_INVISIBLE = re.compile("[\\s\u2061-\u2064\u200b\ufe00\ufe01\u00a0]")


def sequence(html: str) -> str:
    """The signs, with their styles, and the structure of the `<math>` in `html`, one a word."""
    text = html[html.index("<math") : html.index("</math>") + 7].replace("&nbsp;", "\u00a0")
    text = " ".join(_words(fromstring(text), is_display='display="block"' in text[:80]))  # noqa: S314 - what two engines made
    return _rows(text.split(" ; ")) if " ; " in text and not text.startswith("table(") else text


def _words(node: Element, *, is_display: bool) -> Iterator[str]:
    tag = node.tag.rpartition("}")[2]
    is_display = node.get("displaystyle", str(is_display)).lower() == "true"
    if tag in {"mi", "mn", "mo", "mtext"} and not node.findall("*"):
        yield from _signs(node, tag)
    elif tag in _PARTS:
        yield from _scripts(node, _PARTS[tag], is_display=is_display)
    elif tag in {"mfrac", "mroot"}:
        parts = (" ".join(_words(part, is_display=False)) for part in node)
        yield f"{tag}( {' | '.join(parts)} )"
    elif tag == "mtable":
        yield _rows([_cells(row, is_display=is_display) for row in node])
    elif tag == "mspace":
        yield from [";"] if node.get("linebreak") else []
    elif tag != "annotation":
        yield from _frame(node, tag, is_display=is_display)


def _frame(node: Element, tag: str, *, is_display: bool) -> Iterator[str]:
    """What stands in an element that holds any number of others."""
    kind = node.get("class", "")
    if tag in _FACES:
        yield from _characters(node.text or "", "sans-serif" if kind == "m-sans" else _FACES[tag])
        return
    inner = [word for part in node for word in _words(part, is_display=is_display)]
    if kind in _LINES:
        yield from (*inner, f"{_LINES[kind]}( ¯ )")
        return
    name = tag if tag in {"msqrt", "mphantom"} else ""
    if tag == "menclose" or kind.startswith(("m-box", "m-struck", "m-angle")) or tag == "s":
        name = "enclosed"
    yield from (f"{name}(", *inner, ")") if name else inner


def _scripts(node: Element, names: tuple[str, ...], *, is_display: bool) -> Iterator[str]:
    base, *parts = node
    sign = "".join(base.itertext()).strip()
    moves = "movablelimits" not in next(base.iter()).attrib and not is_display
    beside = sign in _MOVING and moves
    yield from _words(base, is_display=is_display)
    for name, part in zip((*names, "more", "more"), parts, strict=False):
        if inner := " ".join(_words(part, is_display=False)):
            yield f"{_BESIDE.get(name, name) if beside else name}( {inner} )"


def _cells(row: Element, *, is_display: bool) -> str:
    cells = (
        " ".join(w for part in cell for w in _words(part, is_display=is_display)) for cell in row
    )
    return " & ".join(cell for cell in cells if cell)


def _rows(rows: list[str]) -> str:
    """Empty rows at the end do not show, and a single row is no table."""
    while rows and not rows[-1].strip():
        rows.pop()
    return f"table( {' ; '.join(rows)} )" if len(rows) > 1 else "".join(rows).replace(" & ", " ")


def _signs(node: Element, tag: str) -> Iterator[str]:
    text = node.text or ""
    variant = node.get("mathvariant", "")
    if tag == "mi" and not variant and len(_INVISIBLE.sub("", text)) == 1:
        variant = "italic"
    yield from _characters(text, "" if variant == "normal" else variant)


def _characters(text: str, variant: str) -> Iterator[str]:
    for sign in _INVISIBLE.sub("", text):
        name = unicodedata.name(sign, "")
        plain = unicodedata.normalize("NFKC", sign)
        found = _STYLE.match(name)
        style = found[1].strip().lower().replace(" ", "-") if found else _LETTERLIKE.get(sign, "")
        if style or (sign.isalnum() and variant):
            yield f"{style or variant}:{_SAME.get(plain, plain)}"
        elif sign.isalpha() and not variant:
            yield _SAME.get(plain, plain)
        else:
            yield from _SAME.get(sign, sign)
