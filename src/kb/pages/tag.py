"""What is on the index of tags and on the page of each?"""

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from kb.pages.binding import Margin, bound, counted_from_the_end
from kb.pages.context import Context, Page, pager
from kb.pages.listing import counted_tag, top_tags
from kb.pages.parts import CountedLink, Link
from kb.pages.views import TagGroup, TagsView, TagView

MOST = 400
"""Tags on a page of the index, half as many more on the last."""


def plan(context: Context) -> Iterator[Page]:
    """tags/index, and tags/… for every tag that enough articles have; nothing without any."""
    if "tags" in context.sections:
        yield from _index(context)
    for tag in context.library.by_tag:
        if context.has_page(tag):
            yield from _tag(context, tag)


def _index(context: Context) -> Iterator[Page]:
    """tags/index, tags/page/2 and so on."""
    sheets = bound(_groups(context), MOST)
    path_of = partial(context.paths.index, "tags")
    initials = Margin(path_of, anchor_of=_anchor).marks(sheets)
    for number, sheet in enumerate(sheets, 1):
        view = TagsView(
            title=context.word("tags"),
            description=context.word("tags_description"),
            lang=context.config.language,
            path=path_of(number),
            groups=tuple(TagGroup(key, _anchor(key), tuple(tags)) for key, tags in sheet),
            initials=initials[number - 1],
            pager=pager(number, len(sheets), path_of),
        )
        yield Page(view.path, "tags.html", view)


def _groups(context: Context) -> Iterator[tuple[str, tuple[CountedLink, ...]]]:
    """All tags by initial, in order."""
    groups: defaultdict[str, list[tuple[str, CountedLink]]] = defaultdict(list)
    for tag, articles in context.library.by_tag.items():
        if context.has_page(tag):
            link = counted_tag(context, tag, len(articles))
            spelled = context.paths.spell(link.label, "#")
            groups[spelled[0].upper() if spelled[0].isalpha() else "#"].append((spelled, link))
    for initial in sorted(groups, key=_order):
        tags = sorted(groups[initial], key=lambda item: (item[0], item[1].label))
        yield initial, tuple(link for _, link in tags)


def _anchor(initial: str) -> str:
    return "other" if initial == "#" else initial.lower()


def _order(initial: str) -> tuple[bool, str]:
    return initial == "#", initial


def _tag(context: Context, tag: str) -> Iterator[Page]:
    articles = context.library.by_tag[tag]
    pages = list(counted_from_the_end(articles, context.config.page_size))
    name = context.tag_name(tag)

    def path_of(number: int) -> str:
        return context.paths.tag(tag, number)

    for number, shown in pages:
        view = TagView(
            title=name,
            description=context.word("tag_description", tag=name),
            lang=context.config.language,
            path=path_of(number),
            crumbs=(Link(context.word("tags"), context.paths.page("tags/index")),),
            cards=context.cards(shown),
            pager=pager(number, len(pages), path_of),
            tags=top_tags(context, articles, besides=tag) if number == 1 else (),
        )
        yield Page(view.path, "tag.html", view)
