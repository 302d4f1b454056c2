r"""How is a formula read, command by command, and each written anew that has a rule?"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from unicodedata import normalize

from kb.markup.math.groups import argument, option
from kb.markup.math.splices import Splices

COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
_RAISED = re.compile("[\u00b2\u00b3\u00b9\u2070\u2071\u2074-\u207f]+")
_LOWERED = re.compile("[\u1d62-\u1d65\u2080-\u208e\u2090-\u209c\u2c7c]+")
UNICODE_SCRIPTS = re.compile(f"{_RAISED.pattern}|{_LOWERED.pattern}")
"""Unicode's raised and lowered signs, which are scripts in TeX."""


@dataclass(slots=True)
class Reader:
    """A formula that is being read, up to `position`, and what is put in afterwards.

    A rule is a function of the reader. One that gives None leaves what it read as it was, and may
    read nothing by `argument`, lest that be rewritten once more for each level in which it stands.
    """

    tex: str
    splices: Splices
    is_display: bool
    rules: "Mapping[str, Rule]"
    position: int = 0

    def argument(self) -> str | None:
        """The next argument, rewritten; None where there is none."""
        raw = self.raw()
        return None if raw is None else self.rewrite(raw)

    def rewrite(self, tex: str, *, is_text: bool = False) -> str:
        """A part of the formula, or one that stands in a text, rewritten."""
        return rewritten(Reader(tex, self.splices, self.is_display and not is_text, self.rules))

    def raw(self) -> str | None:
        """The next argument as it stands."""
        found = argument(self.tex, self.position)
        if found is None:
            return None
        self.position = found[1]
        return found[0]

    def option(self) -> str:
        """What stands in brackets next."""
        text, self.position = option(self.tex, self.position)
        return text

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Read what `pattern` matches next."""
        found = pattern.match(self.tex, self.position)
        if found:
            self.position = found.end()
        return found


Rule = Callable[[Reader], str | None]


def rewritten(reader: Reader) -> str:
    """The formula with every command replaced that has a rule."""
    tex = reader.tex
    parts: list[str] = []
    done = 0
    while found := COMMAND.search(tex, reader.position):
        reader.position = found.end()
        rule = reader.rules.get(found[1])
        if rule and (text := rule(reader)) is not None:
            parts += [_scripted(tex[done : found.start()]), text]
            done = reader.position
        elif rule:
            reader.position = found.end()
    return "".join([*parts, _scripted(tex[done:])])


def _scripted(tex: str) -> str:
    """Unicode's raised and lowered signs as scripts."""
    if tex.isascii():
        return tex
    tex = _RAISED.sub(lambda signs: f"^{{{_plain(signs.group())}}}", tex)
    return _LOWERED.sub(lambda signs: f"_{{{_plain(signs.group())}}}", tex)


def _plain(signs: str) -> str:
    return normalize("NFKC", signs).replace("\u2212", "-")
