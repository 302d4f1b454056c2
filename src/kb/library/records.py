"""How is an article written in its file, and how is one field of it changed?"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

import yaml

from kb.languages import language_of
from kb.library.fields import READERS, Field, read_fields
from kb.library.headings import naming_heading
from kb.marked_yaml import Mapping as YamlMapping
from kb.marked_yaml import composed, plain
from kb.marked_yaml import parse as parse_yaml
from kb.model import Article, ArticleId, Slug
from kb.problems import KbError, Place, Problem, with_source
from kb.slugs import is_slug, slugify

_FENCE = re.compile(r"---[ \t]*\n")
_BARE = re.compile(r"[^\W_](?:[\w ./+()（）—·-]*[\w+)）])?")
_WORDS_OF_YAML = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


@dataclass(frozen=True, slots=True)
class Record:
    """An article as its file says it, with the place of each field and the file's text."""

    article: Article
    places: Mapping[str, Place]
    text: str


def parse(text: str, path: str) -> Record:
    """The record in the text of the file `path`. Raises KbError with every wrong field."""
    text = normalise(text)
    front_text, body = split(text, path)
    front = _front(front_text, path)
    try:
        found = read_fields(front)
    except KbError as error:
        raise KbError(with_source(problem, text) for problem in error.problems) from None
    article = _article(found, body, path, text[: len(text) - len(body)].count("\n") + 1, front)
    places = {key: field.place for key, field in found.items()}
    return Record(article, places, text)


def normalise(text: str) -> str:
    """The text without byte order mark and with line feeds only."""
    return text.removeprefix("﻿").replace("\r\n", "\n").replace("\r", "\n")


def split(text: str, path: str) -> tuple[str, str]:
    """Front matter and body. Raises KbError where the front matter does not end."""
    opening = _FENCE.match(text)
    if opening is None:
        return "", text
    closing = re.compile(r"^---[ \t]*(?:\n|\Z)", re.MULTILINE).search(text, opening.end())
    if closing is None:
        fact = "the front matter that starts here has no end"
        hint = "close it with a line of three hyphens"
        raise KbError(
            with_source(Problem("open-front-matter", fact, Place(path, 1, 1), hint), text)
        )
    return text[opening.end() : closing.start()], text[closing.end() :]


def compose(fields: Iterable[tuple[str, object]], body: str) -> str:
    """The text of a new record: one line a field, then the body."""
    head = "".join(field_line(key, value) for key, value in fields)
    return f"---\n{head}---\n\n{body}"


def field_line(key: str, value: object) -> str:
    """One line of front matter, the value quoted where YAML would misread it."""
    if isinstance(value, tuple):
        return f"{key}: [{', '.join(_scalar(item) for item in value)}]\n"
    return f"{key}: {str(value).lower() if isinstance(value, bool) else _scalar(value)}\n"


def with_field(record: Record, key: str, value: object) -> str:
    """The record's text with one field set, every other line and comment as it was."""
    front, body = split(record.text, record.article.path)
    opening, length = _FENCE.match(record.text), len(front)
    line = field_line(key, value)
    span = _value_span(front, key)
    if span:
        front = f"{front[: span[0]]}{line.removeprefix(f'{key}:').rstrip()}{front[span[1] :]}"
    else:
        front += line if not front or front.endswith("\n") else f"\n{line}"
    if opening is None:
        return f"---\n{front}---\n\n{body}"
    closing = record.text[opening.end() + length : len(record.text) - len(body)]
    return f"{opening.group()}{front}{closing}{body}"


def _value_span(front: str, key: str) -> tuple[int, int] | None:
    """Where the value of a key stands, from the colon on, or None where there is no such key."""
    root = composed(front)
    for name, node in root.value if root else ():
        if name.value == key:
            start = front.index(":", name.end_mark.index) + 1
            end = max(start, _end(node))
            return start, start + len(front[start:end].rstrip())
    return None


def _end(node: yaml.Node) -> int:
    """Where a value's last character stands; YAML lets a block end only before the next token."""
    inner = node.value if isinstance(node, yaml.CollectionNode) and not node.flow_style else ()
    last = inner[-1] if inner else node
    if last is node:
        return int(node.end_mark.index)
    return _end(last[1] if isinstance(last, tuple) else last)


def with_body(text: str, body: str) -> str:
    """A record's text with another body."""
    _, old = split(text, "")
    return f"{text[: len(text) - len(old)]}\n{body}"


def _front(text: str, path: str) -> YamlMapping:
    front = parse_yaml(text, path, first_line=2)
    if front is None:
        return YamlMapping({}, {}, Place(path, 1, 1))
    if not isinstance(front, YamlMapping):
        fact = "the front matter must be `key: value` lines"
        problem = Problem("broken-yaml", fact, front.place, "such as `title: LoRA`")
        raise KbError(with_source(problem, f"---\n{text}"))
    return front


def _article(
    found: dict[str, Field], body: str, path: str, body_line: int, front: YamlMapping
) -> Article:
    values: dict[str, Any] = {key: field.value for key, field in found.items()}
    stem = PurePosixPath(path).stem
    title = values.get("title") or _words_of_heading(body) or stem
    extra = {key: plain(node) for key, node in front.entries.items() if key not in READERS}
    return Article(
        **{
            "id": ArticleId(""),
            "slug": Slug(stem) if is_slug(stem) else slugify(title),
            "topic": "other",
            "tags": (),
            **values,
            "title": title,
            "lang": values.get("lang") or language_of(f"{title} {body}"),
        },
        body=body,
        path=path,
        body_line=body_line,
        extra=extra,
    )


def _words_of_heading(body: str) -> str:
    heading = naming_heading(body)
    return heading.words if heading else ""


def _scalar(value: object) -> str:
    text = str(value)
    if isinstance(value, date):
        return text
    is_bare = _BARE.fullmatch(text) and text.lower() not in _WORDS_OF_YAML
    if is_bare and not re.fullmatch(r"[\d.+-]+[eE]?[\d]*|\d{4}-\d\d?-\d\d?.*|0[xob].*", text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
