"""Which distinct texts did a run meet, and where does each stand?

The texts wait in a file that has no name, so that memory holds a few numbers for each of them.
"""

from collections import defaultdict
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile

from kb.ingest.identity import Keyed
from kb.model import ArticleId, Digest

IN_MEMORY = 64 * 2**20
"""Bytes of text up to which no file is needed."""

Spot = tuple[str, int]
"""A transmission's name and a line number."""


class Variants:
    """Texts by number, each with its folded key; of texts with one key the richest stays."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile[bytes](IN_MEMORY, buffering=0)  # each read is elsewhere
        self._end = 0
        self._numbers: dict[Digest, int] = {}
        self._digests: list[Digest] = []
        self._keys: list[tuple[int, int]] = []
        self._texts: list[tuple[int, int]] = []
        self._lengths: list[int] = []
        self._own: list[ArticleId] = []
        self._richness: list[tuple[int, int]] = []
        self._spots: defaultdict[int, list[Spot]] = defaultdict(list)

    def close(self) -> None:
        """Let the file go."""
        self._file.close()

    def __len__(self) -> int:
        return len(self._digests)

    def __iter__(self) -> Iterator[int]:
        return iter(range(len(self._digests)))

    def add(self, found: Keyed) -> int:
        """The number of the text with this folded key, be it new or known."""
        number = self._numbers.setdefault(found.digest, len(self._digests))
        if number == len(self._digests):
            self._digests.append(found.digest)
            self._lengths.append(len(found.key))
            self._own.append(found.own_id)
            self._keys.append(self._stored(found.key))
            self._texts.append(self._stored(found.text))
            self._richness.append((len(found.text), hash(found.text)))
        elif (len(found.text), hash(found.text)) != self._richness[number]:
            self._enrich(number, found.text)
        return number

    def numbered(self, name: Digest) -> int | None:
        """The number of the text whose folded key has this digest, if there is one."""
        return self._numbers.get(name)

    def see(self, number: int, spot: Spot) -> None:
        """Remember where a text stands."""
        self._spots[number].append(spot)

    def key(self, number: int) -> str:
        """The folded key of a text."""
        return self._read(*self._keys[number])

    def text(self, number: int) -> str:
        """The text as it arrived."""
        return self._read(*self._texts[number])

    def digest(self, number: int) -> Digest:
        """The digest of the folded key."""
        return self._digests[number]

    def own_id(self, number: int) -> ArticleId:
        """The id that the text would have, were it the only one of its article."""
        return self._own[number]

    def length(self, number: int) -> int:
        """The characters of the folded key."""
        return self._lengths[number]

    def rank(self, number: int) -> tuple[int, Digest]:
        """The order of texts: longest first, then by the digest of the key."""
        return -self._lengths[number], self._digests[number]

    def spots(self, number: int) -> list[Spot]:
        """Where the text stands; nowhere for one that only a record holds."""
        return self._spots.get(number, [])

    def _enrich(self, number: int, text: str) -> None:
        if (len(text), text) > (self._richness[number][0], self.text(number)):
            self._texts[number] = self._stored(text)
            self._richness[number] = (len(text), hash(text))

    def _stored(self, text: str) -> tuple[int, int]:
        content = text.encode(errors="surrogatepass")
        place = self._end, len(content)
        self._file.seek(self._end)
        self._file.write(content)
        self._end += len(content)
        return place

    def _read(self, start: int, size: int) -> str:
        self._file.seek(start)
        return self._file.read(size).decode(errors="surrogatepass")
