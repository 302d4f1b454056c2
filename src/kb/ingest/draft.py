"""What would ingest write in a record, had no person touched it?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.ingest.classify import Verdict, classify
from kb.ingest.deduplicate import Group
from kb.ingest.identity import fold
from kb.ingest.repairs import repair
from kb.ingest.repairs.cleaning import drop_illegal_characters, tidy_spaces
from kb.ingest.tags import tag
from kb.ingest.terms import lexicon_of, read
from kb.ingest.titles import Name, name
from kb.languages import language_of
from kb.library.ledger import Ledger
from kb.library.records import Record
from kb.library.spelling import fold_spelling
from kb.library.taxonomy import OTHER, Taxonomy
from kb.model import Article, ArticleId, Slug
from kb.slugs import slugify, unique


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of a record; `review` says why a person should look, or is empty."""

    title: str
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
    """Titles and slugs in use, by the article that uses them (empty for hand-written ones)."""

    titles: dict[str, str]
    slugs: dict[str, str]

    @classmethod
    def of(cls, articles: Iterable[Article], ledger: Ledger) -> "NameBook":
        """The names that these articles have and those that the ledger remembers."""
        known = tuple(articles)
        slugs: dict[str, str] = {slug: line.id for line in ledger.values() for slug in line.slugs}
        slugs |= {article.slug: article.id for article in known}
        return cls({fold_spelling(article.title): article.id for article in known}, slugs)

    def title_for(self, found: Name, article: ArticleId) -> str:
        """The first of an article's names that no other article has."""
        names = ((fold_spelling(title), title) for title in _names(found))
        key, title = next(pair for pair in names if self.titles.get(pair[0], article) == article)
        self.titles[key] = article
        return title

    def slug_for(self, title: str, article: ArticleId) -> Slug:
        """The slug of an article that has none yet."""
        slug = unique(slugify(title, fallback=f"article-{article}"), article, self.slugs)
        self.slugs[slug] = article
        return slug


def draft(found: Group, record: Record | None, taxonomy: Taxonomy, book: NameBook) -> Draft:
    """The record that the longest variant makes, or the record's own text if that is longer."""
    key, raw = found.longest
    text = tidy_spaces(drop_illegal_characters(raw))
    repaired = repair(text)
    body, truncated = repaired.body, repaired.truncated
    if record and len(fold(record.article.body)) > len(key):
        text, body, truncated = record.article.body, record.article.body, record.article.truncated
    title = book.title_for(name(text, lexicon_of(taxonomy)), found.id)
    reading = read(text, title, taxonomy)
    verdict = classify(reading, taxonomy)
    return Draft(
        title=title,
        slug=record.article.slug if record else book.slug_for(title, found.id),
        topic=verdict.topic,
        tags=tag(reading, verdict.topic, taxonomy),
        lang=language_of(text),
        body=body,
        truncated=truncated,
        review=review_of(verdict),
    )


def review_of(verdict: Verdict) -> str:
    """Why a person should look at a topic, or an empty text."""
    if verdict.topic == OTHER:
        return "no topic fits"
    return "" if verdict.is_sure else f"nearly {verdict.runner_up}"


def _names(found: Name) -> Iterator[str]:
    yield found.title
    yield from found.alternatives
    number = 2
    while True:
        yield f"{found.title} ({number})"
        number += 1
