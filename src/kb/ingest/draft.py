"""What would ingest write in a record, had no person touched it?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kb.ingest.deduplicate import Group
from kb.ingest.identity import fold
from kb.ingest.study import Study
from kb.ingest.variants import Variants
from kb.library.ledger import Ledger
from kb.library.records import Record
from kb.library.spelling import fold_spelling
from kb.model import Article, ArticleId, Slug
from kb.slugs import unique


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of a record, and the way to its title.

    `review` says why a person should look, or is empty.
    """

    title: str
    route: str
    slug: Slug
    topic: str
    tags: tuple[str, ...]
    lang: str
    body: str
    truncated: bool
    review: str

    def fields(self) -> dict[str, object]:
        """The first fields of a new record, in order."""
        return {"title": self.title, "slug": self.slug, "topic": self.topic, "tags": self.tags}

    def owned(self) -> dict[str, object]:
        """The fields whose owner the ledger remembers."""
        return {**self.fields(), "truncated": self.truncated, "body": self.body}


@dataclass(frozen=True, slots=True)
class NameBook:
    """Titles (folded) and slugs in use, by the article that has them (empty for hand-written)."""

    titles: dict[str, str]
    slugs: dict[str, str]

    @classmethod
    def of(cls, articles: Iterable[Article], ledger: Ledger) -> "NameBook":
        """The names that these articles have and those that the ledger remembers."""
        known = tuple(articles)
        slugs: dict[str, str] = {slug: line.id for line in ledger.values() for slug in line.slugs}
        slugs |= {article.slug: article.id for article in known}
        return cls({fold_spelling(article.title): article.id for article in known}, slugs)

    def settle(self, wishes: Mapping[ArticleId, tuple[str, ...]]) -> None:
        """Let each article have the best of its names that no other has, until none moves.

        Nobody loses a name, and whoever moves gets a better one: so this ends, and a run after it
        finds every article where it is.
        """
        held = {article: key for key, article in self.titles.items()}
        has_moved = True
        while has_moved:
            has_moved = False
            for article in sorted(wishes):
                title = self.title_for(wishes[article], article)
                key = fold_spelling(title)
                if held.get(article, key) != key:
                    del self.titles[held[article]]
                    has_moved = True
                held[article] = key

    def title_for(self, titles: tuple[str, ...], article: ArticleId) -> str:
        """The first of an article's names that no other article has."""
        names = ((fold_spelling(title), title) for title in _names(titles))
        key, title = next(pair for pair in names if self.titles.get(pair[0], article) == article)
        self.titles[key] = article
        return title

    def slug_for(self, slug: str, article: ArticleId) -> Slug:
        """The slug of an article that has none yet."""
        found = unique(Slug(slug or f"article-{article}"), article, self.slugs)
        self.slugs[found] = article
        return found


def basis(found: Group, record: Record | None, variants: Variants) -> str:
    """The text to study: the longest variant, or the record's own text if that is longer."""
    body = record.article.body if record and not found.is_parted else ""
    known = variants.length(found.longest)
    if len(body) > known and len(fold(body)) > known:  # the first is cheap, and seldom true
        return body
    return variants.text(found.longest)


def draft(title: str, slug: Slug, study: Study, own: Article | None) -> Draft:
    """The record of this title that a study asks for; `own` is the article studied, if one was."""
    return Draft(
        title=title,
        route=study.route,
        slug=slug,
        topic=study.topic,
        tags=study.tags,
        lang=study.lang,
        body=own.body if own else study.body,
        truncated=own.truncated if own else study.truncated,
        review=study.review,
    )


def _names(titles: tuple[str, ...]) -> Iterator[str]:
    yield from titles
    number = 2
    while True:
        yield f"{titles[0]} ({number})"
        number += 1
