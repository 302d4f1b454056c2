"""What is in the feeds of the site and of each topic, Atom and JSON?"""

from collections.abc import Iterator, Sequence
from uuid import NAMESPACE_URL, uuid5

from kb.languages import written
from kb.library.library import date_of
from kb.library.taxonomy import Topic
from kb.model import Article
from kb.pages.card import article_card
from kb.pages.context import Context, Page
from kb.pages.machine_views import FeedItem, FeedView
from kb.pages.parts import Link
from kb.routes import absolute_url

NO_DATE = "1970-01-01"
"""Atom demands a date of change; an article without any has always been there."""


def feed_links(context: Context, topic_id: str = "") -> tuple[Link, ...]:
    """Links to the Atom and JSON feeds of a topic or of the site, labelled `atom` and `json`."""
    if topic_id:
        names = (
            context.paths.topic_feed(topic_id, "feed.xml"),
            context.paths.topic_feed(topic_id, "feed.json"),
        )
    else:
        names = "feed.xml", "feed.json"
    return Link("atom", names[0]), Link("json", names[1])


def plan(context: Context) -> Iterator[Page]:
    """feed.xml and feed.json of the site and of every topic that holds articles."""
    yield from _feeds(context, None, context.library.latest)
    for topic in context.library.taxonomy.topics:
        if articles := context.library.under(topic.id):
            yield from _feeds(context, topic, articles)


def _feeds(context: Context, topic: Topic | None, articles: Sequence[Article]) -> Iterator[Page]:
    title, topic_id = context.config.title, topic.id if topic else ""
    atom, json = feed_links(context, topic_id)
    shown = articles[: context.config.feed_size]
    home = context.paths.topic(topic_id) if topic_id else context.paths.home()
    view = FeedView(
        title=f"{topic.name(context.config.language)} · {title}" if topic else title,
        subtitle=topic.description if topic else context.config.description,
        id=_uri(f"{context.config.title}:feed:{topic_id}"),
        path=atom.path,
        home=home,
        updated=f"{max((item for item in map(_changed, shown)), default=NO_DATE)}T00:00:00Z",
        items=tuple(_item(context, article) for article in shown),
    )
    yield Page(atom.path, "feed.xml", view)
    yield Page(json.path, "", _json(context, view, json.path))


def _changed(article: Article) -> str:
    return article.updated or date_of(article) or NO_DATE


def _item(context: Context, article: Article) -> FeedItem:
    card = article_card(context, article)
    return FeedItem(
        id=_uri(article.id or f"{context.config.title}:article:{article.slug}"),
        title=article.title,
        path=context.paths.article(article),
        lang=article.lang,
        summary=context.excerpt(article),
        image=card.path if card else "",
        published=date_of(article),
        updated=_changed(article),
        tags=tuple(map(context.tag_name, article.tags)),
    )


def _uri(name: str) -> str:
    """A lasting URI: what names an article from a dump is its id, else the site's title and a slug.

    A change of address does not alter it, so that no reader shows everything once more.
    """
    return uuid5(NAMESPACE_URL, f"kb:{name}").urn


def _json(context: Context, view: FeedView, path: str) -> dict[str, object]:
    """A JSON Feed, https://www.jsonfeed.org/version/1.1/ ."""
    base = context.config.base_url
    addresses = {
        "home_page_url": _absolute(context, view.home),
        "feed_url": _absolute(context, path),
    }
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": view.title,
        **({"description": view.subtitle} if view.subtitle else {}),
        **(addresses if base else {}),
        "authors": [{"name": context.config.author or context.config.title}],
        "language": written(context.config.language),
        "items": [_json_item(context, item) for item in view.items],
    }


def _json_item(context: Context, item: FeedItem) -> dict[str, object]:
    address = {"url": _absolute(context, item.path)} if context.config.base_url else {}
    image = {"image": _absolute(context, item.image)} if item.image else {}
    dates = {"date_published": item.published, "date_modified": item.updated}
    known = {key: f"{day}T00:00:00Z" for key, day in dates.items() if day not in {"", NO_DATE}}
    return {
        "id": item.id,
        **address,
        "title": item.title,
        "content_text": item.summary,
        **image,
        **known,
        "language": written(item.lang),
        "tags": item.tags,
    }


def _absolute(context: Context, path: str) -> str:
    return absolute_url(path, context.config.base_url, context.paths.style)
