"""Which picture stands for a page where somebody shares its address?"""

from collections.abc import Iterator

from kb.config import Cards
from kb.model import Article
from kb.pages.context import Context, Page
from kb.pages.machine_views import CardView
from kb.pages.parts import Link


def plan(context: Context) -> Iterator[Page]:
    """cards/<topic>.png, and cards/articles/<slug>.png if kb.yaml asks for them."""
    site = context.config.title
    for topic in context.library.taxonomy.topics:
        if card := topic_card(context, topic.id):
            above = " · ".join(context.topic_link(parent).label for parent in topic.parents)
            yield Page(card.path, "", CardView(card.label, above, site, context.card_font))
    if context.config.cards is Cards.ARTICLES:
        for article in context.library.articles:
            if card := article_card(context, article):
                topic_name = context.topic_link(article.topic).label
                view = CardView(card.label, topic_name, site, context.card_font)
                yield Page(card.path, "", view)


def topic_card(context: Context, topic_id: str) -> Link | None:
    """The card of a topic that holds articles, by the topic's name."""
    if not context.card_font or not context.library.under(topic_id):
        return None
    return Link(context.topic_link(topic_id).label, f"cards/{topic_id}.png")


def article_card(context: Context, article: Article) -> Link | None:
    """The card of an article: its own, else that of its topic."""
    if context.card_font and context.config.cards is Cards.ARTICLES:
        return Link(article.title, f"cards/articles/{article.slug}.png")
    return topic_card(context, article.topic)
