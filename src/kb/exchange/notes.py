"""How does a note of another tool become a record, with nothing of it lost?

Its path, its text and its front matter stay as they are. What kb would refuse is bent: TOML front
matter (Hugo's `+++`) becomes YAML, `tags: one, two` a list, and a value that kb cannot use under
its key (another tool's `slug`, a date in words, a topic that this project has not) is kept under
`imported_<key>`, with a warning.
"""

import re
import tomllib
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from hashlib import blake2b

from kb.exchange.copies import Copy, arrived, moved
from kb.exchange.cut import cut
from kb.exchange.fields import head_of
from kb.library.fields import READERS
from kb.library.records import normalise, parse, split, with_field
from kb.marked_yaml import Mapping as YamlMapping
from kb.marked_yaml import Node, Scalar
from kb.marked_yaml import parse as parse_yaml
from kb.problems import KbError, Place, Problem, Severity
from kb.slugs import unique

_TOML = re.compile(
    r"\ufeff?\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_KEPT = "imported_"
_LISTS = ("tags", "aliases")


@dataclass(frozen=True, slots=True)
class Known:
    """The ids of the project's topics, and whose each slug is: the path of the record."""

    topics: Container[str]
    owners: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A note as a record, and what had to be bent."""

    copy: Copy
    problems: tuple[Problem, ...]


def fitted(text: str, name: str, place: Place, known: Known) -> Fitted:
    """The record of the note `name`. Raises KbError for front matter that cannot be read."""
    path = record_path(name)
    try:
        text = _in_yaml(text, place)
        bent, kept = _bent(text, known.topics)
    except KbError as error:
        raise KbError(moved(problem, place) for problem in error.problems) from None
    copy = _with_own_slug(arrived(path, bent, None, place), known.owners)
    return Fitted(copy, tuple(_kept(key, place) for key in kept))


def record_path(name: str) -> str:
    """The path of a note's record: its own, but for Hugo's bundles, which name their folder.

    >>> record_path("posts/lora/index.md"), record_path("notes/LoRA.markdown")
    ('posts/lora.md', 'notes/LoRA.md')
    """
    stem = re.sub(r"\.(?:md|markdown)$", "", name, flags=re.IGNORECASE)
    return f"{stem.removesuffix('/index')}.md"


def _in_yaml(text: str, place: Place) -> str:
    """The text with front matter in TOML, if it has such, in YAML, which drops TOML's comments."""
    found = _TOML.match(text)
    if found is None:
        return text
    try:
        values = tomllib.loads(normalise(found[1]))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = re.search(r"at line (\d+)", str(error))
        there = replace(place, line=int(at[1]) + 1) if at else place
        hint = "mend it between the lines of +++"
        raise KbError(Problem("broken-toml", f"this is not TOML: {error}", there, hint)) from None
    plain = {key: _plain(value) for key, value in values.items()}
    known = {key: plain.pop(key) for key in tuple(plain) if key in READERS}
    odd = {key: known.pop(key) for key in tuple(known) if isinstance(known[key], dict)}
    return head_of(known, {**{_KEPT + key: odd[key] for key in odd}, **plain}) + text[found.end() :]


def _plain(value: object) -> object:
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return {k: _plain(v) for k, v in value.items()} if isinstance(value, dict) else value


def _bent(text: str, topics: Container[str]) -> tuple[str, tuple[str, ...]]:
    """The text with front matter that kb can use, and the keys of values kept under another."""
    head, body = cut(text)
    kept = []
    for key in tuple(_unusable(_front(head), topics)):
        node = _front(head)[key]
        if key in _LISTS and isinstance(node, Scalar):
            head = _with_list(head, key, node.text)
        else:
            head = _with_other_key(head, key)
            kept.append(key)
    return head + body, tuple(kept)


def _unusable(front: dict[str, Node], topics: Container[str]) -> Iterator[str]:
    """The keys of values that no record may have."""
    for key, node in front.items():
        if key not in READERS or (isinstance(node, Scalar) and node.is_null):
            continue
        try:
            value = READERS[key](node)
        except ValueError:
            yield key
        else:
            if key == "topic" and value not in topics:
                yield key


def _front(head: str) -> dict[str, Node]:
    front = parse_yaml(split(normalise(head), "")[0], "", first_line=2)
    return front.entries if isinstance(front, YamlMapping) else {}


def _with_list(head: str, key: str, text: str) -> str:
    parts = text.split() if key == "tags" and "," not in text else text.split(",")
    words = (word.strip().lstrip("#") for word in parts)
    head = normalise(head)
    empty = parse("", "")
    return with_field(replace(empty, text=head), key, tuple(word for word in words if word))


def _with_other_key(head: str, key: str) -> str:
    lines = normalise(head).split("\n")
    front = parse_yaml(split("\n".join(lines), "")[0], "", first_line=2)
    if isinstance(front, YamlMapping):
        line, column = front.keys[key].line - 1, front.keys[key].column - 1
        there = lines[line][column:].replace(key, _KEPT + key, 1)
        lines[line] = lines[line][:column] + there
    return "\n".join(lines)


def _kept(key: str, place: Place) -> Problem:
    fact = f"kb cannot use the {key} that stands here, and keeps it as {_KEPT}{key}"
    hint = f"write a {key} of kb's kind beside it where you want one"
    return Problem("imported-field", fact, place, hint, Severity.WARNING)


def _with_own_slug(copy: Copy, owners: Mapping[str, str]) -> Copy:
    """The copy, with a slug in its front matter if its name gives it that of another."""
    record = copy.record
    if record is None or "slug" in record.places:
        return copy
    slug = record.article.slug
    if owners.get(slug, copy.path) == copy.path:
        return copy
    suffix = blake2b(copy.path.encode(), digest_size=8).hexdigest()
    taken = {other for other, path in owners.items() if path != copy.path}
    text = with_field(record, "slug", unique(slug, suffix, taken))
    return arrived(copy.path, text, None, copy.place)
