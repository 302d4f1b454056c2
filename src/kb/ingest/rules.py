"""Which texts does the project say are one article, and which are not?"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import combinations, product

from kb.config import Merge
from kb.ingest.variants import Variants
from kb.model import ArticleId


@dataclass(frozen=True, slots=True)
class Rules:
    """`always` has for each merged article the one that it goes into; `never` are pairs of names.

    A name is the id of an article, the id that a text alone would have, or the digest of its key.
    """

    always: dict[ArticleId, ArticleId] = field(default_factory=dict)
    never: frozenset[frozenset[str]] = frozenset()

    def target(self, article: ArticleId) -> ArticleId:
        """The article that one goes into, itself where no rule merges it."""
        return self.always.get(article, article)

    def are_apart(self, own: AbstractSet[str], others: AbstractSet[str]) -> bool:
        """Whether a text with the one names may not be in an article with the others."""
        return any(frozenset(pair) in self.never for pair in product(own, others))


def names_of(number: int, variants: Variants) -> frozenset[str]:
    """The names of a text."""
    return frozenset({variants.own_id(number), variants.digest(number)})


def rules_of(merge: Merge) -> Rules:
    """The rules of a project's settings, which merge nothing in a circle."""
    into = {ArticleId(name): ArticleId(first) for first, *others in merge.always for name in others}
    pairs = (frozenset(pair) for names in merge.never for pair in combinations(names, 2))
    return Rules({article: _end(article, into) for article in into}, frozenset(pairs))


def _end(article: ArticleId, into: dict[ArticleId, ArticleId]) -> ArticleId:
    while article in into:
        article = into[article]
    return article
