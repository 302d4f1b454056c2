"""What does a text alone say of the record that it should become?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice

import msgspec

from kb.cores import Cores
from kb.ingest.classify import Verdict, classify
from kb.ingest.repairs import repair
from kb.ingest.repairs.cleaning import drop_illegal_characters, tidy_spaces
from kb.ingest.studies import Studies
from kb.ingest.tags import tag
from kb.ingest.terms import lexicon_of, read
from kb.ingest.titles import name
from kb.languages import language_of
from kb.library.taxonomy import OTHER, TagName, Taxonomy, Topic
from kb.slugs import slugify

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
    text = tidy_spaces(drop_illegal_characters(raw))
    repaired = repair(text)
    found = name(text, lexicon_of(taxonomy))
    reading = read(text, found.title, taxonomy, found.alternatives)
    verdict = classify(reading, taxonomy)
    return Study(
        titles=(found.title, *found.alternatives),
        route=found.route,
        slug=slugify(found.title, fallback=""),
        topic=verdict.topic,
        tags=tag(reading, verdict.topic, taxonomy),
        lang=language_of(text),
        body=repaired.body,
        truncated=repaired.truncated,
        review=review_of(verdict),
    )


def review_of(verdict: Verdict) -> str:
    """Why a person should look at a topic, or an empty text."""
    if verdict.topic == OTHER:
        return "no topic fits"
    return "" if verdict.is_sure else f"nearly {verdict.runner_up}"


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
