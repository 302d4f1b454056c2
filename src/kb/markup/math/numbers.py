r"""Which number or name has each row of a display formula, as amsmath counts?

Each row of `align`, `gather`, `eqnarray`, `flalign` and `alignat`, and each `equation` and
`multline`, has the next number, unless it is starred or says `\notag`. A `\tag` is a name and takes
no number. A formula in `$$…$$` or `\[…\]` has a number where it has a `\label`, as nobody could
refer to it without one.
"""

import re
from dataclasses import dataclass

from kb.markup.math.groups import argument, rows

_NAMES = "equation|multline|align|alignat|flalign|gather|eqnarray"
_WHOLE = re.compile(rf"\s*(\\begin\s*\{{({_NAMES})(\*?)\}})(.*)(\\end\s*\{{\2\*?\}})\s*", re.DOTALL)
_OF_ONE_NUMBER = ("equation", "multline")
_LABEL = re.compile(r"\\label\s*\{([^{}]*)\}")
_TAG = re.compile(r"\\tag(\*?)\s*(?=\{)")
_UNNUMBERED = re.compile(r"\\(?:nonumber|notag)(?![A-Za-z])")
_COUNTED = re.compile(r"\\(?:tag|label|begin)(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class Numbered:
    r"""A formula's TeX with a `\tag` in each row that has a number or name, the label behind it.

    `labels` has the number or name of each label; `last` is the number that was given last.
    """

    tex: str
    labels: tuple[tuple[str, str], ...]
    last: int


@dataclass(frozen=True, slots=True)
class _Row:
    tex: str
    labels: tuple[tuple[str, str], ...]
    last: int


def numbered(tex: str, last: int) -> Numbered:
    """The display formula `tex` with its numbers, the first being one more than `last`."""
    if not _COUNTED.search(tex):
        return Numbered(tex, (), last)
    whole = _WHOLE.fullmatch(tex)
    if whole is None or f"\\end{{{whole[2]}" in whole[4]:
        return _in_rows(tex, last, counts=False)
    counts = not whole[3]
    if whole[2] in _OF_ONE_NUMBER:
        row = _row(whole[4], last, counts=counts)
        body = Numbered(row.tex, row.labels, row.last)
    else:
        body = _in_rows(whole[4], last, counts=counts)
    return Numbered(f"{whole[1]}{body.tex}{whole[5]}", body.labels, body.last)


def _in_rows(tex: str, last: int, *, counts: bool) -> Numbered:
    parts: list[str] = []
    labels: list[tuple[str, str]] = []
    for part in rows(tex):
        row = _row(part, last, counts=counts and bool(part.strip()))
        parts.append(row.tex)
        labels += row.labels
        last = row.last
    return Numbered(r"\\".join(parts), tuple(labels), last)


def _row(tex: str, last: int, *, counts: bool) -> _Row:
    names = tuple(label.strip() for label in _LABEL.findall(tex))
    tags = list(_TAG.finditer(tex))
    if len(tags) > 1 or (not tags and not names and not counts):
        return _Row(tex, (), last)
    bare = _LABEL.sub("", tex)
    if tags:
        tag = _TAG.search(bare)
        read = argument(bare, tag.end()) if tag else None
        if tag is None or read is None:
            return _Row(tex, (), last)
        name, star, bare = read[0], tag[1], bare[: tag.start()] + bare[read[1] :]
    elif _UNNUMBERED.search(bare):
        return _Row(bare, (), last)
    else:
        last += 1
        name, star = str(last), ""
    label = f"\\label{{{names[0]}}}" if names else ""
    tagged = f"{bare.rstrip()} \\tag{star}{{{name}}}{label}"
    return _Row(tagged, tuple((label, name) for label in names), last)
