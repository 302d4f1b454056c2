r"""How is TeX rewritten into what the formula engine sets as TeX would?

math-core 0.9 lacks some commands and environments, and sets some otherwise; each rule here or in
`commands` closes one gap. Most formulas need none: they go to the engine as they are.
"""

import re
from dataclasses import dataclass

from kb.markup.math.commands import COMMANDS, TEXTS
from kb.markup.math.diagrams import diagrams
from kb.markup.math.groups import argument, columns, rows
from kb.markup.math.lengths import in_em, shown
from kb.markup.math.reader import COMMAND, UNICODE_SCRIPTS, Reader, rewritten
from kb.markup.math.splices import Splices
from kb.markup.math.texts import spelt

_REWRITTEN = frozenset(
    (
        *(COMMANDS.keys() - {*TEXTS, "boldsymbol", "bm"}),
        *("verb", "\\", "cr", "newline", "begin", "tag", "label", "nonumber", "notag"),
        *("substack", "matrix", "pmatrix", "tiny", "scriptsize", "footnotesize", "small"),
        *("normalsize", "large", "Large", "LARGE", "huge", "Huge", "sixptsize", "nobreak"),
        *("allowbreak", "relax", "cases"),
    )
)
"""Commands that make a formula need any rule of this module."""

_SUBTLE = re.compile(
    r"\\text[a-z]*\s*\{[^{}]*[$_{(]|\\(?:bm|boldsymbol)\s*(?:\{[^{}]*[0-9{]|[0-9])"
)
"""A text with a formula or `_` in it, or a bold digit."""

_DROPPED = re.compile(
    r"\\(?:nonumber|notag|tiny|scriptsize|footnotesize|small|normalsize|large|Large|LARGE|huge"
    r"|Huge|sixptsize|nobreak|allowbreak|relax)(?![A-Za-z])"
)
_LABEL = re.compile(r"\\label\s*\{[^{}]*\}")
_ROW_END = re.compile(
    r"(?:\\\\|\\(?:cr|newline)(?![A-Za-z]))\*?(?:[ \t]*\[\s*(-?[\d.]+\s*[a-z]{2})\s*\])?"
)
_LAST_ROW = re.compile(r"\\\\\s*(?=\\end\s*\{)|\\\\\s*$")
_ARRAYS = re.compile(r"\\begin\s*\{(array|darray|subarray)\}(?:\s*\[[tbc]\])?(?=\s*\{)")
_REPEATED = re.compile(r"\*\s*\{(\d{1,2})\}\s*\{([lcr|:\s]*)\}")
_COLUMN = re.compile(r"[@!<>]\s*\{[^{}]*\}|([pmb])\s*\{[^{}]*\}")
_GROUP = re.compile(r"\\(substack|p?matrix|cases)(?=\s*\{)")
_TAG = re.compile(r"\\tag(\*?)\s*(?=\{)")
_ANY_TAG = re.compile(r"\\tag\{[0-9]+\}")
_PADDED = re.compile(r"(\\begin\{align\*\})(.*)(\\end\{align\*\})", re.DOTALL)
_BREAKS = re.compile(r"\\\\|\\(begin|end)\{|(?<!\\)&")
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([A-Za-z]+\*?)\}(?:\s*\[([lcrtb])\])?")
_COUNT = re.compile(r"(\\begin\{align(?:ed)?at\*?\})\s*\{\d+\}")
_STARRED_MATRIX = re.compile(r"([pbBvV]?|small)matrix\*")

# Each environment that the engine lacks or would number, and the one that sets it nearly the same.
_ENVIRONMENTS = {
    "split": "aligned", "eqnarray": "aligned", "flalign": "aligned", "align": "aligned",
    "alignat": "aligned", "alignedat": "aligned", "gather": "gathered", "multline": "multline*",
    "equation": "", "math": "", "displaymath": "", "subequations": "",
}  # fmt: skip
_NUMBERED = {
    "split": "aligned", "eqnarray": "align*", "flalign": "align*", "align": "align*",
    "alignat": "align*", "alignedat": "aligned", "gather": "gather*", "equation": "equation*",
    "multline": "multline*", "subequations": "",
}  # fmt: skip
_TAKES_TAGS = tuple(f"\\begin{{{name}}}" for name in set(_NUMBERED.values()) - {"", "aligned"})


@dataclass(frozen=True, slots=True)
class Tag:
    """A number or name at the right of a row, with parentheses or without, and its label."""

    text: str
    is_bare: bool
    label: str


@dataclass(frozen=True, slots=True)
class Settable:
    r"""TeX for the engine: each `\tag` in it holds the index of one of `tags`."""

    tex: str
    splices: Splices
    tags: tuple[Tag, ...] = ()


def settable(tex: str, splices: Splices, *, is_display: bool) -> Settable:
    r"""`tex` in commands that the engine has.

    A `\label` counts where it stands right behind a `\tag`.
    """
    if not _needs_rules(tex):
        return Settable(tex, splices)
    tex = rewritten(Reader(spelt(tex), splices, is_display, COMMANDS))
    if "\\" not in tex:
        return Settable(tex, splices)
    tex, tags = _tags(_DROPPED.sub("", tex)) if "\\tag" in tex else (_DROPPED.sub("", tex), ())
    tex = _columns(_groups(_LABEL.sub("", tex)))
    tex = _row_ends(diagrams(tex) if "{CD}" in tex else tex, splices)
    if tags and is_display:
        return Settable(_tagged(_ENVIRONMENT.sub(_numbered, _COUNT.sub(r"\1", tex))), splices, tags)
    for index, tag in enumerate(tags):
        shown_tag = tag.text if tag.is_bare else f"({tag.text})"
        tex = tex.replace(f"\\tag{{{index}}}", f"\\qquad\\text{{{shown_tag}}}", 1)
    return Settable(
        _in_rows(_ENVIRONMENT.sub(_untagged, _COUNT.sub(r"\1", tex)), is_display), splices
    )


