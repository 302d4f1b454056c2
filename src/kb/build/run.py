"""How is a project's site brought up to date?"""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISLNK

from kb import disk
from kb.build import manifest as manifests
from kb.build.cards import card_problems
from kb.build.compare import Comparison
from kb.build.filing import Desk, Filing, basis_of, file_entries
from kb.build.fingerprints import Fingerprints, Planned
from kb.build.manifest import Manifest
from kb.build.memo import DAMAGE, Known, Memo
from kb.build.plan import context_of, pages_of, with_math_font
from kb.build.press import FOLDER, Made, Press, for_workers, make
from kb.build.profile import Profile
from kb.build.publish import Published, publish
from kb.build.search import After, Before, blocks_of, fingerprint_of, made_shards
from kb.build.shelf import Filed, Shelf, dead_addresses, noticed, shelve, with_sources
from kb.build.standing import UNPROVEN, Standing, proofs, stamp_of
from kb.build.texts import Reader, Texts
from kb.build.theme import Theme, read_theme
from kb.build.unchanged import Survey, folders_of, is_young, survey
from kb.cores import cores
from kb.ingest.dumps import read_transmissions
from kb.pages.context import Page
from kb.pages.faults import link_problems
from kb.pages.machine_views import ShardView
from kb.problems import KbError, Place, Problem, Severity, is_fatal
from kb.project import Project, kept_for_ever, read_ledger, read_static, read_taxonomy

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


def build(
    project: Project, jobs: int = 0, found: Survey | None = None, profile: Profile | None = None
) -> Built:
    """Ingest, then publish what differs from the last build, in `jobs` processes, 0 for each core.

    `found` is what the file system says, if that was asked already; `profile` takes down where
    the time goes. A record that is broken stands on the site as it last was. Anything wrong with
    the machinery (configuration, topics, templates, the output folder), or with a dump that is on
    the site already, raises KbError and changes nothing.
    """
    profile = profile or Profile()
    _refuse_output(project)
    theme = read_theme(project)
    project.cache.mkdir(exist_ok=True)
    found = found or survey(project.root, folders_of(project.config))
    try:
        return _built(project, theme, found, jobs, profile)
    except DAMAGE:
        Memo.forget(project.cache)
        return _built(project, theme, found, jobs, profile)


def _built(project: Project, theme: Theme, found: Survey, jobs: int, profile: Profile) -> Built:
    html = project.config.markdown.has_html
    with closing(Memo(project.cache, html=html)) as memo, cores(jobs) as workers:
        desk = Desk(project, theme, memo, workers, profile)
        filing, filed, texts = _filed(desk, found)
        with profile.stage("assemble the library"):
            shelf = shelve(texts, filed, project.config.content, memo.last_good)
        if memo.is_new:
            _refuse_to_forget(project, shelf.problems)
        published, reasons, faults = _publish(desk, shelf, found)
        stamps = {
            path: texts.stamps.get(path, UNPROVEN)
            for path, reading in shelf.readings.items()
            if texts.found.get(path) is reading
        }
        memo.keep_readings(shelf.readings, stamps)
    dead = (*noticed(shelf), *dead_addresses(shelf, published.manifest))
    told = with_sources((*shelf.problems, *faults), lambda path: _text(project, path))
    problems = (
        *theme.gaps(project.config),
        *card_problems(theme, project.config),
        *kept_for_ever(project),
        *filing.problems,
        *told,
        *dead,
        *_lost_addresses(published),
    )
    return Built(filing.summary, published, reasons, problems, found)


def _filed(desk: Desk, found: Survey) -> tuple[Filing, Filed, Texts]:
    """What ingest says, what it leaves to a build, and all texts after it."""
    project = desk.project
    taxonomy, known = read_taxonomy(project), read_ledger(project)
    reader = Reader(project, desk.memo, desk.workers)
    with desk.profile.stage("read and render texts"):
        texts = reader.read(stamps_of(project, found), known)
    with desk.profile.stage("ingest"):
        filing = file_entries(desk, texts, taxonomy, known, basis_of(project, found, texts))
    ledger = read_ledger(project)
    with desk.profile.stage("read and render texts"):
        texts = reader.read_again(texts, filing.changed, ledger)
    dumps, _ = read_transmissions(project)
    return filing, Filed(dumps, taxonomy, ledger), texts


