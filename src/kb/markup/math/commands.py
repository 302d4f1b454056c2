r"""What stands in for a command that the engine lacks, or sets otherwise than TeX?

One function a command: what it gives is put in the place of the command and of its arguments;
None leaves both as they are.
"""

import re
from urllib.parse import quote

from kb.markup.characters import escape_text
from kb.markup.math.colors import as_rgb
from kb.markup.math.groups import argument, group_end
from kb.markup.math.lengths import LENGTH, in_em, shown
from kb.markup.math.reader import Reader, Rule
from kb.markup.math.texts import text

_WORD = re.compile(
    r"\s*(?:\\(?:mathrm|rm|text|textrm|operatorname)\b\s*)?\{?([A-Za-z~\\, ]+)\}?\s*"
)
_SCRIPT = re.compile(r"\s*([_^])")
_LIMITS = re.compile(r"\s*\\limits(?![A-Za-z])")
_CODE = re.compile(r'\s*(?:"([0-9A-Fa-f]{1,6})|x([0-9A-Fa-f]{1,6})|([0-9]{1,7}))(?![0-9A-Fa-f])')
_DIGIT = re.compile(r"(\\[A-Za-z]+|\\.)|[0-9]", re.DOTALL)
_MEASURED = re.compile(
    r"\\(?:h?space|m?kern|[hm]skip|raise|lower|rule|begin|color|text|char|m?space)|[\ue000]"
)
_CAPITAL_I = re.compile(r"(\\[A-Za-z]+)|I")


class UnknownLabelError(ValueError):
    """A formula refers to an equation that is not there; the message is its label."""


def _rule(reader: Reader) -> str | None:
    raised, width, height = reader.option(), reader.raw(), reader.raw()
    up, wide, high = in_em(raised or "0em"), in_em(width or ""), in_em(height or "")
    if up is None or wide is None or high is None:
        return None
    size = f'width="{shown(wide)}" height="{shown(high + up)}" depth="{shown(-up)}"'
    return reader.splices.place(f'<mspace class="m-rule" {size}/>')


def _smash(reader: Reader) -> str | None:
    side, inner = reader.option(), reader.argument()
    if inner is None:
        return None
    lost = {"t": 'height="0"', "b": 'depth="0"'}.get(side, 'height="0" depth="0"')
    return reader.splices.around(f"<mpadded {lost}>", inner, "</mpadded>")


def _raised(sign: int) -> Rule:
    def write(reader: Reader) -> str | None:
        by = in_em(reader.raw() or "")
        inner = text("text")(reader)
        if by is None or inner is None:
            return None
        return reader.splices.around(f'<mpadded voffset="{shown(sign * by)}">', inner, "</mpadded>")

    return write


def _framed(name: str) -> Rule:
    def write(reader: Reader) -> str | None:
        inner = reader.argument()
        return inner and reader.splices.around(f'<mrow class="{name}">', inner, "</mrow>")

    return write


def _boxed_text(colors: int) -> Rule:
    def write(reader: Reader) -> str | None:
        """A coloured box keeps its frame: its colours are made for one scheme of the page."""
        for _ in range(colors):
            reader.raw()
        inner = text("text")(reader)
        return inner and reader.splices.around('<mrow class="m-box">', inner, "</mrow>")

    return write


def _last_of(count: int) -> Rule:
    def write(reader: Reader) -> str | None:
        """Of a command that would touch the page, what it shows."""
        arguments = [reader.argument() for _ in range(count)]
        return None if arguments[-1] is None else f"{{{arguments[-1]}}}"

    return write


def _color(*, has_argument: bool) -> Rule:
    def write(reader: Reader) -> str | None:
        model, name = reader.option(), reader.raw()
        color = as_rgb(model, name or "")
        if color is None:
            return None
        switch = f"\\color[rgb]{{{color}}}"
        if not has_argument:
            return switch
        inner = reader.argument()
        return None if inner is None else f"{{{switch}{inner}}}"

    return write


def _operator(reader: Reader) -> str | None:
    r"""`\mathop{…}` takes limits, as `\operatorname*` does."""
    raw = reader.raw()
    if raw is None or not (reader.match(_LIMITS) or reader.is_display):
        return None
    inner = reader.rewrite(raw)
    if word := _WORD.fullmatch(inner):
        return f"\\operatorname*{{{word[1]}}}"
    scripts = {}
    while found := reader.match(_SCRIPT):
        scripts[found[1]] = reader.argument() or ""
    if "_" in scripts:
        inner = f"\\underset{{{scripts['_']}}}{{{inner}}}"
    if "^" in scripts:
        inner = f"\\overset{{{scripts['^']}}}{{{inner}}}"
    return f"\\mathop{{{inner}}}"


