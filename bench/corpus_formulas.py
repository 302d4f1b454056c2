"""Which formulas, hardly one like another, stand in an article that nobody wrote?"""

from random import Random

GREEK = tuple(r"\alpha \beta \gamma \theta \lambda \mu \sigma \phi \omega \epsilon".split())
LATIN = tuple("abcdfghkmnpqrstuvwxyzABDFGHKLMPQRSTVWXZ")
OPERATORS = ("+", "-", r"\cdot", r"\odot")
RELATIONS = ("=", r"\approx", r"\le", r"\propto", r"\triangleq")


def symbol(draw: Random) -> str:
    """A letter, perhaps with an index, a hat or a power."""
    letter = draw.choice(GREEK) if draw.random() < 0.4 else draw.choice(LATIN)
    index = f"{draw.choice('ijktn')}{draw.choice(('', '', '+1', '-1'))}"
    forms = (
        letter,
        f"{letter}_{{{index}}}",
        rf"\hat{{{letter}}}",
        f"{letter}^{draw.randint(2, 9)}",
        rf"\mathbf{{{draw.choice(LATIN)}}}",
    )
    return draw.choice(forms)


def term(draw: Random, depth: int) -> str:
    """An expression of so many levels at most."""
    if depth == 0:
        return symbol(draw)
    one, other = (term(draw, depth - 1) for _ in "12")
    forms = (
        rf"\frac{{{one}}}{{{other}}}",
        rf"\left( {one} {draw.choice(OPERATORS)} {other} \right)",
        rf"\sqrt{{{one} {draw.choice(OPERATORS)} {other}}}",
        rf"\exp\left( -{one} \right)",
        rf"\lVert {one} - {other} \rVert_{draw.randint(1, 2)}",
        f"{one} {draw.choice(OPERATORS)} {other}",
        rf"\log {one}",
    )
    return draw.choice(forms)


def inline(draw: Random) -> str:
    """A formula for a line of text, with its dollars."""
    right = term(draw, draw.randint(0, 1))
    return f"${symbol(draw)} {draw.choice(RELATIONS)} {right}$"


def display(draw: Random) -> str:
    """A formula of its own lines, with its dollars."""
    return "\n".join(("$$", draw.choice((_sum, _aligned, _matrix, _cases))(draw), "$$"))


def _sum(draw: Random) -> str:
    sign = draw.choice((r"\sum", r"\prod", r"\int"))
    body = term(draw, 2)
    limits = rf"_{{{draw.choice('ijk')}=0}}^{{{draw.choice('NMKT')}}}"
    return rf"\mathcal{{{draw.choice('LJEF')}}}({symbol(draw)}) = {sign}{limits} {body}"


def _aligned(draw: Random) -> str:
    lines = (f"{symbol(draw)} &= {term(draw, 2)}" for _ in range(draw.randint(2, 3)))
    return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"


def _matrix(draw: Random) -> str:
    rows = " \\\\ ".join(f"{symbol(draw)} & {symbol(draw)}" for _ in range(2))
    return f"{symbol(draw)} = \\begin{{pmatrix}} {rows} \\end{{pmatrix}} {symbol(draw)}"


def _cases(draw: Random) -> str:
    lines = (
        f"{term(draw, 1)}, & {symbol(draw)} > {draw.randint(0, 99)} \\\\",
        f"{term(draw, 1)}, & \\text{{otherwise}}",
    )
    return f"{symbol(draw)} = \\begin{{cases}} {' '.join(lines)} \\end{{cases}}"