def stamps_of(project: Project, found: Survey) -> dict[str, bytes]:
    """What the file system says of each file of the content, as far as that is a proof."""
    start, folder = len(os.fsencode(project.root)) + 1, os.fsencode(project.content)
    return {
        os.fsdecode(row[0][start:]).replace(os.sep, "/"): stamp_of(row)
        for row in found.sources
        if row[0].startswith(folder) and not is_young(row, found.time) and not S_ISLNK(row[-1])
    }


def _text(project: Project, path: str) -> str:
    content = disk.read_if_there(project.root / path)
    return "" if content is None else content.decode(errors="replace")


def _publish(
    desk: Desk, shelf: Shelf, found: Survey
) -> tuple[Published, dict[str, str], tuple[Problem, ...]]:
    """Publish, and tell why each page was made, and which links lead astray."""
    project, memo, static = desk.project, desk.memo, read_static(desk.project)
    desk, font = with_math_font(desk, shelf)
    with desk.profile.stage("relate articles"):
        context, frame = context_of(desk, shelf, static)
    before = manifests.read(project.output)
    standing = Standing(project.output, found)
    pages = _Pages(
        Fingerprints(desk.theme, frame), Comparison(memo.pages, memo.plan, before, standing)
    )
    press = Press(for_workers(desk.theme), frame, project.cache)
    with desk.profile.stage("plan and render pages"):
        stale = pages.stale(pages_of(static, context, desk.theme, font))
        made = make(_remembered(stale, memo), press, desk.workers)
    desk.profile.rendered(made.values())
    with desk.profile.stage("index for search"):
        shards = _shards(desk, pages, made)
    made |= shards
    pages.explain(shards)
    kept = (pages.fingerprints.keys() | pages.shards) - made.keys()
    with desk.profile.stage("publish"):
        published = publish(project.output, project.cache, before, made, kept)
        disk.remove_folder(project.cache / FOLDER)
    memo.keep_frame(frame)
    stamps = {
        **standing.stamps(),
        **proofs(published.rows, found, project.output, project.cache),
    }
    memo.keep_pages(
        {
            path: Known(fingerprint, published.manifest[path], stamps.get(path, UNPROVEN))
            for path, fingerprint in pages.all_fingerprints(published.manifest)
        }
    )
    return published, pages.why, link_problems(context.reader)


@dataclass(frozen=True, slots=True)
class _Pages:
    """Pages as they are planned: the fingerprint of each, and why it cannot stay as it is.

    `shards` are those of which the fingerprint follows from what is in them.
    """

    fingerprinter: Fingerprints
    comparison: Comparison
    fingerprints: dict[str, str] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)
    shards: set[str] = field(default_factory=set)

    def stale(self, pages: Iterable[Page]) -> Iterator[Planned]:
        """Those that cannot stay as they are, but for shards."""
        for page in pages:
            if isinstance(page.view, ShardView):
                self.shards.add(page.path)
                continue
            planned = self.fingerprinter.of(page)
            self.fingerprints[page.path] = planned.fingerprint
            if reason := self.comparison.reason(planned):
                self.why[page.path] = reason
                yield planned

    def explain(self, shards: Mapping[str, Made]) -> None:
        """Note why these shards cannot stay."""
        for path, shard in shards.items():
            if reason := self.comparison.shard_reason(path, shard.digest):
                self.why[path] = reason

    def all_fingerprints(self, published: Manifest) -> Iterator[tuple[str, str]]:
        """The fingerprint of each page as it was published, of the shards too."""
        yield from self.fingerprints.items()
        for path in self.shards:
            yield path, fingerprint_of(published[path])


def _shards(desk: Desk, pages: _Pages, made: Mapping[str, Made]) -> dict[str, Made]:
    """The shards of the search index that cannot stay as they are."""
    project, comparison = desk.project, pages.comparison
    before = Before(project.output, comparison.known.get)
    blocks = dict(blocks_of(pages.fingerprints, made, before))
    after = After(blocks, len(pages.shards), project.cache)
    return made_shards(before, comparison, after, desk.workers)


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
    output = Path(os.path.realpath(project.output))
    config = project.config
    if output.exists() and not output.is_dir():
        fact = f"the output {config.output} is no folder"
        raise KbError(
            Problem("bad-output", fact, config.place("output"), "choose another `output`")
        )
    for name in (config.content, config.templates, config.static, ".kb", ".git"):
        source = Path(os.path.realpath(project.root / name))
        if output == source or output in source.parents or source in output.parents:
            fact = f"the output folder {config.output} would overlap {name}"
            place = config.place("output")
            raise KbError(Problem("bad-output", fact, place, "choose another `output`"))
