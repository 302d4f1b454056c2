"""How do records, ledger and taxonomy become a library that is right in itself?"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kb.library.ledger import Ledger
from kb.library.library import Library
from kb.library.records import Record
from kb.library.taxonomy import OTHER, Taxonomy
from kb.library.vocabulary import canonical
from kb.model import Article, Transmission
from kb.problems import Place, Problem, did_you_mean, with_source


def check_record(record: Record, taxonomy: Taxonomy) -> tuple[Problem, ...]:
    """What is wrong with a record beyond its own text: a topic that does not exist."""
    article = record.article
    if article.topic in taxonomy.by_id:
        return ()
    meant = did_you_mean(article.topic, taxonomy.by_id)
    hint = f"{meant} topics are listed in topics.yaml".strip()
    fact = f'no topic is called "{article.topic}"'
    place = record.places["topic"]
    problem = Problem("unknown-topic", fact, place, hint, width=max(1, len(article.topic)))
    return (with_source(problem, record.text),)


def refuse_repeated_slugs(
    records: Iterable[Record],
) -> tuple[tuple[Record, ...], tuple[Problem, ...]]:
    """The records in order of their path, each with a slug of its own, and the others' problems."""
    kept: dict[str, Record] = {}
    problems = []
    for record in sorted(records, key=lambda record: record.article.path):
        article = record.article
        first = kept.setdefault(article.slug, record)
        if first is not record:
            fact = f'{first.article.path} has the slug "{article.slug}" too'
            place = record.places.get("slug") or record.places.get("title")
            hint = "give one of them another slug"
            problem = Problem("duplicate-slug", fact, place or _start(record), hint)
            problems.append(with_source(problem, record.text))
    return tuple(kept.values()), tuple(problems)


def assemble(
    records: Iterable[Record],
    pages: Iterable[Record],
    transmissions: tuple[Transmission, ...],
    taxonomy: Taxonomy,
    ledger: Ledger,
    intros: Mapping[str, Article],
) -> Library:
    """The library of all records that are no drafts, with their sightings and canonical tags."""
    known: dict[str, str] = {}
    articles = sorted(
        (_shelved(record.article, taxonomy, ledger, known) for record in records if not record.article.draft),
        key=lambda article: article.slug,
    )
    old_slugs = {
        article.slug: tuple(slug for slug in ledger[article.id].slugs if slug != article.slug)
        for article in articles
        if article.id in ledger
    }
    free = sorted((page.article for page in pages if not page.article.draft), key=lambda p: p.slug)
    return Library(tuple(articles), tuple(free), transmissions, taxonomy, intros, old_slugs)


def _shelved(
    article: Article, taxonomy: Taxonomy, ledger: Ledger, known: dict[str, str]
) -> Article:
    line = ledger.get(article.id) if article.id else None
    return replace(
        article,
        topic=article.topic if article.topic in taxonomy.by_id else OTHER,
        tags=canonical(article.tags, taxonomy, known),
        sightings=line.sightings if line else (),
    )


def _start(record: Record) -> Place:
    return Place(record.article.path, 1, 1)
