"""Which texts are new, and what is remembered of the others?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice

import msgspec

from kb.cores import Cores
from kb.ingest.studies import Studies
from kb.library.taxonomy import TagName, Taxonomy, Topic

TASK = 250
"""Texts that one task studies."""


@dataclass(frozen=True, slots=True)
class Study:
    """The fields that a text asks for.

    `titles` are its names, best first, `route` is the way that found the first, `slug` the first
    one's; `review` says why a person should look, or is empty.
    """

    titles: tuple[str, ...]
    route: str
    slug: str
    topic: str
    tags: tuple[str, ...]
    lang: str
    body: str
    truncated: bool
    review: str


def study(raw: str, taxonomy: Taxonomy) -> Study:
    """What a text says as it arrived. Never raises."""
    from kb.ingest.reader import study as read  # slow to load, and most runs meet no new text

    return read(raw, taxonomy)


def study_all(
    texts: Iterable[str], taxonomy: Taxonomy, workers: Cores, studies: Studies[Study]
) -> None:
    """Make `studies` hold a study of each text; what it holds already is not studied again."""
    packed = msgspec.msgpack.encode((taxonomy.topics, taxonomy.tags))
    unknown = (text for text in texts if text not in studies)
    for task, made in workers.map(partial(_studied, packed), _tasks(unknown)):
        studies.keep(zip(task, made, strict=True))


def _tasks(texts: Iterable[str]) -> Iterator[tuple[str, ...]]:
    waiting = iter(texts)
    while task := tuple(islice(waiting, TASK)):
        yield task


def _studied(packed: bytes, texts: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[Study, ...]]:
    taxonomy = _unpacked(packed)
    return texts, tuple(study(text, taxonomy) for text in texts)


@lru_cache(maxsize=1)
def _unpacked(packed: bytes) -> Taxonomy:
    return Taxonomy(
        *msgspec.msgpack.decode(packed, type=tuple[tuple[Topic, ...], tuple[TagName, ...]])
    )
