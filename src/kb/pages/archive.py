"""What is in the archive by date?"""

from collections import defaultdict
from collections.abc import Iterator

from kb.library.library import date_of
from kb.model import Article
from kb.pages.context import Context, Page
from kb.pages.views import ArchiveRow, ArchiveView, Month


def plan(context: Context) -> Iterator[Page]:
    """archive/index, if any article has a date."""
    months: defaultdict[str, list[Article]] = defaultdict(list)
    for article in context.library.latest:
        if date_of(article):
            months[date_of(article)[:7]].append(article)
    if months:
        view = ArchiveView(
            title=context.word("archive"),
            description=context.word("archive_description"),
            lang=context.config.language,
            path=context.paths.page("archive/index"),
            months=tuple(
                Month(name, tuple(_row(context, article) for article in months[name]))
                for name in sorted(months, reverse=True)
            ),
        )
        yield Page(view.path, "archive.html", view)


def _row(context: Context, article: Article) -> ArchiveRow:
    return ArchiveRow(
        title=article.title,
        path=context.paths.article(article),
        lang=article.lang,
        date=date_of(article),
        topic=context.topic_link(article.topic),
    )
