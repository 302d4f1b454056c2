"""What does a language model read to find its way, as https://llmstxt.org/ proposes?"""

from collections.abc import Iterator, Sequence

from kb.model import Article
from kb.pages.context import Context, Page, paginate
from kb.pages.machine_views import LlmsSection, LlmsView
from kb.pages.parts import Link

MOST = 500
"""Articles in a file, about 150 KB: as much as a model may want to read of a list."""
NEWEST = 5
"""Articles of a topic in the file of a site that has more than that."""


def plan(context: Context) -> Iterator[Page]:
    """llms.txt; that of a large site names the lists of its topics, topics/<path>/llms.txt."""
    listed = tuple(
        (topic.id, context.topic_link(topic.id).label, articles)
        for topic in context.library.taxonomy.topics
        if (articles := context.library.by_topic.get(topic.id))
    )
    if len(context.library.articles) <= MOST:
        sections = (_section(context, name, articles) for _, name, articles in listed)
        yield Page("llms.txt", "llms.txt", LlmsView("", tuple(sections)))
        return
    yield Page("llms.txt", "llms.txt", LlmsView("", tuple(_glance(context, *t) for t in listed)))
    for topic_id, name, articles in listed:
        for number, part in paginate(articles, MOST):
            file = _file(context, topic_id, number)
            further = _file(context, topic_id, number + 1) if number * MOST < len(articles) else ""
            more = (Link(context.word("older"), further), 0) if further else None
            yield Page(file, "llms.txt", LlmsView(name, (_section(context, name, part, more),)))


def _file(context: Context, topic_id: str, number: int) -> str:
    name = "llms.txt" if number == 1 else f"llms-{number}.txt"
    return context.paths.topic_feed(topic_id, name)


def _glance(context: Context, topic_id: str, name: str, articles: Sequence[Article]) -> LlmsSection:
    more = Link("", _file(context, topic_id, 1)), len(articles)
    return _section(context, name, articles[:NEWEST], more)


def _section(
    context: Context,
    name: str,
    articles: Sequence[Article],
    more: tuple[Link, int] | None = None,
) -> LlmsSection:
    links = tuple((Link(a.title, context.paths.twin(a)), context.excerpt(a)) for a in articles)
    return LlmsSection(name, links, more)
