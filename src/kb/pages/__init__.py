"""Which kinds of page has a site?

A kind is one module with a function `plan(context)` that yields its pages, one name below, and
one template.
"""

from collections.abc import Callable, Iterator

from kb.pages import (
    api,
    archive,
    article,
    card,
    feed,
    free,
    graph,
    home,
    llms,
    machine,
    search,
    search_index,
    tag,
    topic,
    transmission,
)
from kb.pages.context import Context, Page
from kb.pages.graph_views import GraphView, TopicGraphView
from kb.pages.machine_views import (
    BlockView,
    CardView,
    FeedView,
    FontView,
    LlmsView,
    RobotsView,
    ShardView,
    SitemapView,
    TwinView,
)
from kb.pages.views import (
    ArchiveView,
    ArticleView,
    FreePageView,
    HomeView,
    NotFoundView,
    RedirectView,
    SearchView,
    TagsView,
    TagView,
    TopicsView,
    TopicView,
    TransmissionsView,
    TransmissionView,
)

KINDS: tuple[Callable[[Context], Iterator[Page]], ...] = (
    home.plan,
    article.plan,
    topic.plan,
    tag.plan,
    transmission.plan,
    archive.plan,
    graph.plan,
    free.plan,
    feed.plan,
    card.plan,
    machine.plan,
    llms.plan,
    api.plan,
    search.plan,
    search_index.plan,
)


VIEWS = (
    *(HomeView, ArticleView, TopicsView, TopicView, TagsView, TagView, TransmissionsView),
    *(TransmissionView, ArchiveView, FreePageView, NotFoundView, RedirectView, FeedView),
    *(SitemapView, RobotsView, LlmsView, TwinView, FontView, CardView),
    *(SearchView, BlockView, ShardView, GraphView, TopicGraphView),
)
"""What the pages of a site show."""
