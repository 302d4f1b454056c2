"""What can a project set in kb.yaml, and what did this one set?"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from enum import StrEnum
from itertools import combinations
from pathlib import PurePosixPath
from typing import Any

from kb.codes import Grades, by_code
from kb.folder import FILE as _FILE
from kb.languages import TAG
from kb.marked_yaml import Mapping, Node, Scalar, Sequence, parse
from kb.problems import KbError, Place, Problem, Severity, did_you_mean, with_source
from kb.routes import UrlStyle

FILE = _FILE
OFF = "off"
"""The level of a problem that is not to be told."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Lists of ids: articles that are one, the first of each list, and those that are not."""

    always: tuple[tuple[str, ...], ...] = ()
    never: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Markdown:
    """What the Markdown of one's own articles may hold: HTML is text, or an allow-list of it."""

    html: str = "off"

    @property
    def has_html(self) -> bool:
        """Whether some HTML may pass."""
        return self.html == "sanitized"


class Cards(StrEnum):
    """What has a card of its own, drawn with its name, for those who share its address."""

    TOPICS = "topics"
    ARTICLES = "articles"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Check:
    """How much each code of a problem matters, and whether `--external` asks private hosts."""

    severity: Grades = ()
    private_hosts: bool = False


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a project; every one has a default. Paths are relative to its folder.

    `language` is the tag of one that the theme or the project has words for (templates/words/).
    `page_size` and `feed_size` count articles, `min_tag_articles` the articles that a tag needs
    for a page of its own. `source_url` leads to a source file for editing; `{path}` stands for it.
    `headers` are lines of transmissions to leave out beside the known ones, `merge` says which
    articles are one whatever ingest finds, and which are not, `markdown` what one's own may hold,
    `cards` which pages have a picture of their own for those who share the address,
    `check` what is a problem.
    """

    title: str = "kb"
    description: str = ""
    author: str = ""
    language: str = "zh"
    base_url: str = ""
    urls: UrlStyle = UrlStyle.FILES
    source_url: str = ""
    content: str = "content"
    templates: str = "templates"
    static: str = "static"
    output: str = "site"
    page_size: int = 20
    feed_size: int = 20
    min_tag_articles: int = 1
    headers: tuple[str, ...] = ()
    merge: Merge = Merge()
    markdown: Markdown = Markdown()
    cards: Cards = Cards.TOPICS
    check: Check = Check()
    places: tuple[tuple[str, Place], ...] = field(default=(), repr=False, compare=False)

    def place(self, key: str) -> Place:
        """Where a setting is set, or the file where it is not."""
        return dict(self.places).get(key, Place(FILE))


def load(text: str) -> Config:
    """The configuration that the text of a kb.yaml makes. Raises KbError with all problems."""
    root = parse(text, FILE)
    if root is None or (isinstance(root, Scalar) and root.is_null):
        return Config()
    if not isinstance(root, Mapping):
        fact = "the settings must be `key: value` lines"
        problem = Problem("invalid-config", fact, root.place, "such as `title: My notes`")
        raise KbError(with_source(problem, text))
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, node in root.entries.items():
        try:
            values[key] = _value(key, node, root.keys[key])
        except KbError as error:
            problems += [with_source(problem, text) for problem in error.problems]
    if problems:
        raise KbError(problems)
    places = tuple((key, node.place) for key, node in root.entries.items())
    return Config(**values, places=places)


def _value(key: str, node: Node, place: Place) -> object:
    reader = _READERS.get(key)
    if reader is None:
        fact = f'there is no setting "{key}"'
        hint = did_you_mean(key, _READERS) or f"settings are: {', '.join(_READERS)}"
        raise KbError(Problem("unknown-setting", fact, place, hint, width=len(key)))
    try:
        return reader(node)
    except ValueError as error:
        raise KbError(Problem("invalid-setting", f"{key} {error}", node.place)) from None


def _text(node: Node) -> str:
    if not isinstance(node, Scalar):
        raise ValueError("must be a text")
    return "" if node.is_null else node.text


def _texts(node: Node) -> tuple[str, ...]:
    if not isinstance(node, Sequence) or not all(isinstance(n, Scalar) for n in node.items):
        raise ValueError("must be a list of texts, such as [one, two]")
    return tuple(_text(item) for item in node.items)


def _merge(node: Node) -> Merge:
    if not isinstance(node, Mapping) or not node.entries.keys() <= {"always", "never"}:
        raise ValueError("must have `always` and `never`, each a list of lists of ids")
    rules = Merge(**{key: _groups(value) for key, value in node.entries.items()})
    taken = [name for _, *others in rules.always for name in others]
    twice = next((name for name in taken if taken.count(name) > 1), "")
    if twice:
        raise ValueError(f"must not merge {twice!r} into two articles")
    into = {name: first for first, *others in rules.always for name in others}
    for name in into:
        target = name
        for _ in into:
            target = into.get(target, target)
        if target in into:
            raise ValueError(f"must not merge {name!r} into itself")
    _refuse_contradictions(node, rules)
    return rules


def _refuse_contradictions(node: Mapping, rules: Merge) -> None:
    """Raises KbError for two ids that are one article by one rule, and are not by another."""
    into = {name: first for first, *others in rules.always for name in others}
    never = node.entries.get("never")
    for names, item in zip(rules.never, getattr(never, "items", ()), strict=True):
        ends = {name: _end(name, into) for name in names}
        for one, other in combinations(dict.fromkeys(names), 2):
            if ends[one] == ends[other]:
                fact = f'merge makes "{one}" and "{other}" one article under `always` already'
                hint = "take the two out of one of the lists"
                raise KbError(Problem("invalid-setting", fact, item.place, hint))


def _end(name: str, into: dict[str, str]) -> str:
    while name in into:
        name = into[name]
    return name


def _markdown(node: Node) -> Markdown:
    if not isinstance(node, Mapping) or not node.entries.keys() <= {"html"}:
        raise ValueError("must have `html`, such as {html: sanitized}")
    html = _text(node.entries["html"]) if node.entries else "off"
    if html not in {"off", "sanitized"}:
        raise ValueError(f'must have `html` as "off" or "sanitized", not {html!r}')
    return Markdown(html)


def _check(node: Node) -> Check:
    if not isinstance(node, Mapping) or not node.entries.keys() <= {"severity", "private_hosts"}:
        raise ValueError(
            "must have `severity`, such as {severity: {orphan: off}}, or `private_hosts`"
        )
    entries = node.entries
    private = _text(entries["private_hosts"]) if "private_hosts" in entries else "false"
    if private not in {"true", "false"}:
        raise ValueError(f"must have `private_hosts` as true or false, not {private!r}")
    grades = _grades(entries["severity"]) if "severity" in entries else ()
    return Check(grades, private_hosts=private == "true")


def _grades(node: Node) -> Grades:
    if not isinstance(node, Mapping):
        raise ValueError("must have `severity` as `code: level` pairs, such as {orphan: off}")
    return tuple(_grade(code, node) for code in node.entries)


def _grade(code: str, node: Mapping) -> tuple[str, Severity | None]:
    if code not in by_code():
        fact = f'no problem has the code "{code}"'
        hint = did_you_mean(code, by_code()) or "a problem shows its code in brackets"
        raise KbError(Problem("invalid-setting", fact, node.keys[code], hint, width=len(code)))
    level, levels = _text(node.entries[code]), (OFF, *reversed(Severity))
    if level not in levels:
        fact = f"check gives {code} the level {level!r}"
        hint = f"levels are {', '.join(levels)}"
        place = node.entries[code].place
        raise KbError(Problem("invalid-setting", fact, place, hint, width=max(1, len(level))))
    return code, None if level == OFF else Severity(level)


def _groups(node: Node) -> tuple[tuple[str, ...], ...]:
    groups = tuple(map(_texts, node.items)) if isinstance(node, Sequence) else ((),)
    if any(len(group) < 2 for group in groups):
        raise ValueError("must be a list of lists of two ids or more, such as [[id, id]]")
    return groups


def _count(node: Node) -> int:
    text = _text(node)
    if not re.fullmatch(r"[1-9][0-9]{0,5}", text):
        raise ValueError(f"must be a whole number from 1 to 999999, not {text!r}")
    return int(text)


def _language(node: Node) -> str:
    text = _text(node)
    if not TAG.fullmatch(text):
        raise ValueError(f"must be a language tag such as zh, en or pt-BR, not {text!r}")
    return text


def _url(node: Node) -> str:
    text = _text(node).rstrip("/")
    if text and not re.fullmatch(r"https?://[^\s/?#\"'<>\\@]+(/[^\s?#\"'<>\\]*)?", text):
        raise ValueError(f"must be an address such as https://example.org/kb, not {text!r}")
    return text


def _source_url(node: Node) -> str:
    text = _text(node)
    if text and ("{path}" not in text or not text.startswith(("https://", "http://"))):
        raise ValueError("must start with https:// and contain {path}")
    return text


def _style(node: Node) -> UrlStyle:
    text = _text(node)
    if text not in set(UrlStyle):
        raise ValueError(f'must be "files" or "pretty", not {text!r}')
    return UrlStyle(text)


def _cards(node: Node) -> Cards:
    text = _text(node)
    if text not in set(Cards):
        raise ValueError(f'must be "topics", "articles" or "off", not {text!r}')
    return Cards(text)


def _folder(node: Node) -> str:
    path = PurePosixPath(_text(node))
    is_odd = path.parts[:1] == ("~",) or not str(path).isprintable()
    if path.is_absolute() or ".." in path.parts or not path.parts or is_odd:
        raise ValueError(f"must be a folder inside the project, not {str(path)!r}")
    return str(path)


_READERS: dict[str, Callable[[Node], object]] = {
    **{setting.name: _text for setting in fields(Config) if setting.name != "places"},
    "language": _language,
    "base_url": _url,
    "urls": _style,
    "source_url": _source_url,
    **dict.fromkeys(("content", "templates", "static", "output"), _folder),
    **dict.fromkeys(("page_size", "feed_size", "min_tag_articles"), _count),
    "headers": _texts,
    "merge": _merge,
    "markdown": _markdown,
    "cards": _cards,
    "check": _check,
}
