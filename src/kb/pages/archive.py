"""What is in the archive by date?"""

from collections.abc import Iterator
from functools import partial
from itertools import groupby

from kb.library.library import date_of
from kb.model import Article
from kb.pages.binding import Margin, bound_from_the_end
from kb.pages.context import Context, Page, pager
from kb.pages.views import ArchiveRow, ArchiveView, Month

MOST = 200
"""Articles on a page, half as many more on the first."""


def plan(context: Context) -> Iterator[Page]:
    """archive/index, archive/page/2 and so on, if any article has a date."""
    dated = filter(date_of, context.library.latest)
    groups = [(month, tuple(articles)) for month, articles in groupby(dated, _month)]
    sheets = bound_from_the_end(groups, MOST)
    path_of = partial(context.paths.index, "archive")
    years = Margin(path_of, label_of=lambda month: month[:4]).marks(sheets)
    for number, sheet in enumerate(sheets if groups else (), 1):
        view = ArchiveView(
            title=context.word("archive"),
            description=context.word("archive_description"),
            lang=context.config.language,
            path=path_of(number),
            months=tuple(
                Month(name, tuple(_row(context, article) for article in articles))
                for name, articles in sheet
            ),
            years=years[number - 1],
            pager=pager(number, len(sheets), path_of),
        )
        yield Page(view.path, "archive.html", view)


def _month(article: Article) -> str:
    return date_of(article)[:7]


def _row(context: Context, article: Article) -> ArchiveRow:
    return ArchiveRow(
        title=article.title,
        path=context.paths.article(article),
        lang=article.lang,
        date=date_of(article),
        topic=context.topic_link(article.topic),
    )
