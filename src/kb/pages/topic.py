"""What is on the index of topics and on the page of each?"""

from collections.abc import Iterator

from kb.library.taxonomy import Topic
from kb.markup import excerpt
from kb.pages.binding import counted_from_the_end
from kb.pages.brief import DESCRIPTION
from kb.pages.card import topic_card
from kb.pages.context import Context, Page, pager
from kb.pages.feed import feed_links
from kb.pages.listing import counted_topic, counted_topics, top_tags
from kb.pages.parts import Link
from kb.pages.views import TopicBranch, TopicsView, TopicView


def plan(context: Context) -> Iterator[Page]:
    """topics/index, and topics/… for every topic that holds articles; nothing without any."""
    if "topics" in context.sections:
        yield _index(context)
    for topic in context.library.taxonomy.topics:
        if context.library.under(topic.id):
            yield from _topic(context, topic)


def _index(context: Context) -> Page:
    roots = context.library.taxonomy.children("")
    branches = tuple(
        TopicBranch(counted_topic(context, topic, count), counted_topics(context, topic.id))
        for topic in roots
        if (count := len(context.library.under(topic.id)))
    )
    view = TopicsView(
        title=context.word("topics"),
        description=context.word("topics_description"),
        lang=context.config.language,
        path=context.paths.page("topics/index"),
        branches=branches,
    )
    return Page(view.path, "topics.html", view)


def _topic(context: Context, topic: Topic) -> Iterator[Page]:
    articles = context.library.under(topic.id)
    pages = list(counted_from_the_end(articles, context.config.page_size))
    name = topic.name(context.config.language)
    home = Link(context.word("topics"), context.paths.page("topics/index"))
    intro = context.library.intros.get(topic.id)

    def path_of(number: int) -> str:
        return context.paths.topic(topic.id, number)

    for number, shown in pages:
        text = context.text(intro, path_of(1)) if intro and number == 1 else None
        view = TopicView(
            title=name,
            description=excerpt(topic.description, DESCRIPTION),
            lede=topic.description,
            lang=context.config.language,
            path=path_of(number),
            crumbs=(home, *map(context.topic_link, topic.parents)),
            feeds=feed_links(context, topic.id),
            previews=context.previews(text) if text else (),
            card=topic_card(context, topic.id),
            intro=text.body if text else None,
            children=counted_topics(context, topic.id) if number == 1 else (),
            cards=context.cards(shown),
            pager=pager(number, len(pages), path_of),
            tags=top_tags(context, articles) if number == 1 else (),
            graph=context.paths.graph(topic.id),
        )
        yield Page(view.path, "topic.html", view, text.files if text else ())
