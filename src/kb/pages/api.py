"""What does the JSON of the library say to programs? docs/api.md tells them so."""

from collections.abc import Iterator

from kb.library.library import date_of
from kb.model import Article
from kb.pages.context import Context, Page, paginate
from kb.pages.paths import Paths

VERSION = 1
"""Of the shape: it grows when a field goes or says something else, not when one comes."""
PART = 1_000
"""Articles in a file, about 700 KB: an edit of one should not write all of them anew."""


def plan(context: Context) -> Iterator[Page]:
    """api/articles.json (further ones are articles-2.json, ...), api/topics.json, api/tags.json."""
    articles = context.library.articles
    for number, part in paginate(articles, PART):
        further = _file(number + 1) if number * PART < len(articles) else None
        listed = [_article(context, article) for article in part]
        yield Page(_file(number), "", {"version": VERSION, "articles": listed, "next": further})
    yield Page("api/topics.json", "", {"version": VERSION, "topics": _topics(context)})
    yield Page("api/tags.json", "", {"version": VERSION, "tags": _tags(context)})


def article_entry(article: Article, paths: Paths) -> dict[str, object]:
    """What `kb list --json` and api/articles.json say of an article."""
    return {
        "id": article.id,
        "title": article.title,
        "slug": article.slug,
        "url": paths.article(article),
        "topic": article.topic,
        "tags": article.tags,
        "lang": article.lang,
        "truncated": article.truncated,
        "date": date_of(article),
        "sources": [{"file": s.transmission, "line": s.line} for s in article.sightings],
    }


def _file(number: int) -> str:
    return "api/articles.json" if number == 1 else f"api/articles-{number}.json"


def _article(context: Context, article: Article) -> dict[str, object]:
    return {
        **article_entry(article, context.paths),
        "updated": article.updated,
        "markdown": context.paths.twin(article),
        "summary": context.excerpt(article),
    }


def _topics(context: Context) -> list[dict[str, object]]:
    library = context.library
    return [
        {
            "id": topic.id,
            "names": dict(topic.names),
            "parents": topic.parents,
            "articles": [article.slug for article in library.by_topic.get(topic.id, ())],
            "url": context.paths.topic(topic.id) if library.under(topic.id) else None,
        }
        for topic in library.taxonomy.topics
    ]


def _tags(context: Context) -> list[dict[str, object]]:
    return [
        {
            "tag": tag,
            "name": context.tag_name(tag),
            "articles": [article.slug for article in articles],
            "url": context.paths.tag(tag) if context.has_page(tag) else None,
        }
        for tag, articles in context.library.by_tag.items()
    ]
