"""Was nothing but the prose of texts edited, so that only the pages that show them differ?

All other pages are functions of what the texts say to a library: titles, topics, tags, excerpts,
links, headings. While that is the same, so are their views.
"""

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from kb import disk
from kb.build import manifest as manifests
from kb.build.compare import OTHER_TERMS, reason_of
from kb.build.fingerprints import Fingerprints, Planned
from kb.build.manifest import Manifest
from kb.build.memo import Bodies, Known, Memo, body_of
from kb.build.press import FOLDER, Made, Press, for_workers, make
from kb.build.profile import Profile
from kb.build.publish import Published, publish
from kb.build.reading import Reading, reading_of
from kb.build.search import Before, edited_shards, fingerprint_of, is_block, is_shard
from kb.build.standing import UNPROVEN, proofs
from kb.build.theme import read_theme
from kb.build.unchanged import Look
from kb.cores import Cores
from kb.library.records import normalise
from kb.markup import Markup
from kb.problems import KbError
from kb.project import Project, read_text

_ENCODER = msgspec.msgpack.Encoder(order="deterministic")


@dataclass(frozen=True, slots=True)
class Edited:
    """What was published, and why."""

    published: Published
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Edit:
    """A text before and after: its readings, and what it is now."""

    old: Reading
    new: Reading
    text: str
    markup: Markup


def publish_edits(project: Project, look: Look, profile: Profile) -> Edited | None:
    """Publish the pages of edited texts; None, with nothing done, where others may differ too."""
    paths = look.edited()
    if not paths or any(problem.place.path in paths for problem in look.last.said.problems):
        return None
    with closing(Memo(project.cache, html=project.config.markdown.has_html)) as memo:
        edits = [edit for path in paths if (edit := _edit(project, memo, path))]
        frame = memo.frame()
        if frame is None or len(edits) < len(paths):
            return None
        before = {page.path: page for edit in edits for page in memo.showing(edit.new.article.path)}
        theme = read_theme(project)
        fingerprints = Fingerprints(theme, frame)
        after = [fingerprints.over(_with_keys(page, edits)) for page in before.values()]
        made = _made(after, edits, Press(for_workers(theme), frame, project.cache))
        profile.rendered(made.values())
        standing = manifests.read(project.output)
        with profile.stage("index for search"):
            shards = _shards(project, memo, made, standing)
        if shards is None:
            return None
        published = _published(project, standing, made | shards)
        for edit in edits:
            memo.edit_reading(edit.new, UNPROVEN)
        stamps = proofs(published.rows, look.found, project.output, project.cache)
        memo.keep_plans(after)
        gone = {page.fingerprint for page in before.values()}
        gone -= {page.fingerprint for page in after}
        memo.edit_pages(_known(after, shards, published.manifest, stamps), gone)
    reasons = {page.path: reason_of(before[page.path], page) for page in after}
    return Edited(published, reasons | dict.fromkeys(shards, OTHER_TERMS))


def _made(pages: Iterable[Planned], edits: Iterable[_Edit], press: Press) -> dict[str, Made]:
    """The pages, from the texts as they are now."""
    with closing(Bodies(press.cache)) as bodies:
        bodies.add(body_of(edit.new, edit.text, edit.markup) for edit in edits)
    return make(pages, press, Cores())


def _known(
    pages: Iterable[Planned],
    shards: Mapping[str, Made],
    published: Manifest,
    stamps: Mapping[str, bytes],
) -> dict[str, Known]:
    """What is known of the pages and shards once they are published."""
    found = {page.path: page.fingerprint for page in pages}
    found |= {path: fingerprint_of(shard.digest) for path, shard in shards.items()}
    return {
        path: Known(fingerprint, published[path], stamps.get(path, UNPROVEN))
        for path, fingerprint in found.items()
    }


def _edit(project: Project, memo: Memo, path: str) -> _Edit | None:
    """An edit of a text that no dump holds, if it says what it said, and nothing is wrong."""
    old = memo.reading(path)
    try:
        text = normalise(read_text(project.root / path, path))
        new, markup = reading_of(text, path, html=project.config.markdown.has_html)
    except KbError:
        return None
    if old is None or new.article.id or old.problems or new.problems:
        return None
    if _said(old) != _said(new):
        return None
    return _Edit(old, new, text, markup)


def _said(reading: Reading) -> bytes:
    """What a text says to pages that do not show it."""
    references = tuple(replace(found, line=0) for found in reading.brief.references)
    brief = replace(reading.brief, key="", references=references)
    return _ENCODER.encode((replace(reading.article, body_line=0), brief))  # 1 is not true


def _with_keys(page: Planned, edits: Iterable[_Edit]) -> Planned:
    """A page with the new texts, whose keys are all that its view holds of them."""
    view = page.view
    for edit in edits:
        view = view.replace(edit.old.key.encode(), edit.new.key.encode())
    return replace(page, view=view)


def _shards(
    project: Project, memo: Memo, made: Mapping[str, Made], standing: Manifest
) -> dict[str, Made] | None:
    """The shards of the search index that the pages change; None where that cannot be told."""
    blocks = {path: Path(page.file) for path, page in made.items() if is_block(path)}
    shards = sum(map(is_shard, standing))
    return edited_shards(Before(project.output, memo.known), blocks, shards, project.cache)


def _published(project: Project, standing: Manifest, made: Mapping[str, Made]) -> Published:
    kept = standing.keys() - made.keys()
    published = publish(project.output, project.cache, standing, made, kept)
    disk.remove_folder(project.cache / FOLDER)
    return published
