"""Which pages has a site, and what do they have in common?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import blake2b
from itertools import chain
from urllib.parse import urlsplit

import msgspec

from kb import __version__
from kb.build.cards import usable_font
from kb.build.filing import Desk
from kb.build.fingerprints import Frame, code
from kb.build.math_font import MathFont, font_pages, math_font, with_font
from kb.build.memo import Memo
from kb.build.shelf import Shelf
from kb.build.theme import ASSETS, Theme
from kb.library.library import Library
from kb.library.related import Kin, grounds, kin
from kb.markup import size_of
from kb.model import Slug
from kb.pages import KINDS
from kb.pages.context import Context, Page
from kb.pages.parts import Link, Site
from kb.pages.paths import Paths
from kb.problems import KbError, Place, Problem
from kb.slugs import slugify


def context_of(desk: Desk, shelf: Shelf, static: Mapping[str, bytes]) -> tuple[Context, Frame]:
    """What pages are planned from, `static` files among it, and what they have in common."""
    config, theme, library = desk.project.config, desk.theme, shelf.library
    words = theme.words(config)
    paths = Paths(library, config.urls, _spelled(library, desk.memo))
    briefs = {path: reading.brief for path, reading in shelf.readings.items()}
    related = _kin(library, desk.memo)
    files = {path: size_of(content) or (0, 0) for path, content in static.items()}
    context = Context(
        config, library, briefs, related, paths, words, files, usable_font(theme, config)
    )
    return context, Frame(_site_of(context, theme), words, config.urls)


def with_math_font(desk: Desk, shelf: Shelf) -> tuple[Desk, MathFont | None]:
    """The desk with the theme that names the font of the site's formulas, and this."""
    font = math_font(desk.theme, (reading.brief.signs for reading in shelf.readings.values()))
    return replace(desk, theme=with_font(desk.theme, font)), font


def pages_of(
    static: Mapping[str, bytes], context: Context, theme: Theme, font: MathFont | None
) -> Iterator[Page]:
    """Every page, the files of static/ too.

    Raises KbError, once all have passed, where two would stand in one place.
    """
    own = {path: f"{context.config.static}/{path}" for path in static}
    return _alone(chain(font_pages(font), _planned(static, context, theme)), own)


def _planned(static: Mapping[str, bytes], context: Context, theme: Theme) -> Iterator[Page]:
    for name, path in theme.assets.items():
        yield Page(path, "", theme.files[f"{ASSETS}{name}"].content)
    for path, content in static.items():
        yield Page(path, "", content)
    for plan in KINDS:
        yield from plan(context)


def _alone(pages: Iterable[Page], own: Mapping[str, str]) -> Iterator[Page]:
    """The pages, as `pages_of` says; `own` are the files of a person's that are published."""
    files: set[str] = set()
    folders: dict[str, str] = {}
    problems = []
    for page in pages:
        if page.path in files:
            fact = f"two pages would stand at {page.path}"
            hint = "give one of them another slug, or rename the file in static/"
            place = Place(own.get(page.path, page.path))
            problems.append(Problem("same-address", fact, place, hint))
        files.add(page.path)
        folder = page.path.rpartition("/")[0]
        while folder and folder not in folders:
            folders[folder] = page.path
            folder = folder.rpartition("/")[0]
        yield page
    for path in sorted(files & folders.keys()):
        fact = f"{path} would be a file, and {folders[path]} would stand in a folder of that name"
        hint = "rename the file in static/"
        problems.append(Problem("same-address", fact, Place(path), hint))
    if problems:
        raise KbError(problems)


def _site_of(context: Context, theme: Theme) -> Site:
    """The frame of every page."""
    config, paths = context.config, context.paths
    indexes = (Link(context.word(name), paths.page(f"{name}/index")) for name in context.sections)
    free = (Link(page.title, paths.page(page.slug)) for page in context.library.pages)
    return Site(
        title=config.title,
        description=config.description,
        author=config.author,
        language=config.language,
        base_url=config.base_url,
        root=urlsplit(config.base_url).path.rstrip("/") + "/",
        nav=(*indexes, *free),
        assets=theme.assets,
        math_font=theme.math_font,
        generator=f"kb {__version__}",
    )


def _kin(library: Library, memo: Memo) -> Kin:
    """The related articles of each; they are the same while tags and topics are."""
    basis = _digest(grounds(library))
    if remembered := memo.finding("kin", basis):
        return msgspec.msgpack.decode(remembered, type=Kin)
    found = kin(library)
    memo.keep_finding("kin", basis, msgspec.msgpack.encode(found))
    return found


def _spelled(library: Library, memo: Memo) -> Mapping[str, Slug]:
    """The slugs of all tags, in any language."""
    names = library.taxonomy.display_names
    tags = sorted({name for tag in library.by_tag for name in (tag, names.get(tag, tag))})
    basis = _digest(tags)
    if remembered := memo.finding("slugs", basis):
        return msgspec.msgpack.decode(remembered, type=dict[str, Slug])
    found = {tag: slug for tag in tags if (slug := slugify(tag, fallback=""))}
    memo.keep_finding("slugs", basis, msgspec.msgpack.encode(found))
    return found


def _digest(grounds: object) -> str:
    return blake2b(msgspec.msgpack.encode((code(), grounds)), digest_size=16).hexdigest()
