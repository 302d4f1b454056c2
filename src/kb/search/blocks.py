"""What does a text block hold, from which a client shows and checks what it found?"""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

CALL = b"kbSearch("
END = b")\n"


@dataclass(frozen=True, slots=True)
class Document:
    """What can be found: an article or a free page as a reader sees it.

    `url` is from the site's root. `topics` are the ids of the article's topic and of those above
    it, its own last; `headings` are ids of anchors and words; `date` is ISO 8601 or empty.
    """

    url: str
    title: str
    lang: str
    text: str
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    date: str = ""
    headings: tuple[tuple[str, str], ...] = ()

    @property
    def heading_texts(self) -> tuple[str, ...]:
        """The words of the headings."""
        return tuple(text for _, text in self.headings)


def script(name: str, value: object) -> bytes:
    """A script that gives the client a value by its name."""
    content = msgspec.json.encode(value)
    # `<` stands within texts only; the two others ended a line of a script before ES2019.
    content = content.replace(b"<", b"\\u003c")
    content = content.replace("\u2028".encode(), b"\\u2028").replace("\u2029".encode(), b"\\u2029")
    return CALL + msgspec.json.encode(name) + b"," + content + END


def block_bytes(number: int, documents: Mapping[int, Document]) -> bytes:
    """The file of a block: its documents by their slots."""
    return script(f"d/{number:x}", {str(slot): documents[slot] for slot in sorted(documents)})


def documents_in(content: bytes) -> dict[int, Document]:
    """The documents of a block by their slots."""
    found = msgspec.json.decode(value_in(content), type=dict[int, Document])
    return dict(sorted(found.items()))


def value_in(content: bytes) -> bytes:
    """The JSON of what a script gives to the client."""
    start = content.index(b",", len(CALL)) + 1
    return content[start : -len(END)]
