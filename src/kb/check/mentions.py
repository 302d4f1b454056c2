"""What does a file of a site mention that may not be there?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What the mentioned is taken for; a needed file is a style, a script, a font."""

    LINK = "link"
    IMAGE = "image"
    NEEDED = "needed"
    ENTRY = "entry"

    __hash__ = str.__hash__  # a million of them are looked up


class Mention(NamedTuple):
    """An address as it is written; relative to the address `base`, if not to the file's own."""

    kind: Kind
    url: str
    base: str = ""


class Fault(NamedTuple):
    """Why a file cannot be read, and where; 0 for unknown."""

    fact: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """What a file holds: what it mentions, its ids, the sources of images without words.

    `is_page` tells that a link may name one of the ids; `is_moved` that it leads on by itself.
    """

    mentions: tuple[Mention, ...] = ()
    ids: frozenset[str] = frozenset()
    wordless: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    is_page: bool = False
    is_moved: bool = False


def mentions(kind: Kind, urls: Iterable[str | None]) -> Iterator[Mention]:
    """A mention of each address that is written at all."""
    return (Mention(kind, url) for url in urls if url)
