"""How is the engine's MathML made to stand under a strict Content-Security-Policy?"""

import re

from kb.markup.math.styles import with_styles

CLASSES = {
    "text-align: right": "m-right",
    "text-align: left": "m-left",
    "padding-left: 0": "m-flush-left",
    "padding-right: 0": "m-flush-right",
    "padding-left:1em": "m-gap",
    "padding-top: 0": "m-close",
    "padding-top: 0.1667em": "m-low",
    "width: 100%": "m-wide",
    "width: 50%": "m-half",
    "width: 7.5%": "m-edge",
    "border-top: 0.05em solid currentcolor": "m-rule-top",
    "border-right: 0.05em solid currentcolor": "m-rule-right",
    "border-left: 0.05em solid currentcolor": "m-rule-left",
    "border-bottom: 0.05em solid currentcolor": "m-rule-bottom",
    "border-top: 0.05em dashed currentcolor": "m-dash-top",
    "border-right: 0.05em dashed currentcolor": "m-dash-right",
    "border-left: 0.05em dashed currentcolor": "m-dash-left",
    "border-bottom: 0.05em dashed currentcolor": "m-dash-bottom",
    "margin-left:-0.16666667em": "m-back",
    "margin-left:-0.2222222em": "m-back",
    "margin-left:-0.2777778em": "m-back",
    "margin-left:-0.0833em": "m-back",
}
"""The engine's inline declarations, and the class that stands for each: a stylesheet sets them.

A strict Content-Security-Policy refuses style attributes, and MathML Core has no attribute for
the alignment of a cell. A declaration that is not here is dropped: it only nudges.
"""

ENCLOSURES = {
    "box": "m-box",
    "updiagonalstrike": "m-struck",
    "downdiagonalstrike": "m-struck-down",
    "updiagonalstrike downdiagonalstrike": "m-struck-both",
    "horizontalstrike": "m-struck-through",
    "actuarial": "m-angle",
    "phasorangle": "m-rule-bottom",
}
"""What encloses a formula; MathML Core has no `menclose`."""

_FACES = {"math-core-sans-serif-font": ' class="m-sans"', "math-core-serif-font": ""}
_STYLE = re.compile(r' style="([^"]*)"')
_COLOR = re.compile(r"color:(#[0-9A-Fa-f]{6})")
_CLASS = re.compile(r' class="([^"]*)"')
_ENCLOSED = re.compile(r'<menclose notation="([^"]*)">')
# Chromium stretches a delimiter in a row, but not one that is the base of a script.
_SIZED_BASE = re.compile(r"(<m(?:sub|sup|subsup)>)(<mo [^>]*minsize[^>]*>[^<]*</mo>)")
# A combining line has no width of its own to stretch from.
_LINES = (("\u203e", "mover"), ("_", "munder"))
# Below a root MathML Core leaves all the height that its sign has too much, TeX but half of it: √r
# would hang from its line. So what is in a root is as high as a capital.
_STRUT = '<mspace height="0.7em"></mspace>'
_ROOT_OF_LETTER = re.compile(r"<mroot>(<m[in]>[^<]*</m[in]>)")


def strict(html: str) -> str:
    """`html` with classes of our own for the engine's, for styles and for enclosures."""
    if "class=" in html:
        html = _CLASS.sub(lambda found: _FACES.get(found[1], ""), html)
    if "style=" in html:
        html = _STYLE.sub(_class_for, html)
    if "<menclose" in html:
        html = _ENCLOSED.sub(_frame, html).replace("</menclose>", "</mrow>")
    if "\u0332" in html:
        for line, end in _LINES:
            html = html.replace(f"\u0332</mo></{end}>", f"{line}</mo></{end}>")
    if "minsize" in html:
        html = _SIZED_BASE.sub(r"\1<mrow>\2</mrow>", html)
    return with_styles(_with_struts(html)).replace("&ApplyFunction;", "\u2061")


def _with_struts(html: str) -> str:
    html = html.replace("<msqrt>", f"<msqrt>{_STRUT}")
    return _ROOT_OF_LETTER.sub(rf"<mroot><mrow>{_STRUT}\1</mrow>", html)


def _frame(menclose: re.Match[str]) -> str:
    return f'<mrow class="{ENCLOSURES.get(menclose[1], "m-struck")}">'


def _class_for(style: re.Match[str]) -> str:
    declarations = [part.strip() for part in style[1].split(";")]
    names = dict.fromkeys(CLASSES[part] for part in declarations if part in CLASSES)
    color = _COLOR.search(style[1])
    return (f' class="{" ".join(names)}"' if names else "") + (
        f' mathcolor="{color[1]}"' if color else ""
    )
