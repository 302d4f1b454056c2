"""What do search engines read to find the pages: robots.txt and sitemaps?"""

from collections.abc import Callable, Iterator
from hashlib import blake2b
from typing import TypeAlias

from kb.library.library import date_of
from kb.pages.context import Context, Page
from kb.pages.machine_views import RobotsView, SitemapView
from kb.routes import absolute_url

MOST = 50_000
HEAVIEST = 52_428_800
"""Entries and bytes that a sitemap may have: https://www.sitemaps.org/protocol.html"""
AROUND = 128
"""Bytes of an entry beside its address, and some to spare for `&amp;` in that of the site."""

Entry: TypeAlias = tuple[str, str]
"""A path, and the date of the page's last change or nothing."""


def plan(context: Context) -> Iterator[Page]:
    """robots.txt, and sitemap.xml with further ones that it needs where there is a base_url."""
    has_address = bool(context.config.base_url)
    yield Page("robots.txt", "robots.txt", RobotsView("sitemap.xml" if has_address else ""))
    if has_address:
        yield from _sitemaps(context)


def _sitemaps(context: Context) -> Iterator[Page]:
    base, style = context.config.base_url, context.paths.style
    entries = _sitemap(context).entries
    parts = dict(shares(entries, lambda path: len(absolute_url(path, base, style))))
    if "" in parts:
        yield Page("sitemap.xml", "sitemap.xml", SitemapView(entries))
        return
    files = {f"sitemap-{key}.xml": part for key, part in parts.items()}
    latest = tuple((file, max(date for _, date in part)) for file, part in files.items())
    yield Page("sitemap.xml", "sitemap-index.xml", SitemapView(latest))
    for file, part in files.items():
        yield Page(file, "sitemap.xml", SitemapView(part))


def shares(
    entries: tuple[Entry, ...], length: Callable[[str], int], key: str = ""
) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """Entries for one sitemap each with a key of its own, which is empty where one has them all.

    What does not fit is halved by a bit of the digest of each path, so that one page more changes
    one file. `length` is that of a path's address in bytes.
    """
    if len(entries) <= MOST and sum(length(path) + AROUND for path, _ in entries) <= HEAVIEST:
        yield key, entries
        return
    for bit in "01":
        half = tuple(entry for entry in entries if _bits(entry[0])[len(key)] == bit)
        if half:
            yield from shares(half, length, key + bit)


def _bits(path: str) -> str:
    found = blake2b(path.encode(), digest_size=8).digest()
    return f"{int.from_bytes(found):064b}"


def _sitemap(context: Context) -> SitemapView:
    library, paths = context.library, context.paths
    indexes = (
        paths.home(),
        *(paths.page(f"{name}/index") for name in context.sections),
    )
    filled = tuple(topic.id for topic in library.taxonomy.topics if library.under(topic.id))
    topics = (*map(paths.topic, filled), *map(paths.graph, filled))
    tags = (paths.tag(tag) for tag in library.by_tag if context.has_page(tag))
    free = (paths.page(page.slug) for page in library.pages)
    dumps = (paths.transmission(dump.name) for dump in library.transmissions)
    dated = ((paths.article(a), a.updated or date_of(a)) for a in library.articles)
    undated = ((path, "") for path in (*indexes, *topics, *tags, *free, *dumps))
    return SitemapView((*dated, *undated))
