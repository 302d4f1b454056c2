r"""How does the text in a formula become one that the engine sets: `\text{…}`, `\verb|…|`?"""

import re

from kb.markup.math.reader import Reader, Rule

_VERBATIM = re.compile(r"\\verb\*?([^A-Za-z*\s])(.*?)\1")
_SPECIAL = re.compile(r"[\\#$%&_{}~^]")
_SPELT = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_MATH = re.compile(r"(?<!\\)\$([^$]*)\$|\\\((.*?)\\\)", re.DOTALL)
_BARE_UNDERSCORE = re.compile(r"(?<!\\)_")


def spelt(tex: str) -> str:
    r"""`tex` with every `\verb` as a text in the typewriter's face."""
    return _VERBATIM.sub(_typewritten, tex) if "\\verb" in tex else tex


def text(name: str) -> Rule:
    r"""The rule for a text: it and the formulas in it by turns; `_` is a letter in it."""

    def write(reader: Reader) -> str | None:
        raw = reader.raw()
        if raw is None:
            return None
        parts: list[str] = []
        done = 0
        for found in _MATH.finditer(raw):
            inner = reader.rewrite(found[1] or found[2] or "", is_text=True)
            parts += [_plain(name, raw[done : found.start()]), f"{{{inner}}}"]
            done = found.end()
        last = _plain(name, raw[done:])
        return f"{{{''.join(parts)}{last}}}" if parts else last

    return write


def _plain(name: str, words: str) -> str:
    escaped = _BARE_UNDERSCORE.sub(r"\\_", words)
    return f"\\{name}{{{escaped}}}" if words else ""


def _typewritten(found: re.Match[str]) -> str:
    def spell(sign: re.Match[str]) -> str:
        return _SPELT.get(sign.group(), f"\\{sign.group()}")

    return f"\\texttt{{{_SPECIAL.sub(spell, found[2]).replace(' ', '~')}}}"
