"""Which value does a field of a record hold, and is it of its type?"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from kb.languages import TAG
from kb.library.dates import day_of
from kb.marked_yaml import Mapping, Node, Scalar, Sequence
from kb.model import ArticleId, Slug
from kb.problems import KbError, Place, Problem
from kb.slugs import LONGEST, is_slug


@dataclass(frozen=True, slots=True)
class Field:
    """A field's value with its place."""

    value: object
    place: Place


def read_fields(front: Mapping) -> dict[str, Field]:
    """The known fields of a front matter, typed. Raises KbError with every wrong one."""
    found, problems = {}, []
    for key, node in front.entries.items():
        if key not in READERS or (isinstance(node, Scalar) and node.is_null):
            continue
        try:
            found[key] = Field(READERS[key](node), node.place)
        except ValueError as error:
            problems.append(Problem("invalid-field", f"{key} {error}", node.place))
    if problems:
        raise KbError(problems)
    return found


def _text(node: Node) -> str:
    if not isinstance(node, Scalar):
        raise ValueError("must be a text; quote it if it contains brackets or `: `")
    return " ".join(node.text.split())


def _texts(node: Node) -> tuple[str, ...]:
    if isinstance(node, Sequence):
        return tuple(dict.fromkeys(text for item in node.items if (text := _text(item))))
    raise ValueError("must be a list of texts, such as [one, two]")


def _word(node: Node, wanted: str) -> str:
    """What is written where no text of one's own can stand, but one of the `wanted` kind."""
    if isinstance(node, Scalar):
        return _text(node)
    raise ValueError(f"{wanted}, not {'a list' if isinstance(node, Sequence) else 'pairs'}")


def _flag(node: Node) -> bool:
    wanted = "must be true or false"
    text = _word(node, wanted).lower()
    if text not in {"true", "false"}:
        raise ValueError(f"{wanted}, not {text!r}")
    return text == "true"


def _date(node: Node) -> str:
    wanted = "must be a date such as 2026-03-14"
    text = _word(node, wanted)
    day = day_of(text)
    if not day or text[10:11] not in {"", "T", " "}:
        raise ValueError(f"{wanted}, not {text!r}")
    return day


def _lang(node: Node) -> str:
    wanted = "must be a language tag such as zh or en"
    text = _word(node, wanted)
    if not TAG.fullmatch(text):
        raise ValueError(f"{wanted}, not {text!r}")
    return text


def _slug(node: Node) -> Slug:
    wanted = f"must be lower-case letters a-z, digits and single hyphens, at most {LONGEST}"
    text = _word(node, wanted)
    if not is_slug(text):
        raise ValueError(f"{wanted}, not {text!r}")
    return Slug(text)


def _id(node: Node) -> ArticleId:
    wanted = "must be the lower-case letters, digits and hyphens that kb wrote there"
    text = _word(node, wanted)
    if not re.fullmatch(r"[a-z0-9-]{1,64}", text):
        raise ValueError(f"{wanted}, not {text!r}")
    return ArticleId(text)


READERS: dict[str, Callable[[Node], object]] = {
    "id": _id,
    "title": _text,
    "slug": _slug,
    "topic": _text,
    "tags": _texts,
    "lang": _lang,
    "date": _date,
    "updated": _date,
    "aliases": _texts,
    "draft": _flag,
    "description": _text,
    "truncated": _flag,
}