def _needs_rules(tex: str) -> bool:
    if not _REWRITTEN.isdisjoint(COMMAND.findall(tex)):
        return True
    if ("\\text" in tex or "\\b" in tex) and _SUBTLE.search(tex):
        return True
    return not tex.isascii() and UNICODE_SCRIPTS.search(tex) is not None


def _tags(tex: str) -> tuple[str, tuple[Tag, ...]]:
    r"""`tex` with `\tag{0}`, `\tag{1}`, … for its tags, and these."""
    parts: list[str] = []
    tags: list[Tag] = []
    done = 0
    for found in _TAG.finditer(tex):
        read = argument(tex, found.end())
        if found.start() < done or read is None:
            continue
        label = _LABEL.match(tex, read[1])
        parts += [tex[done : found.start()], f"\\tag{{{len(tags)}}}"]
        done = label.end() if label else read[1]
        name = label.group().partition("{")[2][:-1] if label else ""
        tags.append(Tag(read[0], bool(found[1]), name))
    return "".join([*parts, tex[done:]]), tuple(tags)


def _groups(tex: str) -> str:
    r"""`\substack{…}` and plain TeX's `\matrix{…}` as environments."""
    while found := _GROUP.search(tex):
        read = argument(tex, found.end())
        if read is None:
            return tex
        name = "subarray}{c" if found[1] == "substack" else found[1]
        closing = "subarray" if found[1] == "substack" else found[1]
        inner = f"\\begin{{{name}}}{read[0]}\\end{{{closing}}}"
        tex = f"{tex[: found.start()]}{inner}{tex[read[1] :]}"
    return tex


def _columns(tex: str) -> str:
    """The columns of arrays in letters and bars alone."""
    parts, done = [], 0
    for found in _ARRAYS.finditer(tex):
        read = argument(tex, found.end())
        if read is None:
            continue
        columns = _REPEATED.sub(lambda times: times[2] * int(times[1]), read[0])
        columns = _COLUMN.sub(lambda column: "l" if column[1] else "", columns)
        parts += [tex[done : found.start()], f"\\begin{{{found[1]}}}{{{columns}}}"]
        done = read[1]
    return "".join([*parts, tex[done:]])


def _row_ends(tex: str, splices: Splices) -> str:
    r"""Each row ends with `\\`; the space asked for behind it is depth of its last cell."""

    def ended(found: re.Match[str]) -> str:
        space = in_em(found[1] or "0em") or 0.0
        if space <= 0:
            return r"\\"
        return splices.place(f'<mspace depth="{shown(space + 0.4)}"/>') + r"\\"

    return _LAST_ROW.sub("", _ROW_END.sub(ended, tex))


def _untagged(found: re.Match[str]) -> str:
    return _environment(found, _ENVIRONMENTS)


def _numbered(found: re.Match[str]) -> str:
    return _environment(found, _NUMBERED)


def _environment(found: re.Match[str], names: dict[str, str]) -> str:
    name, edge = found[2], found[1]
    name = names.get(name.rstrip("*"), name)
    if matrix := _STARRED_MATRIX.fullmatch(name):
        name = f"{matrix[1]}matrix"
    if name == "smallmatrix":
        return r"\begin{subarray}{" + "c" * 20 + "}" if edge == "begin" else r"\end{subarray}"
    return f"\\{edge}{{{name}}}" if name else ""


def _in_rows(tex: str, is_display: bool) -> str:  # noqa: FBT001 - said where it is called
    """Rows need an environment around them."""
    has_rows, has_columns = _rows_and_columns(tex)
    if not has_rows and not has_columns:
        return tex
    if not is_display and not has_columns:
        return f"\\begin{{array}}{{l}}{tex}\\end{{array}}"
    name = "aligned" if has_columns else "gathered"
    return f"\\begin{{{name}}}{tex}\\end{{{name}}}"


def _tagged(tex: str) -> str:
    r"""A `\tag` needs a numbered environment around it."""
    if tex.lstrip().startswith(_TAKES_TAGS):
        return _PADDED.sub(_padded, tex)
    has_rows, has_columns = _rows_and_columns(tex)
    name = "align*" if has_columns else "gather*" if has_rows else "equation*"
    return f"\\begin{{{name}}}{tex}\\end{{{name}}}"


def _padded(found: re.Match[str]) -> str:
    """Each tagged row with all columns, as a tag stands behind the last cell of its row."""
    parts = list(rows(found[2]))
    widths = [columns(part) for part in parts]
    most = max(widths)
    for index, width in enumerate(widths):
        if width < most and "\\tag{" in parts[index]:
            tag = _ANY_TAG.search(parts[index])
            row = _ANY_TAG.sub("", parts[index], count=1).rstrip()
            parts[index] = f"{row}{'&' * (most - width)}{tag.group() if tag else ''}"
    body = r"\\".join(parts)
    return f"{found[1]}{body}{found[3]}"


def _rows_and_columns(tex: str) -> tuple[bool, bool]:
    """Whether `tex` has row ends, and `&`, outside every environment."""
    depth, has_rows, has_columns = 0, False, False
    for found in _BREAKS.finditer(tex):
        if found[1]:
            depth += 1 if found[1] == "begin" else -1
        elif depth == 0:
            has_rows |= found.group() != "&"
            has_columns |= found.group() == "&"
    return has_rows, has_columns
