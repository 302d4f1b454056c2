"""What is on the page of an article, and in its Markdown twin?"""

from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import quote

from kb.model import Article
from kb.pages.context import Context, Page
from kb.pages.feed import feed_links
from kb.pages.parts import Link
from kb.pages.twin import twin_view
from kb.pages.views import ArticleView, Backlink, Related, Seen


def plan(context: Context) -> Iterator[Page]:
    """articles/<slug> and its twin articles/<slug>.md for every article."""
    backlinks = _backlinks(context)
    for article in context.library.articles:
        yield _article(context, article, backlinks[article.slug])
        yield Page(context.paths.twin(article), "", twin_view(context, article), (article.path,))


def _article(context: Context, article: Article, backlinks: list[Backlink]) -> Page:
    path = context.paths.article(article)
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
        body=context.body(article, path),
        outline=context.briefs[article.path].outline,
        topic=context.topic_link(article.topic),
        tags=context.tag_links(article),
        date=article.date,
        updated=article.updated,
        truncated=article.truncated,
        seen=tuple(_seen(context, article)),
        backlinks=tuple(backlinks),
        related=tuple(
            Related(context.link(context.library.by_slug[slug]), tuple(map(context.tag_name, tags)))
            for slug, tags in context.related[article.slug]
        ),
        previous=context.link(before) if before else None,
        next=context.link(after) if after else None,
        source=context.config.source_url.replace("{path}", quote(article.path)),
        twin=context.paths.twin(article),
        extra=article.extra,
    )
    return Page(path, "article.html", view, (article.path,))


def _seen(context: Context, article: Article) -> Iterator[Seen]:
    here = {dump.name for dump in context.library.transmissions}
    for sighting in article.sightings:
        if sighting.transmission in here:
            path = context.paths.transmission(sighting.transmission)
            yield Seen(Link(sighting.transmission, path), sighting.line)


def _backlinks(context: Context) -> defaultdict[str, list[Backlink]]:
    found: defaultdict[str, list[Backlink]] = defaultdict(list)
    for article in context.library.articles:
        linked = set()
        for reference in context.briefs[article.path].references:
            other = context.library.find(reference.target)
            if other and other.slug != article.slug and other.slug not in linked:
                linked.add(other.slug)
                found[other.slug].append(Backlink(context.link(article), reference.sentence))
    return found