def _brace(name: str) -> Rule:
    def write(reader: Reader) -> str | None:
        r"""What is braced takes limits; a script on the other side belongs to what is braced."""
        inner = reader.argument()
        if inner is None:
            return None
        reader.match(_LIMITS)
        return f"\\{name}{{{inner}}}"

    return write


def _fraktur(reader: Reader) -> str | None:
    """The engine sets I as ℍ."""
    inner = reader.argument()
    return inner and f"\\mathfrak{{{_CAPITAL_I.sub(lambda sign: sign[1] or 'ℑ', inner)}}}"


def _above(reader: Reader) -> str | None:
    """The thickness of a bar is that of every fraction."""
    length = reader.match(LENGTH)
    raw = length.group() if length else reader.raw()
    by = in_em(raw or "")
    return None if by is None else r"\over " if by else r"\atop "


def _character(reader: Reader) -> str | None:
    braced = argument(reader.tex, reader.position)
    found = _CODE.fullmatch(braced[0]) if braced and len(braced[0]) > 1 else None
    if found and braced:
        reader.position = braced[1]
    found = found or reader.match(_CODE)
    if found is None:
        return None
    code = int(found[1] or found[2], 16) if found[1] or found[2] else int(found[3])
    shows = code < 0x110000 and chr(code).isprintable() and chr(code) not in r"\{}$&#%^_~"
    return f"\\text{{{chr(code)}}}" if shows else None


def _kern(reader: Reader) -> str | None:
    raw = (reader.raw() or "") if group_end(reader.tex, reader.position) > 0 else ""
    by = in_em(raw)
    return None if by is None else f"\\hspace{{{shown(by)}}}"


def _space(reader: Reader) -> str | None:
    if reader.tex.startswith("*", reader.position):
        reader.position += 1
    by = in_em(reader.raw() or "")
    return None if by is None else f"\\hspace{{{shown(by)}}}"


def _reference(*, has_brackets: bool) -> Rule:
    def write(reader: Reader) -> str | None:
        label = (reader.raw() or "").strip()
        if label not in reader.splices.links:
            raise UnknownLabelError(label)
        anchor, name = reader.splices.links[label]
        shown = escape_text(f"({name})" if has_brackets else name)
        return reader.splices.place(f'<mtext><a href="#{quote(anchor)}">{shown}</a></mtext>')

    return write


def _bold(name: str) -> Rule:
    def write(reader: Reader) -> str | None:
        """The engine leaves digits as they are."""
        inner = reader.argument()
        if inner is None:
            return None
        if not _MEASURED.search(inner):
            inner = _DIGIT.sub(lambda sign: sign[1] or f"{{\\mathbf{{{sign[0]}}}}}", inner)
        return f"\\{name}{{{inner}}}"

    return write


def _circled(reader: Reader) -> str | None:
    inner = reader.argument()
    return inner and f"\\overset{{\\bigcirc}}{{{inner}}}"


def _no_limits(reader: Reader) -> str | None:
    """Delimiters without a sign: the engine wants one."""
    if not reader.tex.startswith(".", reader.position):
        return None
    reader.position += 1
    return ""


TEXTS = ("text", "textbf", "textit", "texttt", "textsf", "textrm")
"""Texts that the engine sets, where no formula stands in them."""

COMMANDS: dict[str, Rule] = {
    **{name: text(name) for name in TEXTS},
    **{name: text("text") for name in ("mbox", "hbox", "textup", "textmd", "textnormal")},
    "emph": text("textit"),
    "rule": _rule,
    "smash": _smash,
    "raisebox": _raised(1),
    "raise": _raised(1),
    "lower": _raised(-1),
    "sout": _framed("m-struck-through"),
    "overline": _framed("m-over"),
    "underline": _framed("m-under"),
    "underbar": _framed("m-under"),
    "colorbox": _boxed_text(1),
    "fcolorbox": _boxed_text(2),
    "htmlId": _last_of(2),
    "htmlClass": _last_of(2),
    "htmlStyle": _last_of(2),
    "htmlData": _last_of(2),
    "href": _last_of(2),
    "color": _color(has_argument=False),
    "textcolor": _color(has_argument=True),
    "mathop": _operator,
    "overbrace": _brace("overbrace"),
    "underbrace": _brace("underbrace"),
    "mathfrak": _fraktur,
    "frak": _fraktur,
    "above": _above,
    "char": _character,
    "kern": _kern,
    "mkern": _kern,
    "hskip": _kern,
    "mskip": _kern,
    "mspace": _kern,
    "hspace": _space,
    "textcircled": _circled,
    "ref": _reference(has_brackets=False),
    "eqref": _reference(has_brackets=True),
    "boldsymbol": _bold("boldsymbol"),
    "bm": _bold("bm"),
    "pmb": _bold("boldsymbol"),
    **{f"{size}{side}": _no_limits for size in ("big", "Big", "bigg", "Bigg") for side in "lrm"},
}
"""Every command that is rewritten, by its name."""
