"""How does a formula in TeX become MathML, without a script and without a style attribute?"""

import re
from functools import cache

from math_core import LatexError, LatexToMathML

from kb.markup.characters import escape_text
from kb.markup.tex import is_too_deep, settable

CLASSES = (
    ("text-align: right", "m-right"),
    ("text-align: left", "m-left"),
    ("padding-left: 0", "m-flush-left"),
    ("padding-right: 0", "m-flush-right"),
    ("padding-left:1em", "m-gap"),
    ("padding-top: 0", "m-close"),
    ("padding-top: 0.1667em", "m-low"),
    ("width: 100%", "m-wide"),
    ("width: 50%", "m-half"),
    ("width: 7.5%", "m-edge"),
    ("border-top: 0.05em solid currentcolor", "m-rule-top"),
    ("border-right: 0.05em solid currentcolor", "m-rule-right"),
    ("border-left: 0.05em solid currentcolor", "m-rule-left"),
    ("border-bottom: 0.05em solid currentcolor", "m-rule-bottom"),
    ("border-top: 0.05em dashed currentcolor", "m-dash-top"),
    ("border-right: 0.05em dashed currentcolor", "m-dash-right"),
    ("border-left: 0.05em dashed currentcolor", "m-dash-left"),
    ("margin-left:-0.16666667em", "m-back"),
    ("margin-left:-0.0833em", "m-back"),
)
"""The engine's inline declarations, and the class that stands for each: a stylesheet sets them.

A strict Content-Security-Policy refuses style attributes, and MathML Core has no attribute for
the alignment of a cell. A declaration that is not here is dropped: it only nudges.
"""

_CLASS_OF = dict(CLASSES)
_STYLE = re.compile(r' style="([^"]*)"')
_COLOR = re.compile(r"color:(#[0-9A-Fa-f]{6})")
_CLASS = re.compile(r' class="[^"]*"')
_ENCLOSED = re.compile(r'<menclose notation="([^"]*)">')
_TAGS = re.compile(r"<[^>]*>")
_MACROS = {
    "dotsb": r"\cdots", "dotsm": r"\cdots", "dotsc": r"\ldots", "dotso": r"\ldots",
    "mathellipsis": r"\ldots", "centerdot": r"\cdot", "smallsetminus": r"\setminus",
    "intop": r"\int", "smallint": r"\int", "thicksim": r"\sim", "thickapprox": r"\approx",
    "shortmid": r"\mid", "shortparallel": r"\parallel", "sdot": r"\cdot",
    "pmb": r"\boldsymbol{#1}", "mathbbm": r"\mathbb{#1}", "mathnormal": "#1",
    "hbox": r"\text{#1}", "mbox": r"\text{#1}", "textup": r"\text{#1}", "textmd": r"\text{#1}",
    "textnormal": r"\text{#1}", "href": "#2", "smash": "#1", "vcenter": "#1",
    "mathrlap": "#1", "mathllap": "#1", "mathclap": "#1", "rlap": "#1", "llap": "#1",
    "colorbox": "#2", "fcolorbox": r"\boxed{#3}", "cancelto": r"\cancel{#2}^{#1}",
    "argmax": r"\operatorname*{arg\,max}", "argmin": r"\operatorname*{arg\,min}",
    "softmax": r"\operatorname{softmax}", "KL": r"\operatorname{KL}",
    "TeX": r"\text{TeX}", "LaTeX": r"\text{LaTeX}",
    "KaTeX": r"\text{KaTeX}",
}  # fmt: skip
_WIDE = 24
"""Signs of a formula that may be broader than a page of 320 px at 16 px a letter."""


class MathError(ValueError):
    """The formula cannot be set; the message says why."""


def mathml(tex: str, *, is_display: bool) -> str:
    """`tex` as a `<math>` element with its source in an annotation.

    Raises MathError for TeX that the engine does not know or that nests too deep.
    """
    if is_too_deep(tex):
        message = "it nests too deep"
        raise MathError(message)
    if "\\eqref" in tex or "\\ref{" in tex:
        message = "it refers to a label of another formula"
        raise MathError(message)
    try:
        html = _engine().convert_with_local_state(
            settable(tex, is_display=is_display), displaystyle=is_display
        )
    except LatexError as error:
        raise MathError(_reason(error)) from None
    return _annotated(_strict(html), tex)


def is_wide(html: str) -> bool:
    """Whether the formula may need to scroll on a small screen."""
    return len(_TAGS.sub("", html.partition("<annotation")[0])) > _WIDE


@cache
def _engine() -> LatexToMathML:
    return LatexToMathML(
        annotation=True,
        fancy_error=False,
        allow_unreliable_rendering=True,
        macros=_MACROS,
    )


def _reason(error: LatexError) -> str:
    """The engine's words without the offset in front, which is that of the rewritten TeX."""
    reason = str(error).partition(": ")[2].strip() or "it cannot be read"
    return reason.rstrip(".")[:200]


def _annotated(html: str, tex: str) -> str:
    head, _, _ = html.rpartition("<annotation ")
    source = f'<annotation encoding="application/x-tex">{escape_text(tex)}</annotation>'
    return f"{head}{source}</semantics></math>"


def _strict(html: str) -> str:
    if "class=" in html:
        html = _CLASS.sub("", html)
    if "style=" in html:
        html = _STYLE.sub(_class_for, html)
    if "<menclose" in html:
        html = _ENCLOSED.sub(_frame, html).replace("</menclose>", "</mrow>")
    return html.replace("&ApplyFunction;", "\u2061")


def _frame(menclose: re.Match[str]) -> str:
    """MathML Core has no `menclose`."""
    return f'<mrow class="{"m-box" if menclose[1] == "box" else "m-struck"}">'


def _class_for(style: re.Match[str]) -> str:
    declarations = [part.strip() for part in style[1].split(";")]
    names = dict.fromkeys(_CLASS_OF[part] for part in declarations if part in _CLASS_OF)
    color = _COLOR.search(style[1])
    return (f' class="{" ".join(names)}"' if names else "") + (
        f' mathcolor="{color[1]}"' if color else ""
    )
