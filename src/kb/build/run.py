"""How is a project's site brought up to date?"""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b
from urllib.parse import urlsplit

import msgspec

from kb import __version__, disk
from kb.build import manifest as manifests
from kb.build.compare import Comparison
from kb.build.filing import Desk, Filing, basis_of, file_entries
from kb.build.fingerprints import Fingerprints, Frame, Planned, code
from kb.build.memo import DAMAGE, Known, Memo
from kb.build.press import FOLDER, Press, for_workers, make
from kb.build.publish import Published, publish
from kb.build.shelf import Filed, Shelf, dead_addresses, noticed, shelve, with_sources
from kb.build.standing import UNPROVEN, Standing, proofs, stamp_of
from kb.build.texts import Reader, Texts
from kb.build.theme import ASSETS, Theme, read_theme
from kb.build.unchanged import Survey, folders_of, is_young, survey
from kb.cores import cores
from kb.ingest.dumps import read_transmissions
from kb.library.library import Library, date_of
from kb.library.related import Kin, grounds, kin
from kb.model import Slug
from kb.pages import KINDS
from kb.pages.context import Context, Page
from kb.pages.parts import Link, Site
from kb.pages.paths import Paths
from kb.problems import KbError, Place, Problem, Severity, is_fatal
from kb.project import Project, read_ledger, read_static, read_taxonomy
from kb.slugs import slugify

BATCH = 500
"""Plans that are remembered in one step."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did, why it made each page that it made, and all that is wrong.

    `summary` is what ingest says of itself, `survey` what the file system said before.
    """

    summary: str
    published: Published
    reasons: Mapping[str, str]
    problems: tuple[Problem, ...]
    survey: Survey


def build(project: Project, jobs: int = 0, found: Survey | None = None) -> Built:
    """Ingest, then publish what differs from the last build, in `jobs` processes, 0 for each core.

    `found` is what the file system says, if that was asked already. A record that is broken stands
    on the site as it last was. Anything wrong with the machinery (configuration, topics, templates,
    the output folder), or with a dump that is on the site already, raises KbError and changes
    nothing.
    """
    _refuse_output(project)
    theme = read_theme(project)
    project.cache.mkdir(exist_ok=True)
    found = found or survey(project.root, folders_of(project.config))
    try:
        return _built(project, theme, found, jobs)
    except DAMAGE:
        Memo.forget(project.cache)
        return _built(project, theme, found, jobs)


def _built(project: Project, theme: Theme, found: Survey, jobs: int) -> Built:
    with closing(Memo(project.cache)) as memo, cores(jobs) as workers:
        desk = Desk(project, theme, memo, workers)
        filing, filed, texts = _filed(desk, found)
        shelf = shelve(texts, filed, project.config.content, memo.last_good)
        if memo.is_new:
            _refuse_to_forget(project, shelf.problems)
        published, reasons = _publish(desk, shelf, found)
        stamps = {
            path: texts.stamps.get(path, UNPROVEN)
            for path, reading in shelf.readings.items()
            if texts.found.get(path) is reading
        }
        memo.keep_readings(shelf.readings, stamps)
    dead = (*noticed(shelf), *dead_addresses(shelf, published.manifest))
    told = with_sources(shelf.problems, lambda path: _text(project, path))
    problems = (*filing.problems, *told, *dead, *_lost_addresses(published))
    return Built(filing.summary, published, reasons, problems, found)


def _filed(desk: Desk, found: Survey) -> tuple[Filing, Filed, Texts]:
    """What ingest says, what it leaves to a build, and all texts after it."""
    project = desk.project
    taxonomy, known = read_taxonomy(project), read_ledger(project)
    reader = Reader(project, desk.memo, desk.workers)
    texts = reader.read(_stamps(project, found), known)
    filing = file_entries(desk, texts, taxonomy, known, basis_of(project, found, texts))
    ledger = read_ledger(project)
    texts = reader.read_again(texts, filing.changed, ledger)
    dumps, _ = read_transmissions(project)
    return filing, Filed(dumps, taxonomy, ledger), texts


def _stamps(project: Project, found: Survey) -> dict[str, bytes]:
    """What the file system says of each file of the content, as far as that is a proof."""
    start, folder = len(os.fsencode(project.root)) + 1, os.fsencode(project.content)
    return {
        os.fsdecode(row[0][start:]).replace(os.sep, "/"): stamp_of(row)
        for row in found.sources
        if row[0].startswith(folder) and not is_young(row, found.time)
    }


def _text(project: Project, path: str) -> str:
    content = disk.read_if_there(project.root / path)
    return "" if content is None else content.decode(errors="replace")


