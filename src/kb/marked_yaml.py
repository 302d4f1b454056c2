"""What does a YAML text say, and where does it say each thing?

A strict subset for files that people edit: one document, text keys, no duplicate keys, no
anchors, aliases or tags, bounded depth. Values keep their place, so that every problem names one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import yaml

from kb.problems import KbError, Place, Problem, with_source

DEEPEST = 16
"""Levels of nesting that a file made by hand never reaches."""

_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN_VALUES: Any = yaml.SafeLoader("")
_Event: TypeAlias = Any  # the stubs leave out what events hold
_RARE_BREAKS = re.compile("[\x85\u2028\u2029]")
"""What ends a line for YAML 1.1, but in no editor: places would name other lines than it shows."""
_SIGN = r"[A-Za-z0-9_./+\u4e00-\u9fff-]"
_VALUE = rf'(?:"[^"\\]*"|[A-Za-z0-9\u4e00-\u9fff](?:{_SIGN}| (?={_SIGN}))*+)'
_ITEM = re.compile(_VALUE)
_LINE = re.compile(rf"([a-z_]+): ({_VALUE}|\[(?:{_VALUE}(?:, {_VALUE})*)?\])")
"""A key with a text or a list of texts, without anything that YAML takes for more than it is."""
_ILLEGAL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no YAML text may hold: https://yaml.org/spec/1.1/#c-printable, and half characters."""
_INTEGERS = range(-(2**63), 2**64)
"""What every program reads as a whole number; a longer one is an identifier, and stays a text."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value as it is written; `plain` is False where it stands in quotes."""

    text: str
    plain: bool
    place: Place

    @property
    def is_null(self) -> bool:
        """Whether nothing, `null` or `~` is written."""
        return self.plain and self.text in {"", "~", "null", "Null", "NULL"}


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of values."""

    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """Values by key, and the place of each key."""

    entries: dict[str, "Node"]
    keys: dict[str, Place]
    place: Place


Node = Scalar | Sequence | Mapping


def parse(text: str, path: str, first_line: int = 1) -> Node | None:
    """The node of a YAML text whose first line is line `first_line` of the file `path`.

    None for an empty text. Raises KbError with the place of what is wrong.
    """
    if simple := _simple(text, path, first_line):
        return simple
    builder = _Builder(path, first_line - 1)
    try:
        events = yaml.parse(_RARE_BREAKS.sub(" ", text), Loader=_PARSER)
        return builder.document(iter(events))
    except yaml.MarkedYAMLError as error:
        raise KbError(_shown(_unread(error, text, builder), text, first_line)) from None
    except (yaml.reader.ReaderError, UnicodeEncodeError):
        raise KbError(_shown(_illegal(text, builder), text, first_line)) from None
    except KbError as error:
        shown = (_shown(problem, text, first_line) for problem in error.problems)
        raise KbError(shown) from None


def _simple(text: str, path: str, first_line: int) -> Mapping | None:
    """The mapping of a text in the form that kb writes, by far the most; None for any other."""
    found = Mapping({}, {}, Place(path, first_line, 1))
    for number, line in enumerate(text.removesuffix("\n").split("\n"), first_line):
        parts = _LINE.fullmatch(line)
        if parts is None or parts[1] in found.entries or not line.isprintable():
            return None
        found.keys[parts[1]] = Place(path, number, 1)
        place = Place(path, number, parts.start(2) + 1)
        if parts[2][0] != "[":
            found.entries[parts[1]] = _scalar(parts[2], place)
            continue
        start = parts.start(2) + 1
        items = (
            _scalar(item[0], Place(path, number, start + item.start() + 1))
            for item in _ITEM.finditer(parts[2][1:-1])
        )
        found.entries[parts[1]] = Sequence(tuple(items), place)
    return found


def _scalar(written: str, place: Place) -> Scalar:
    is_quoted = written[0] == '"'
    return Scalar(written[1:-1] if is_quoted else written, not is_quoted, place)


def _unread(error: yaml.MarkedYAMLError, text: str, builder: "_Builder") -> Problem:
    mark = error.problem_mark or error.context_mark
    if mark and mark.line >= text.count("\n") and error.context_mark:
        mark = error.context_mark  # what is never closed is found only at the end
    place = builder.place(mark.line, mark.column) if mark else builder.place(0, 0)
    fact = f"this is not YAML: {error.problem or error.context}"
    hint = "quote a value that contains `: `, ` #` or starts with a special character"
    return Problem("broken-yaml", fact, place, hint)


def _illegal(text: str, builder: "_Builder") -> Problem:
    found = _ILLEGAL.search(text)
    start, sign = (found.start(), found[0]) if found else (0, "")
    place = builder.place(text.count("\n", 0, start), start - text.rfind("\n", 0, start) - 1)
    fact = f"this is not YAML: the character U+{ord(sign or chr(0)):04X} may not stand in it"
    return Problem("broken-yaml", fact, place, "remove it; an editor may not show it")


def composed(text: str) -> Any:
    """The nodes of yaml's own for a text that `parse` accepts, with their marks; None if empty.

    By the same parser: the one in Python refuses some of what the one in C accepts.
    """
    return yaml.compose(_RARE_BREAKS.sub(" ", text), Loader=_PARSER)


def plain(node: Node) -> object:
    """The node as str, int, float, bool, None, list or dict, by YAML 1.1's rules.

    A date is a text in ISO 8601.
    """
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.entries.items()}
    if not node.plain:
        return node.text
    tag = _PLAIN_VALUES.resolve(yaml.ScalarNode, node.text, (True, False))
    try:
        value = _PLAIN_VALUES.construct_object(yaml.ScalarNode(tag, node.text))
    except (ValueError, yaml.YAMLError):
        return node.text
    if isinstance(value, date):
        return value.isoformat()
    return node.text if isinstance(value, int) and value not in _INTEGERS else value


def _shown(problem: Problem, text: str, first_line: int) -> Problem:
    lines = [""] * (first_line - 1) + text.split("\n")
    return with_source(problem, "\n".join(lines))


class _Builder:
    """Builds nodes from parser events."""

    def __init__(self, path: str, lines_before: int) -> None:
        self.path = path
        self.lines_before = lines_before

    def document(self, events: Iterator[_Event]) -> Node | None:
        """The only document's node."""
        node: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._refusal(event, "a second document starts here", "remove the `---`")
            elif isinstance(event, yaml.NodeEvent):
                node = self._node(event, events, 0)
        return node

    def _node(self, event: _Event, events: Iterator[_Event], depth: int) -> Node:
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise self._refusal(event, "anchors and aliases are not allowed", "write the value out")
        if event.tag and event.tag != "!":
            raise self._refusal(event, f"the tag {event.tag} is not allowed", "remove it")
        if depth > DEEPEST:
            raise self._refusal(event, f"nested deeper than {DEEPEST} levels", "flatten it")
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(event.value, not event.style, self._place(event))
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, events, depth)
        return self._mapping(event, events, depth)

    def _sequence(self, start: _Event, events: Iterator[_Event], depth: int) -> Sequence:
        items = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._node(event, events, depth + 1))
        return Sequence(tuple(items), self._place(start))

    def _mapping(self, start: _Event, events: Iterator[_Event], depth: int) -> Mapping:
        found = Mapping({}, {}, self._place(start))
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._node(event, events, depth + 1)
            if not isinstance(key, Scalar):
                raise self._refusal(event, "a key must be a single word", "quote it")
            if key.text in found.entries:
                first = found.keys[key.text].line
                fact = f'"{key.text}" stands here again, first in line {first}'
                raise self._refusal(event, fact, "keep one of them", code="duplicate-key")
            found.keys[key.text] = key.place
            found.entries[key.text] = self._node(next(events), events, depth + 1)
        return found

    def place(self, line: int, column: int) -> Place:
        """The place of a line and a column of the text, both counted from 0."""
        return Place(self.path, line + 1 + self.lines_before, column + 1)

    def _place(self, event: _Event) -> Place:
        return self.place(event.start_mark.line, event.start_mark.column)

    def _refusal(self, event: _Event, fact: str, hint: str, code: str = "broken-yaml") -> KbError:
        return KbError(Problem(code, fact, self._place(event), hint))
