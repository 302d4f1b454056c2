"""What is on the page of an article, and in its Markdown twin?"""

from collections.abc import Iterator
from urllib.parse import quote

from kb.model import Article
from kb.pages.backlinks import backlinks
from kb.pages.card import article_card
from kb.pages.context import Context, Page
from kb.pages.feed import feed_links
from kb.pages.parts import Link
from kb.pages.twin import twin_view
from kb.pages.views import ArticleView, Backlink, Related, Seen


def plan(context: Context) -> Iterator[Page]:
    """articles/<slug> and its twin articles/<slug>.md for every article."""
    found = backlinks(context)
    for article in context.library.articles:
        yield _article(context, article, found.get(article.slug, ()))
        yield Page(context.paths.twin(article), "", twin_view(context, article), (article.path,))


def _article(context: Context, article: Article, found: tuple[Backlink, ...]) -> Page:
    path = context.paths.article(article)
    text = context.text(article, path)
    before, after = context.library.neighbours(article)
    topic = context.library.taxonomy.by_id[article.topic]
    home = Link(context.word("topics"), context.paths.page("topics/index"))
    view = ArticleView(
        title=article.title,
        description=context.description(article),
        lang=article.lang,
        path=path,
        crumbs=(home, *map(context.topic_link, (*topic.parents, topic.id))),
        feeds=feed_links(context),
        previews=context.previews(text),
        card=article_card(context, article),
        body=text.body,
        outline=context.briefs[article.path].outline,
        topic=context.topic_link(article.topic),
        tags=context.tag_links(article),
        date=article.date,
        updated=article.updated,
        minutes=context.briefs[article.path].minutes,
        truncated=article.truncated,
        seen=tuple(_seen(context, article)),
        backlinks=found,
        related=tuple(_related(context, article)),
        previous=context.article_link(before) if before else None,
        next=context.article_link(after) if after else None,
        source=context.config.source_url.replace("{path}", quote(article.path)),
        twin=context.paths.twin(article),
        graph=context.paths.graph(article.topic),
        extra=article.extra,
    )
    return Page(path, "article.html", view, text.files)


def _related(context: Context, article: Article) -> Iterator[Related]:
    for slug, tags in context.related[article.slug]:
        other = context.library.by_slug[slug]
        topic = context.topic_link(other.topic).label if other.topic == article.topic else ""
        names = tuple(map(context.tag_name, tags))
        yield Related(context.link(other), other.lang, names, topic)


def _seen(context: Context, article: Article) -> Iterator[Seen]:
    here = {dump.name for dump in context.library.transmissions}
    for sighting in article.sightings:
        if sighting.transmission in here:
            path = context.paths.line(sighting.transmission, sighting.line)
            yield Seen(Link(sighting.transmission, path), sighting.line)
