"""How do records, ledger and taxonomy become a library that is right in itself?"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Protocol, TypeVar

from kb.library.ledger import Ledger
from kb.library.library import Library, fold_name
from kb.library.taxonomy import OTHER, Taxonomy
from kb.library.vocabulary import canonical
from kb.model import Article, ArticleId, Match, Transmission
from kb.problems import Place, Problem, Severity, did_you_mean


class Said(Protocol):
    """What a file says of its article, with the place of each field: a record, or less."""

    @property
    def article(self) -> Article:
        """The article."""

    @property
    def places(self) -> Mapping[str, Place]:
        """Where each field stands in the file."""


S = TypeVar("S", bound=Said)


@dataclass(frozen=True, slots=True)
class Stock:
    """What a library is made of: articles, free pages, introductions by topic id."""

    articles: tuple[Article, ...]
    pages: tuple[Article, ...]
    intros: Mapping[str, Article]


def check_record(record: Said, taxonomy: Taxonomy) -> tuple[Problem, ...]:
    """What is wrong with a record beyond its own text: a topic that does not exist."""
    article = record.article
    if article.topic in taxonomy.by_id:
        return ()
    meant = did_you_mean(article.topic, taxonomy.by_id)
    hint = f"{meant} topics are listed in topics.yaml".strip()
    fact = f'no topic is called "{article.topic}"'
    place = record.places["topic"]
    return (Problem("unknown-topic", fact, place, hint, width=max(1, len(article.topic))),)


def refuse_repeats(
    records: Iterable[S],
    name: Callable[[Article], str],
    had: Callable[[S], bool],
) -> tuple[tuple[S, ...], tuple[tuple[S, S], ...]]:
    """The records that keep their name, and each other one with the record that keeps its name.

    Of records with one name, the one that `had` it in the last build keeps it, else the first.
    """
    groups: dict[str, list[S]] = {}
    for record in sorted(records, key=_path):
        groups.setdefault(name(record.article) or _path(record), []).append(record)
    refused = []
    for group in groups.values():
        if len(group) > 1:
            group.sort(key=lambda record: not had(record))
            refused += [(record, group[0]) for record in group[1:]]
    kept = (group[0] for group in groups.values())
    return tuple(sorted(kept, key=_path)), tuple(refused)


def repeated_slug(record: Said, first: Said) -> Problem:
    """The problem of a record whose slug another one keeps."""
    fact = f'{first.article.path} has the slug "{record.article.slug}" too'
    place = record.places.get("slug") or record.places.get("title") or _start(record)
    return Problem("duplicate-slug", fact, place, "give one of them another slug")


def repeated_aliases(records: Iterable[Said]) -> Iterator[Problem]:
    """A warning for each alias that an article before in order of slugs has too."""
    first: dict[str, Article] = {}
    for record in sorted(records, key=attrgetter("article.slug")):
        article = record.article
        for alias in () if article.draft else article.aliases:
            owner = first.setdefault(fold_name(alias), article)
            if owner is not article:
                fact = f'{owner.path} has the alias "{alias}" too, and answers for it'
                hint = "take it away from one of them"
                place = record.places["aliases"]
                yield Problem("duplicate-alias", fact, place, hint, Severity.WARNING)


def taken_addresses(records: Iterable[Said], ledger: Ledger) -> Iterator[Problem]:
    """A warning for each article at an address that another one had before."""
    kept = {record.article.id: record for record in records}
    former = {slug: line.id for line in ledger.values() for slug in line.slugs[:-1]}
    for record in kept.values():
        owner = kept.get(former.get(record.article.slug, record.article.id))
        if owner and owner.article.id != record.article.id and owner.article.id:
            fact = f'{owner.article.path} had the address "{record.article.slug}" before'
            hint = "links to it lead to this article now; give it another slug if they should not"
            place = record.places.get("slug") or _start(record)
            yield Problem("taken-address", fact, place, hint, Severity.WARNING)


def assemble(
    stock: Stock, transmissions: tuple[Transmission, ...], taxonomy: Taxonomy, ledger: Ledger
) -> Library:
    """The library of all texts that are no drafts, with their sightings and canonical tags."""
    known: dict[str, str] = {}
    ledger = _with_merged(ledger, {article.id for article in stock.articles})
    shelved = (
        _shelved(article, taxonomy, ledger, known)
        for article in stock.articles
        if not article.draft
    )
    articles = tuple(sorted(shelved, key=attrgetter("slug")))
    old_slugs = {
        article.slug: tuple(slug for slug in ledger[article.id].slugs if slug != article.slug)
        for article in articles
        if article.id in ledger
    }
    free = (page for page in stock.pages if not page.draft)
    pages = tuple(sorted(free, key=attrgetter("slug")))
    return Library(articles, pages, transmissions, taxonomy, stock.intros, old_slugs)


def _with_merged(ledger: Ledger, here: Container[ArticleId]) -> Ledger:
    """The ledger, what an article had that a rule merged into another being the other's."""
    lines = dict(ledger)
    for line in ledger.values():
        if line.into in ledger and line.id not in here:
            target = lines[line.into]
            seen = (replace(sighting, match=Match.RULE) for sighting in line.sightings)
            lines[line.into] = replace(
                target,
                slugs=(*line.slugs, *target.slugs),
                sightings=tuple(sorted((*target.sightings, *seen))),
            )
    return lines


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


def _start(record: Said) -> Place:
    return Place(record.article.path, 1, 1)


def _path(record: Said) -> str:
    return record.article.path
