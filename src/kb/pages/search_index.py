"""Which files does the search of a site load?"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kb.library.library import date_of
from kb.markup import Prose
from kb.model import Article
from kb.pages.bodies import shown_title
from kb.pages.context import Context, Page
from kb.pages.machine_views import BlockView, ShardView, Shown
from kb.routes import url_path
from kb.search.blocks import Document, block_bytes, script
from kb.search.places import BLOCK, block_path, capacity_of, shard_path, shards_of, slots

VERSION = 1
"""Of the format in docs/search.md."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """What can be found, the path of its page, and the topics that it is filed under."""

    article: Article
    path: str
    topics: tuple[str, ...]


def plan(context: Context) -> Iterator[Page]:
    """search/root.js, search/topics.js, a block for each few documents, and the shards."""
    documents = dict(_documents(context))
    places = {slot: documents[key] for key, slot in slots(documents).items()}
    topics = [t.id for t in context.library.taxonomy.topics if context.library.under(t.id)]
    numbers = {topic: number for number, topic in enumerate(topics)}
    yield _script("root", _root(context, numbers, len(places)))
    yield _script("topics", _topics(places, numbers))
    yield from _blocks(context, places)
    for shard in range(shards_of(capacity_of(len(places)))):
        yield Page(shard_path(shard), "", ShardView())


def _documents(context: Context) -> Iterator[tuple[str, _Placed]]:
    """All that can be found, by its route, which outlasts another style of addresses."""
    library, paths = context.library, context.paths
    for page in library.pages:
        yield page.slug, _Placed(page, paths.page(page.slug), ())
    for article in library.articles:
        topics = (*library.taxonomy.by_id[article.topic].parents, article.topic)
        yield f"articles/{article.slug}", _Placed(article, paths.article(article), topics)


def _script(name: str, value: object) -> Page:
    return Page(f"search/{name}.js", "", script(name, value).decode())


def _root(context: Context, numbers: Mapping[str, int], documents: int) -> dict[str, object]:
    taxonomy, style = context.library.taxonomy, context.config.urls
    capacity = capacity_of(documents)
    return {
        "version": VERSION,
        "documents": documents,
        "capacity": capacity,
        "shards": shards_of(capacity),
        "block": BLOCK,
        "topics": [
            {
                "id": topic,
                "name": context.topic_link(topic).label,
                "url": url_path(context.paths.topic(topic), style),
                "parent": numbers[parents[-1]] if parents else -1,
            }
            for topic in numbers
            for parents in (taxonomy.by_id[topic].parents,)
        ],
    }


def _topics(places: Mapping[int, _Placed], numbers: Mapping[str, int]) -> list[int]:
    found = [0] * capacity_of(len(places))
    for slot, placed in places.items():
        if placed.topics:
            found[slot] = numbers[placed.topics[-1]] + 1
    return found


def _blocks(context: Context, places: Mapping[int, _Placed]) -> Iterator[Page]:
    blocks: defaultdict[int, list[int]] = defaultdict(list)
    for slot in sorted(places):
        blocks[slot // BLOCK].append(slot)
    for number, inside in blocks.items():
        shown = tuple(_shown(context, slot, places[slot]) for slot in inside)
        texts = tuple(places[slot].article.path for slot in inside)
        yield Page(block_path(number), "", BlockView(number, shown), texts)


def _shown(context: Context, slot: int, placed: _Placed) -> Shown:
    article = placed.article
    return Shown(
        slot=slot,
        key=context.briefs[article.path].key,
        url=url_path(placed.path, context.config.urls),
        title=article.title,
        lang=article.lang,
        topics=placed.topics,
        tags=tuple(map(context.tag_name, article.tags)),
        date=date_of(article),
        names=tuple(_names(context, article)),
    )


def _names(context: Context, article: Article) -> Iterator[tuple[int, str]]:
    for number, reference in enumerate(context.briefs[article.path].references):
        if not (reference.label or reference.is_embed or reference.is_image):
            place = context.reader.links.place(reference)
            if place:
                yield number, shown_title(place, reference)


def block(view: BlockView, prose: Callable[[str], Prose]) -> bytes:
    """The file of a text block, with the texts by their keys."""
    return block_bytes(
        view.number, {shown.slot: _document(shown, prose(shown.key)) for shown in view.documents}
    )


def _text(prose: Prose, names: Mapping[int, str]) -> str:
    """The text as a reader sees it; but a heading is a line of it as it stands in the outline."""
    headings = {heading.text for heading in prose.outline}
    parts, done = [], 0
    for name in prose.names:
        begin, end = prose.text.rfind("\n", 0, name.start) + 1, prose.text.find("\n", name.end)
        line = prose.text[begin : end if end >= 0 else None]
        if name.reference in names and line not in headings:
            parts += [prose.text[done : name.start], names[name.reference]]
            done = name.end
    return "".join([*parts, prose.text[done:]])


def _document(shown: Shown, prose: Prose) -> Document:
    return Document(
        url=shown.url,
        title=shown.title,
        lang=shown.lang,
        text=_text(prose, dict(shown.names)),
        topics=shown.topics,
        tags=shown.tags,
        date=shown.date,
        headings=tuple((heading.id, heading.text) for heading in prose.outline),
    )
