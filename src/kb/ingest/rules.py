"""Which texts does the project say are one article, and which are not?"""

from dataclasses import dataclass, field
from itertools import combinations, product

from kb.config import Merge
from kb.ingest.variants import Variants
from kb.model import ArticleId


@dataclass(frozen=True, slots=True)
class Rules:
    """`always` has for each article the one that it goes into; `never` are pairs of names.

    A name is the id of an article, the id that a text alone would have, or the digest of its key.
    """

    always: dict[ArticleId, ArticleId] = field(default_factory=dict)
    never: frozenset[frozenset[str]] = frozenset()

    def target(self, article: ArticleId) -> ArticleId:
        """The article that one goes into in the end, itself where no rule merges it."""
        seen = {article}
        while article in self.always and self.always[article] not in seen:
            article = self.always[article]
            seen.add(article)
        return article

    def part(self, own: set[str], others: set[str]) -> bool:
        """Whether a text with the one names may not be in an article with the others."""
        return any(frozenset(pair) in self.never for pair in product(own, others))

    def names_of(self, number: int, variants: Variants) -> set[str]:
        """The names of a text."""
        return {str(variants.own_id(number)), str(variants.digest(number))}


def rules_of(merge: Merge) -> Rules:
    """The rules of a project's settings."""
    into = {ArticleId(name): ArticleId(first) for first, *others in merge.always for name in others}
    pairs = (frozenset(pair) for names in merge.never for pair in combinations(names, 2))
    return Rules(into, frozenset(pairs))
