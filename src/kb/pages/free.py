"""What is on a free page (about …), on the 404 page, and at an address that has moved?"""

from collections.abc import Iterator

from kb.model import Article
from kb.pages.context import Context, Page
from kb.pages.views import FreePageView, NotFoundView, RedirectView
from kb.slugs import is_slug


def plan(context: Context) -> Iterator[Page]:
    """Each file of content/pages, 404, and a redirect for each former address of an article."""
    for page in context.library.pages:
        yield _free(context, page)
    yield _not_found(context)
    taken: set[str] = {article.slug for article in context.library.articles}
    for article in context.library.articles:
        former = (*context.library.old_slugs.get(article.slug, ()), *article.aliases)
        for slug in dict.fromkeys(former):
            if slug not in taken and is_slug(slug):
                taken.add(slug)
                yield _redirect(context, slug, article)


def _free(context: Context, page: Article) -> Page:
    path = context.paths.page(page.slug)
    text = context.text(page, path)
    view = FreePageView(
        title=page.title,
        description=context.description(page),
        lang=page.lang,
        path=path,
        previews=context.previews(text),
        body=text.body,
        outline=context.briefs[page.path].outline,
    )
    return Page(path, "page.html", view, text.files)


def _not_found(context: Context) -> Page:
    view = NotFoundView(
        title=context.word("not_found"),
        description="",
        lang=context.config.language,
        path=context.paths.page("404"),
    )
    return Page(view.path, "404.html", view)


def _redirect(context: Context, slug: str, article: Article) -> Page:
    view = RedirectView(
        title=article.title,
        description="",
        lang=context.config.language,
        path=context.paths.page(f"articles/{slug}"),
        target=context.article_link(article),
    )
    return Page(view.path, "redirect.html", view)
