"""How are topics and tags listed with the number of their articles?"""

from collections import Counter
from collections.abc import Iterable

from kb.library.taxonomy import Topic
from kb.model import Article
from kb.pages.context import Context
from kb.pages.parts import CountedLink

MOST_TAGS = 12


def counted_topics(context: Context, parent: str) -> tuple[CountedLink, ...]:
    """The topics right below `parent` that hold articles."""
    found = (
        (topic, len(context.library.under(topic.id)))
        for topic in context.library.taxonomy.children(parent)
    )
    return tuple(counted_topic(context, topic, count) for topic, count in found if count)


def counted_topic(context: Context, topic: Topic, count: int) -> CountedLink:
    """A topic and the number of articles."""
    link = context.topic_link(topic.id)
    return CountedLink(link.label, link.path, count, topic.description)


def top_tags(
    context: Context, articles: Iterable[Article], besides: str = ""
) -> tuple[CountedLink, ...]:
    """The tags that most of the articles have, one of them left out on its own page."""
    found = (tag for article in articles for tag in article.tags)
    counts = Counter(tag for tag in found if tag != besides and context.has_page(tag))
    ranking = sorted(counts, key=lambda tag: (-counts[tag], tag.lower(), tag))
    return tuple(counted_tag(context, tag, counts[tag]) for tag in ranking[:MOST_TAGS])


def counted_tag(context: Context, tag: str, count: int) -> CountedLink:
    """A tag and the number of articles."""
    return CountedLink(context.tag_name(tag), context.paths.tag(tag), count)