def _publish(desk: Desk, shelf: Shelf, found: Survey) -> tuple[Published, dict[str, str]]:
    """Publish, and tell why each page was made."""
    project, memo = desk.project, desk.memo
    context, frame = _context(desk, shelf)
    fingerprinter = Fingerprints(desk.theme, frame)
    before = manifests.read(project.output)
    standing = Standing(project.output, found)
    comparison = Comparison(memo.pages, memo.plan, before, standing)
    fingerprints: dict[str, str] = {}
    why: dict[str, str] = {}

    def stale() -> Iterator[Planned]:
        for page in _alone(_planned(project, context, desk.theme)):
            planned = fingerprinter.of(page)
            fingerprints[page.path] = planned.fingerprint
            if reason := comparison.reason(planned):
                why[page.path] = reason
                yield planned

    press = Press(for_workers(desk.theme), frame, project.cache)
    made = make(_remembered(stale(), memo), press, desk.workers)
    kept = fingerprints.keys() - made.keys()
    published = publish(project.output, project.cache, before, made, kept)
    disk.remove_folder(project.cache / FOLDER)
    memo.keep_frame(frame)
    written = proofs(published.rows, found, project.output, project.cache)
    stamps = {**standing.stamps(), **written}
    memo.keep_pages(
        {
            path: Known(fingerprint, published.manifest[path], stamps.get(path, UNPROVEN))
            for path, fingerprint in fingerprints.items()
        }
    )
    return published, why


def _remembered(pages: Iterable[Planned], memo: Memo) -> Iterator[Planned]:
    """The pages, their plans remembered on the way."""
    plans: list[Planned] = []
    for page in pages:
        if page.kind != "bytes":
            plans.append(page)
        if len(plans) == BATCH:
            memo.keep_plans(plans)
            plans.clear()
        yield page
    memo.keep_plans(plans)


def _context(desk: Desk, shelf: Shelf) -> tuple[Context, Frame]:
    """What pages are planned from, and what they have in common."""
    config, theme, library = desk.project.config, desk.theme, shelf.library
    words = theme.words(config)
    paths = Paths(library, config.urls, _spelled(library, desk.memo))
    briefs = {path: reading.brief for path, reading in shelf.readings.items()}
    context = Context(config, library, briefs, _kin(library, desk.memo), paths, words)
    return context, Frame(site_of(context, theme), words, config.urls)


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


def _planned(project: Project, context: Context, theme: Theme) -> Iterator[Page]:
    for name, path in theme.assets.items():
        yield Page(path, "", theme.files[f"{ASSETS}{name}"].content)
    for path, content in read_static(project).items():
        yield Page(path, "", content)
    for plan in KINDS:
        yield from plan(context)


def _alone(pages: Iterable[Page]) -> Iterator[Page]:
    """The pages; raises KbError, once all have passed, where two would stand in one place."""
    files: set[str] = set()
    folders: dict[str, str] = {}
    problems = []
    for page in pages:
        if page.path in files:
            fact = f"two pages would stand at {page.path}"
            hint = "give one of them another slug, or rename the file in static/"
            problems.append(Problem("same-address", fact, Place(page.path), hint))
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


def site_of(context: Context, theme: Theme) -> Site:
    """The frame of every page."""
    config, paths = context.config, context.paths
    has_dates = any(map(date_of, context.library.articles))
    names = ("topics", "tags", "transmissions", *(("archive",) if has_dates else ()))
    indexes = (Link(context.word(name), paths.page(f"{name}/index")) for name in names)
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
        generator=f"kb {__version__}",
    )


def _lost_addresses(published: Published) -> tuple[Problem, ...]:
    fact = "this page was published and is gone now"
    hint = "add its name to `aliases` of the article that answers for it now"
    return tuple(
        Problem("lost-address", fact, Place(path), hint, Severity.WARNING)
        for path in published.removed
        if path.startswith("articles/") and path.endswith(".html")
    )


def _refuse_to_forget(project: Project, problems: tuple[Problem, ...]) -> None:
    """Leave a site alone that has pages of broken records which no cache remembers."""
    if is_fatal(problems) and manifests.read(project.output):
        raise KbError(problems)


def _refuse_output(project: Project) -> None:
    output = project.output.resolve()
    config = project.config
    if output.exists() and not output.is_dir():
        fact = f"the output {config.output} is no folder"
        raise KbError(
            Problem("bad-output", fact, config.place("output"), "choose another `output`")
        )
    for name in (config.content, config.templates, config.static, ".kb", ".git"):
        source = (project.root / name).resolve()
        if output == source or output in source.parents or source in output.parents:
            fact = f"the output folder {config.output} would overlap {name}"
            place = config.place("output")
            raise KbError(Problem("bad-output", fact, place, "choose another `output`"))
