"""Why is a record what it is?"""

from dataclasses import dataclass

from kb.ingest.classify import Verdict, classify
from kb.ingest.deduplicate import Group
from kb.ingest.terms import lexicon_of, read
from kb.ingest.titles import Name, name
from kb.library.ledger import LedgerLine
from kb.library.ownership import is_machines
from kb.library.taxonomy import Taxonomy
from kb.model import Article, Sighting

FIELDS = ("title", "slug", "topic", "tags", "body")


@dataclass(frozen=True, slots=True)
class Explanation:
    """A record's sightings, how it would be named and filed now, and the owner of each field.

    `owners` are pairs of a field and `kb` or `you`.
    """

    article: Article
    sightings: tuple[Sighting, ...]
    name: Name
    verdict: Verdict
    owners: tuple[tuple[str, str], ...]


def explain(
    article: Article, line: LedgerLine, group: Group | None, taxonomy: Taxonomy
) -> Explanation:
    """The explanation of a record; `group` has its visible texts, if any dump still holds it."""
    text = group.longest[1] if group else article.body
    owners = ((key, "kb" if is_machines(article, key, line.wrote) else "you") for key in FIELDS)
    return Explanation(
        article,
        line.sightings,
        name(text, lexicon_of(taxonomy)),
        classify(read(text, article.title, taxonomy), taxonomy),
        tuple(owners),
    )
