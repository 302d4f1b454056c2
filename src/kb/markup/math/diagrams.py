r"""How does a commutative diagram, amscd's `CD`, become an array of arrows?"""

import re

from kb.markup.math.groups import rows

_DIAGRAM = re.compile(r"\\begin\s*\{CD\}(.*?)\\end\s*\{CD\}", re.DOTALL)
_ARROW = re.compile(r"@(?:([<>()AV])(.*?)\1(.*?)\1|([=|.])|\\(vert|Vert))", re.DOTALL)
_ACROSS = {">": "xrightarrow", ")": "xrightarrow", "<": "xleftarrow", "(": "xleftarrow"}
_DOWN = {"V": "downarrow", "A": "uparrow"}
_NOTHING = r"\phantom{xx}"
_PLAIN = {"=": r"\xlongequal{\quad}", "|": r"\big\Vert", "vert": r"\big\Vert", ".": ""}


def diagrams(tex: str) -> str:
    """`tex` with each diagram as a matrix: objects and arrows by turns."""
    return _DIAGRAM.sub(_matrix, tex)


def _matrix(found: re.Match[str]) -> str:
    body = r"\\".join(map(_row, rows(found[1])))
    return f"\\begin{{matrix}}{body}\\end{{matrix}}"


def _row(row: str) -> str:
    cells: list[str] = []
    done = 0
    arrows = list(_ARROW.finditer(row))
    is_vertical = bool(arrows) and not row[: arrows[0].start()].strip() and _is_down(arrows[0])
    for arrow in arrows:
        before = row[done : arrow.start()].strip()
        cells += [_arrow(arrow)] if is_vertical and not cells else [before, _arrow(arrow)]
        done = arrow.end()
    return " & ".join([*cells, row[done:].strip()] if not is_vertical else cells)


def _is_down(arrow: re.Match[str]) -> bool:
    return (arrow[1] or arrow[4] or arrow[5]) not in (*_ACROSS, "=")


def _arrow(arrow: re.Match[str]) -> str:
    first, second = (arrow[2] or "").strip(), (arrow[3] or "").strip()
    if arrow[1] in _ACROSS:
        return f"\\{_ACROSS[arrow[1]]}[{second}]{{{first or _NOTHING}}}"
    if arrow[1]:
        return f"{{\\scriptstyle {first}}}\\big\\{_DOWN[arrow[1]]}{{\\scriptstyle {second}}}"
    return _PLAIN[arrow[4] or arrow[5]]
