"""What is on the page of search before anything is searched?"""

from collections.abc import Iterator

from kb.pages.context import Context, Page
from kb.pages.listing import counted_topics
from kb.pages.views import SearchView


def plan(context: Context) -> Iterator[Page]:
    """search/index, with other ways to the articles."""
    view = SearchView(
        title=context.word("search"),
        description=context.word("search_description"),
        lang=context.config.language,
        path=context.paths.page("search/index"),
        topics=counted_topics(context, ""),
    )
    yield Page(view.path, "search.html", view)
