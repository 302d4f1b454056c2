"""Which names are in use, and which is free?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush

from kb.library.ledger import Ledger
from kb.library.spelling import fold_spelling
from kb.model import Article, ArticleId, Slug
from kb.slugs import unique


@dataclass(slots=True)
class _Series:
    """The numbers of one title: all below `next` were found taken, `freed` are free again."""

    next: int = 2
    freed: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NameBook:
    """Titles (folded) and slugs in use, by the article that has them (empty for hand-written)."""

    titles: dict[str, str]
    slugs: dict[str, str]
    _held: dict[str, str] = field(default_factory=dict)
    _series: dict[str, _Series] = field(default_factory=dict)
    _numbered: dict[str, tuple[str, int]] = field(default_factory=dict)
    """By folded title the series and the number of each that is behind the next of its series."""

    @classmethod
    def of(cls, articles: Iterable[Article], ledger: Ledger) -> "NameBook":
        """The names that these articles have and those that the ledger remembers."""
        known = tuple(articles)
        slugs: dict[str, str] = {slug: line.id for line in ledger.values() for slug in line.slugs}
        slugs |= {article.slug: article.id for article in known}
        titles: dict[str, str] = {fold_spelling(article.title): article.id for article in known}
        return cls(titles, slugs, {article: key for key, article in titles.items()})

    def settle(self, wishes: Mapping[ArticleId, tuple[str, ...]]) -> None:
        """Let each article have the best of its names that no other has, until none moves.

        Nobody loses a name, and whoever moves gets a better one: so this ends, and a run after it
        finds every article where it is.
        """
        has_moved = True
        while has_moved:
            has_moved = False
            for article in sorted(wishes):
                before = self._held.get(article)
                self.title_for(wishes[article], article)
                has_moved |= before not in (None, self._held[article])

    def title_for(self, titles: tuple[str, ...], article: ArticleId) -> str:
        """The first of an article's names that no other article has; it has no other then."""
        free = (title for title in titles if self._is_free(fold_spelling(title), article))
        title = next(free, "") or f"{titles[0]} ({self._number_for(titles[0], article)})"
        key = fold_spelling(title)
        if self._held.get(article, key) != key:
            self._release(self._held[article])
        self.titles[key] = article
        self._held[article] = key
        return title

    def slug_for(self, slug: str, article: ArticleId) -> Slug:
        """The slug of an article that has none yet."""
        found = unique(Slug(slug or f"article-{article}"), article, self.slugs)
        self.slugs[found] = article
        return found

    def _is_free(self, key: str, article: str) -> bool:
        return self.titles.get(key, article) == article

    def _number_for(self, title: str, article: ArticleId) -> int:
        """The least number that no other article has."""
        name = fold_spelling(title)
        series = self._series.setdefault(name, _Series())
        while not self._is_free(key := _key(name, series.next), article):
            self._numbered[key] = name, series.next
            series.next += 1
        while series.freed and not self._is_free(_key(name, series.freed[0]), article):
            heappop(series.freed)
        of, own = self._numbered.get(self._held.get(article, ""), ("", 0))
        return min([series.next, *series.freed[:1], *([own] if of == name else [])])

    def _release(self, key: str) -> None:
        del self.titles[key]
        if key in self._numbered:
            name, number = self._numbered[key]
            heappush(self._series[name].freed, number)


def _key(name: str, number: int) -> str:
    return f"{name}({number})"
