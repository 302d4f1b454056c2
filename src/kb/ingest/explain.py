"""Why is a record what it is?"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace

from kb.cores import Cores
from kb.ingest.classify import Verdict, classify
from kb.ingest.deduplicate import Group, group
from kb.ingest.rules import rules_of
from kb.ingest.scan import scan
from kb.ingest.terms import lexicon_of, read
from kb.ingest.titles import Name, name
from kb.ingest.variants import Variants
from kb.library.ledger import Ledger
from kb.library.ownership import is_machines
from kb.library.records import Record
from kb.library.taxonomy import Taxonomy
from kb.model import Article, ArticleId, Digest, Match, Sighting
from kb.project import Project

FIELDS = ("title", "slug", "topic", "tags", "body")


@dataclass(frozen=True, slots=True)
class Seen:
    """A sighting, with the digest of its folded text, which a rule may name, and its characters.

    Both are empty if the dump is gone.
    """

    sighting: Sighting
    text: Digest | None = None
    characters: int = 0


@dataclass(frozen=True, slots=True)
class Explanation:
    """A record's sightings, how it would be named and filed now, and the owner of each field.

    `owners` are pairs of a field and `kb` or `you`.
    """

    article: Article
    seen: tuple[Seen, ...]
    name: Name
    verdict: Verdict
    owners: tuple[tuple[str, str], ...]


def explain(
    project: Project, record: Record, ledger: Ledger, bodies: dict[ArticleId, str], topics: Taxonomy
) -> Explanation:
    """The explanation of a record that ingest knows."""
    article = record.article
    with closing(Variants()) as variants:
        scan(project, variants, Cores())
        groups = group(variants, ledger, bodies, rules_of(project.config.merge))
        texts = {
            spot: (variants.digest(number), len(variants.text(number)))
            for found in groups
            for number in found.texts
            for spot in variants.spots(number)
        }
        longest = _longest(groups, article, variants)
    found = name(longest, lexicon_of(topics))
    wrote = ledger[article.id].wrote
    return Explanation(
        article,
        tuple(
            Seen(sighting, *texts.get((sighting.transmission, sighting.line), ()))
            for sighting in _sightings(ledger, article.id)
        ),
        found,
        classify(read(longest, found.title, topics, found.alternatives), topics),
        tuple((key, "kb" if is_machines(article, key, wrote) else "you") for key in FIELDS),
    )


def _longest(groups: tuple[Group, ...], article: Article, variants: Variants) -> str:
    mine = (found for found in groups if found.id == article.id)
    return next((variants.text(found.longest) for found in mine), article.body)


def _sightings(ledger: Ledger, article: ArticleId) -> Iterator[Sighting]:
    """Those of an article, then those of what a rule merged into it."""
    yield from ledger[article].sightings
    for line in ledger.values():
        if line.into == article:
            yield from (replace(sighting, match=Match.RULE) for sighting in line.sightings)
