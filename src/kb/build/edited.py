"""Was nothing but the prose of texts edited, so that only the pages that show them differ?

All other pages are functions of what the texts say to a library: titles, topics, tags, excerpts,
links, headings. While that is the same, so are their views.
"""

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace

import msgspec

from kb import disk
from kb.build import manifest as manifests
from kb.build.compare import reason_of
from kb.build.fingerprints import Fingerprints, Planned
from kb.build.memo import Bodies, Known, Memo, body_of
from kb.build.press import FOLDER, Press, for_workers, make
from kb.build.profile import Profile
from kb.build.publish import Published, publish
from kb.build.reading import Reading, reading_of
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
        with closing(Bodies(project.cache)) as bodies:
            bodies.add(body_of(edit.new, edit.text, edit.markup) for edit in edits)
        theme = read_theme(project)
        before = {page.path: page for edit in edits for page in memo.showing(edit.new.article.path)}
        fingerprints = Fingerprints(theme, frame)
        after = [fingerprints.over(_with_keys(page, edits)) for page in before.values()]
        press = Press(for_workers(theme), frame, project.cache)
        published = _published(project, press, after, profile)
        for edit in edits:
            memo.edit_reading(edit.new, UNPROVEN)
        stamps = proofs(published.rows, look.found, project.output, project.cache)
        memo.keep_plans(after)
        memo.edit_pages(
            {
                page.path: Known(
                    page.fingerprint,
                    published.manifest[page.path],
                    stamps.get(page.path, UNPROVEN),
                )
                for page in after
            },
            {page.fingerprint for page in before.values()} - {page.fingerprint for page in after},
        )
    return Edited(published, {page.path: reason_of(before[page.path], page) for page in after})


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


def _published(
    project: Project, press: Press, pages: Iterable[Planned], profile: Profile
) -> Published:
    before = manifests.read(project.output)
    made = make(pages, press, Cores())
    profile.rendered(made.values())
    published = publish(project.output, project.cache, before, made, before.keys() - made.keys())
    disk.remove_folder(project.cache / FOLDER)
    return published
