"""How is a project's site brought up to date?"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import msgspec

from kb import __version__, disk
from kb.build import manifest as manifests
from kb.build.compare import reasons
from kb.build.fingerprints import Fingerprints, code
from kb.build.memo import DAMAGE, Known, Memo
from kb.build.press import FOLDER, Press, for_workers, make
from kb.build.publish import Published, publish
from kb.build.render import Frame
from kb.build.shelf import Filed, Rendered, Shelf, dead_addresses, read_shelf, render_shelf
from kb.build.standing import UNPROVEN, Standing
from kb.build.theme import ASSETS, Theme, read_theme
from kb.cores import Cores, cores
from kb.ingest.dumps import read_transmissions
from kb.ingest.run import Ingested, prepare
from kb.ingest.write import write as write_records
from kb.library.library import Library, date_of
from kb.library.related import Kin, grounds, kin
from kb.pages import KINDS
from kb.pages.context import Context, Page
from kb.pages.parts import Link, Site
from kb.pages.paths import Paths
from kb.parsed import Parsed
from kb.problems import KbError, Place, Problem, Severity, is_fatal
from kb.project import Project, read_static


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did, why it made each page that it made, and all that is wrong."""

    ingested: Ingested
    published: Published
    reasons: Mapping[str, str]
    problems: tuple[Problem, ...]


def build(project: Project, jobs: int = 0) -> Built:
    """Ingest, then publish what differs from the last build, in `jobs` processes, 0 for each core.

    A record that is broken stands on the site as it last was. Anything wrong with the machinery
    (configuration, topics, templates, the output folder), or with a dump that is on the site
    already, raises KbError and changes nothing.
    """
    _refuse_output(project)
    project = replace(project, parsed=Parsed(project.cache))
    theme = read_theme(project)
    ingested = prepare(project, jobs=jobs)
    _refuse_lost_dumps(ingested)
    if ingested.plan.writes():
        theme.check(project.config)
    write_records(project, ingested)
    try:
        built = _built(project, theme, ingested, jobs)
    except DAMAGE:
        Memo.forget(project.cache)
        built = _built(project, theme, ingested, jobs)
    if project.parsed:
        project.parsed.keep()
    return built


def _built(project: Project, theme: Theme, ingested: Ingested, jobs: int) -> Built:
    with closing(Memo(project.cache)) as memo, cores(jobs) as workers:
        dumps, _ = read_transmissions(project)
        filed = Filed(dumps, ingested.taxonomy, ingested.plan.ledger)
        shelf = read_shelf(project, filed, memo.text)
        if memo.is_new:
            _refuse_to_forget(project, shelf.problems)
        rendered = render_shelf(shelf, memo, workers)
        published, reasons = _publish(_Desk(project, theme, memo, workers), shelf, rendered)
        texts = {path: shelf.texts[path] for path in rendered.briefs}
        memo.keep_texts(texts, (brief.key for brief in rendered.briefs.values()))
    dead = dead_addresses(rendered.briefs, published.manifest)
    links = (*rendered.problems, *dead, *_lost_addresses(published))
    problems = (*ingested.problems, *shelf.problems, *links)
    return Built(ingested, published, reasons, problems)


def _refuse_lost_dumps(ingested: Ingested) -> None:
    """Raise KbError where a dump that has its place on the site cannot be read any more."""
    known = {s.transmission for line in ingested.before.values() for s in line.sightings}
    broken = [
        problem
        for problem in ingested.problems
        if problem.code in {"unreadable-transmission", "empty-transmission"}
        and problem.place.path.partition("/transmissions/")[2] in known
    ]
    if broken:
        raise KbError(ingested.problems)


@dataclass(frozen=True, slots=True)
class _Desk:
    """What a build works with."""

    project: Project
    theme: Theme
    memo: Memo
    workers: Cores


def _publish(desk: _Desk, shelf: Shelf, rendered: Rendered) -> tuple[Published, dict[str, str]]:
    """Publish, and tell why each page was made."""
    project, known = desk.project, desk.memo.pages
    pages, frame = _plan(desk, shelf, rendered)
    fingerprinter = Fingerprints(desk.theme, frame.site, frame.words)
    fingerprints = {page.path: fingerprinter.of(page) for page in pages}
    before = manifests.read(project.output)
    standing = Standing(project.output, project.cache)
    why = reasons(pages, fingerprints, known, before, standing)
    bodies = {article.path: article.body for article in shelf.library.articles}
    press = Press(for_workers(desk.theme), frame, project.cache)
    stale = (page for page in pages if page.path in why)
    made = make(stale, press, bodies.__getitem__, desk.workers)
    kept = fingerprints.keys() - made.keys()
    published = publish(project.output, project.cache, before, made, kept)
    disk.remove_folder(project.cache / FOLDER)
    stamps = standing.stamps(published.rows)
    desk.memo.keep_pages(
        {
            path: Known(
                fingerprint,
                published.manifest[path],
                stamps.get(path, UNPROVEN),
                made[path].parts if path in made else known[path].parts,
            )
            for path, fingerprint in fingerprints.items()
        }
    )
    return published, why


def _plan(desk: _Desk, shelf: Shelf, rendered: Rendered) -> tuple[list[Page], Frame]:
    """All pages of the site, and what they have in common."""
    config, theme = desk.project.config, desk.theme
    words = theme.words(config)
    paths = Paths(shelf.library, config.urls)
    related = _kin(shelf.library, desk.memo)
    context = Context(config, shelf.library, rendered.briefs, related, paths, words)
    pages = _without_collisions(_planned(desk.project, context, theme))
    return pages, Frame(site_of(context, theme), words, config.urls)


def _kin(library: Library, memo: Memo) -> Kin:
    """The related articles of each; they are the same while tags and topics are."""
    basis = blake2b(msgspec.msgpack.encode((code(), grounds(library))), digest_size=16).hexdigest()
    if remembered := memo.kin(basis):
        return msgspec.msgpack.decode(remembered, type=Kin)
    found = kin(library)
    memo.keep_kin(basis, msgspec.msgpack.encode(found))
    return found


def _planned(project: Project, context: Context, theme: Theme) -> Iterator[Page]:
    for name, path in theme.assets.items():
        yield Page(path, "", theme.files[f"{ASSETS}{name}"].content)
    for path, content in read_static(project).items():
        yield Page(path, "", content)
    for plan in KINDS:
        yield from plan(context)


def _without_collisions(pages: Iterable[Page]) -> list[Page]:
    found: dict[str, Page] = {}
    problems = []
    for page in pages:
        if page.path in found:
            fact = f"two pages would stand at {page.path}"
            hint = "give one of them another slug, or rename the file in static/"
            problems.append(Problem("same-address", fact, Place(page.path), hint))
        found[page.path] = page
    folders = {str(folder): path for path in found for folder in PurePosixPath(path).parents}
    for path in found.keys() & folders.keys():
        fact = f"{path} would be a file, and {folders[path]} would stand in a folder of that name"
        hint = "rename the file in static/"
        problems.append(Problem("same-address", fact, Place(path), hint))
    if problems:
        raise KbError(problems)
    return list(found.values())


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
