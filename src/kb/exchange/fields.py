"""How do the fields of a record become JSON, and JSON front matter?"""

from collections.abc import Mapping

import msgspec
import yaml

from kb.library.fields import READERS
from kb.library.records import field_line
from kb.model import Article

IMPLIED = ("slug", "title", "topic", "lang")
"""What a record has even if its front matter does not say it."""


def says(article: Article) -> dict[str, object]:
    """All fields of an article and its unknown keys, under `extra`."""
    return {**{key: getattr(article, key) for key in READERS}, "extra": article.extra}


def agrees(article: Article, entry: Mapping[str, object]) -> bool:
    """Whether an article says what the JSON says; what is left out there is empty, or implied."""
    said = says(article)
    return all(
        _canonical(said[key]) == _canonical(entry.get(key, type(said[key])()))
        for key in said
        if key in entry or key not in IMPLIED
    )


def head_of(fields: Mapping[str, object], extra: Mapping[str, object]) -> str:
    """The front matter that says these fields, those left out that say nothing."""
    known = "".join(field_line(key, _plain(fields[key])) for key in READERS if fields.get(key))
    unknown = yaml.safe_dump(dict(extra), allow_unicode=True, sort_keys=False) if extra else ""
    return f"---\n{known}{unknown}---\n"


def _plain(value: object) -> object:
    """A value on one line, as front matter holds it."""
    if isinstance(value, list | tuple):
        return tuple(" ".join(str(item).split()) for item in value)
    return " ".join(value.split()) if isinstance(value, str) else value


def _canonical(value: object) -> bytes:
    return msgspec.json.encode(value, order="sorted")
