"""What is on the home page and the pages of latest updates after it?"""

from collections.abc import Iterator

from kb.pages.binding import counted_from_the_end
from kb.pages.context import Context, Page, pager
from kb.pages.feed import feed_links
from kb.pages.listing import counted_topics
from kb.pages.parts import Link
from kb.pages.views import HomeView


def plan(context: Context) -> Iterator[Page]:
    """The pages index, page/2, page/3 and so on."""
    library, config, paths = context.library, context.config, context.paths
    pages = list(counted_from_the_end(library.latest, config.page_size))
    newest = max((dump.name for dump in library.transmissions), default="")
    for number, articles in pages:
        view = HomeView(
            title=config.title,
            description=config.description,
            lang=config.language,
            path=paths.home(number),
            feeds=feed_links(context),
            cards=context.cards(articles),
            pager=pager(number, len(pages), paths.home),
            topics=counted_topics(context, "") if number == 1 else (),
            latest=Link(newest, paths.transmission(newest)) if newest else None,
            articles=len(library.articles),
            transmissions=len(library.transmissions),
        )
        yield Page(view.path, "home.html", view)
