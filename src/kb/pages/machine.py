"""What do programs read: sitemap, robots, llms.txt and the JSON of the library?"""

from collections.abc import Iterator

from kb.library.library import date_of
from kb.model import Article
from kb.pages.context import Context, Page
from kb.pages.parts import Link
from kb.pages.paths import Paths
from kb.pages.views import LlmsView, RobotsView, SitemapView


def plan(context: Context) -> Iterator[Page]:
    """robots.txt, llms.txt, api/*.json, and sitemap.xml where there is a base_url."""
    has_address = bool(context.config.base_url)
    yield Page("robots.txt", "robots.txt", RobotsView("sitemap.xml" if has_address else ""))
    yield Page("llms.txt", "llms.txt", _llms(context))
    yield Page("api/articles.json", "", _articles(context))
    yield Page("api/topics.json", "", _topics(context))
    yield Page("api/tags.json", "", _tags(context))
    if has_address:
        yield Page("sitemap.xml", "sitemap.xml", _sitemap(context))


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


def _articles(context: Context) -> list[dict[str, object]]:
    return [
        {**article_entry(article, context.paths), "summary": context.excerpt(article)}
        for article in context.library.articles
    ]


def _topics(context: Context) -> list[dict[str, object]]:
    library = context.library
    return [
        {
            "id": topic.id,
            "names": dict(topic.names),
            "parents": topic.parents,
            "articles": [article.slug for article in library.by_topic.get(topic.id, ())],
            **({"url": context.paths.topic(topic.id)} if library.under(topic.id) else {}),
        }
        for topic in library.taxonomy.topics
    ]


def _tags(context: Context) -> list[dict[str, object]]:
    return [
        {
            "tag": tag,
            "name": context.tag_name(tag),
            "articles": [article.slug for article in articles],
            **({"url": context.paths.tag(tag)} if context.has_page(tag) else {}),
        }
        for tag, articles in context.library.by_tag.items()
    ]


def _sitemap(context: Context) -> SitemapView:
    library, paths = context.library, context.paths
    indexes = (
        paths.home(),
        *(paths.page(f"{name}/index") for name in ("topics", "tags", "transmissions")),
    )
    topics = (paths.topic(t.id) for t in library.taxonomy.topics if library.under(t.id))
    tags = (paths.tag(tag) for tag in library.by_tag if context.has_page(tag))
    free = (paths.page(page.slug) for page in library.pages)
    dumps = (paths.transmission(dump.name) for dump in library.transmissions)
    dated = ((paths.article(a), a.updated or date_of(a)) for a in library.articles)
    archive = (paths.page("archive/index"),) if any(map(date_of, library.articles)) else ()
    undated = ((path, "") for path in (*indexes, *archive, *topics, *tags, *free, *dumps))
    return SitemapView((*dated, *undated))


def _llms(context: Context) -> LlmsView:
    sections = []
    for topic in context.library.taxonomy.topics:
        if articles := context.library.by_topic.get(topic.id):
            links = tuple(
                (Link(a.title, context.paths.twin(a)), context.excerpt(a)) for a in articles
            )
            sections.append((topic.name(context.config.language), links))
    return LlmsView(tuple(sections))
