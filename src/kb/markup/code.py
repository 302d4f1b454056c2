"""How is a block of code shown: in which language, with what marked?"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name
from pygments.token import STANDARD_TYPES, _TokenType
from pygments.util import ClassNotFound

from kb.markup.characters import escape, escape_text
from kb.markup.lexing import runs

LONGEST = 40_000
"""Characters of a block that is still highlighted; some lexers take quadratic time."""

MOST_LINES = 100_000
LONGEST_NUMBER = 6
"""Digits of the number of a line."""

_INFO = re.compile(r"""\s*\{?\s*([^\s{}"'=,]*)""")
ATTRIBUTES = (
    *("title", "filename", "hl_lines", "ins", "del"),
    *("linenos", "linenums", "linenostart"),
)
"""What may follow the language of a block."""
_OPTION = re.compile(r"""([^\s{}"'=,]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s{}]+)))?""")
_BRACES = re.compile(r"\{([\d,\s-]+)\}")
_RANGE = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")
_UNSAFE = re.compile(r"[<>&`]")
_PLAIN = {"", "text", "txt", "plain", "plaintext", "none", "mermaid", "output", "ascii"}
_SHELLS = {"bash", "sh", "shell", "zsh"}
_ALIASES = {"jsonc": "json", "golang": "go", "vue": "html", "svelte": "html", "proto3": "protobuf"}
_LABELS = {"text": "", "txt": "", "plain": "", "plaintext": "", "none": "", "mermaid": "Mermaid"}


@dataclass(frozen=True, slots=True)
class Info:
    """What the line that opens a block says: `python title="a.py" hl_lines="1 3-4" linenos`.

    `inserted` and `deleted` are the lines of `ins="2"` and `del="1"`; `first` is the number of the
    first line, 0 for none: 5 for `linenos=5`, MkDocs' `linenums="5"`, Hugo's `linenostart=5`;
    `unknown` are the names of attributes that mean nothing to kb.
    """

    language: str
    title: str
    marked: frozenset[int]
    inserted: frozenset[int]
    deleted: frozenset[int]
    first: int
    unknown: tuple[str, ...] = ()


def info_of(line: str) -> Info:
    """Read the words after the fence."""
    found = _INFO.match(line)
    language = _UNSAFE.sub("", found[1]) if found else ""
    rest = line[found.end() :] if found else ""
    named = _OPTION.findall(_BRACES.sub(" ", rest))
    options = {name: a or b or c for name, a, b, c in named}
    ranges = options.get("hl_lines", "") + " " + " ".join(_BRACES.findall(line))
    return Info(
        language,
        options.get("title") or options.get("filename") or "",
        frozenset(_numbers(ranges)),
        frozenset(_numbers(options.get("ins", ""))),
        frozenset(_numbers(options.get("del", ""))),
        _first(options),
        tuple(name for name in options if name not in ATTRIBUTES),
    )


def _first(options: Mapping[str, str]) -> int:
    said = options.get("linenums", options.get("linenos", "false"))
    if said.lower() in ("false", "0"):
        return 0
    start = options.get("linenostart", said)
    return int(start) if start.isdecimal() and len(start) <= LONGEST_NUMBER else 1


def beyond(info: Info, code: str) -> int:
    """The first line that is to be marked and that the block does not have, 0 for none."""
    lines = code.count("\n") + (not code.endswith("\n"))
    return min((n for n in info.marked | info.inserted | info.deleted if n > lines), default=0)


def is_known(language: str) -> bool:
    """Whether the language can be highlighted or is plain text by name."""
    return language.lower() in _PLAIN or _lexer(language.lower()) is not None


def figure(code: str, info: Info) -> str:
    """A framed block of code as HTML."""
    lexer = _lexer_of(info.language.lower(), code)
    label = _LABELS.get(info.language.lower(), lexer.name if lexer else info.language)
    spans = _highlighted(code, lexer) if lexer and len(code) <= LONGEST else escape_text(code)
    if info.marked or info.inserted or info.deleted or info.first:
        spans = _lined(spans, info)
    language = f' class="language-{escape(info.language)}"' if info.language else ""
    return (
        f'<figure class="code">{_caption(info.title, label)}'
        f'<pre tabindex="0"><code{language}>{spans}</code></pre></figure>\n'
    )


def _lexer_of(language: str, code: str) -> Lexer | None:
    if language in _PLAIN:
        return None
    is_session = language in _SHELLS and code.startswith("$ ")
    return _lexer("console" if is_session else language)


def _caption(title: str, label: str) -> str:
    if not title and not label:
        return ""
    name = f'<span class="code-title">{escape(title)}</span>' if title else ""
    language = f'<span class="code-language">{escape(label)}</span>' if label else ""
    return f"<figcaption>{name}{language}</figcaption>"


def _numbers(ranges: str) -> Iterator[int]:
    for first, last in _RANGE.findall(ranges):
        yield from range(int(first), min(int(last or first), int(first) + 1000) + 1)


@cache
def _lexer(language: str) -> Lexer | None:
    try:
        return _made(find_lexer_class_by_name(_ALIASES.get(language, language)))
    except ClassNotFound:
        return None


@cache
def _made(kind: type[Lexer]) -> Lexer:
    """One lexer for all names of a language, as its joined rules are kept with it."""
    return kind()


def _highlighted(code: str, lexer: Lexer) -> str:
    """Spans of Pygments' short classes, neighbours of one class joined, none across lines."""
    parts: list[str] = []
    last, held = "", ""
    for name, text in runs(lexer, code, _class_of):
        if name == last or not text:
            held += text
        else:
            parts.append(_span(last, held))
            last, held = name, text
    parts.append(_span(last, held))
    return "".join(parts)


def _span(name: str, text: str) -> str:
    if not name or text.isspace():
        return escape_text(text)
    if "\n" in text:
        return _by_line(name, text)
    return f'<span class="{name}">{escape_text(text)}</span>'


@cache
def _class_of(kind: _TokenType) -> str:
    """Pygments' short class of a kind, empty for what looks like plain text."""
    name = STANDARD_TYPES.get(kind)
    if name is None:
        return _class_of(kind.parent) if kind.parent else ""
    return "" if name in ("w", "p", "n") else name


def _by_line(name: str, text: str) -> str:
    return "\n".join(
        f'<span class="{name}">{escape_text(line)}</span>' if line else ""
        for line in text.split("\n")
    )


def _lined(spans: str, info: Info) -> str:
    lines = spans.removesuffix("\n").split("\n")
    return "".join(_line(number, line, info) for number, line in enumerate(lines, 1))


def _line(number: int, line: str, info: Info) -> str:
    place = f'<span class="linenos" data-line="{info.first + number - 1}"></span>'
    counter = place if info.first else ""
    classes = " ".join(
        name
        for name, lines in (("hll", info.marked), ("ins", info.inserted), ("del", info.deleted))
        if number in lines
    )
    shown = f"{counter}{line}\n"
    return f'<span class="{classes}">{shown}</span>' if classes else shown
