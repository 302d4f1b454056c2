"""How are many pages made on all cores, and kept aside until every one is good?"""

import pickle
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from time import perf_counter

from kb import disk
from kb.build.cards import card_bytes
from kb.build.fingerprints import Frame, Planned, page_of
from kb.build.manifest import content_digest
from kb.build.math_font import font_bytes
from kb.build.memo import Bodies
from kb.build.render import Renderer, Texts
from kb.build.theme import ASSETS, FONTS, Theme
from kb.cores import Cores
from kb.pages.context import Page
from kb.pages.machine_views import CardView, FontView
from kb.problems import KbError, Place, Problem

FOLDER = "next"
TASK = 64
"""Pages that one task makes."""


@dataclass(frozen=True, slots=True)
class Made:
    """A page as it was made: its path in the site, the digest of its bytes, and their file.

    `seconds` are what its template took.
    """

    path: str
    template: str
    seconds: float
    digest: str
    file: str


@dataclass(frozen=True, slots=True)
class Press:
    """All that a worker needs: the theme without assets, the frame, and the cache folder."""

    theme: Theme
    frame: Frame
    cache: Path


@dataclass(frozen=True, slots=True)
class _Task:
    """Pages with a number each, and the pickled press."""

    press: bytes
    pages: tuple[tuple[int, Planned], ...]


def make(pages: Iterable[Planned], press: Press, workers: Cores) -> dict[str, Made]:
    """The pages as files in the cache folder, by path.

    Raises KbError with the problems of all that cannot be made.
    """
    disk.remove_folder(press.cache / FOLDER)
    packed = pickle.dumps(press)
    made: dict[str, Made] = {}
    problems: dict[Place, Problem] = {}
    for batch, faults in workers.map(_made, _tasks(pages, packed)):
        made |= {page.path: page for page in batch}
        problems |= {problem.place: problem for problem in faults}
    if problems:
        raise KbError(problems.values())
    return made


def for_workers(theme: Theme) -> Theme:
    """The theme without what only the main process reads."""
    shipped, own = (
        {name: file for name, file in files.items() if not name.startswith((ASSETS, FONTS))}
        for files in (theme.shipped, theme.own)
    )
    return Theme(shipped, own)


def _tasks(pages: Iterable[Planned], press: bytes) -> Iterator[_Task]:
    numbered = enumerate(pages)
    while batch := tuple(islice(numbered, TASK)):
        yield _Task(press, batch)


def _made(task: _Task) -> tuple[tuple[Made, ...], tuple[Problem, ...]]:
    press, renderer = _ready(task.press)
    with closing(Bodies(press.cache)) as bodies:
        return _rendered(task, press, renderer, Texts(bodies.markup, bodies.text, bodies.prose))


def _rendered(
    task: _Task, press: Press, renderer: Renderer, texts: Texts
) -> tuple[tuple[Made, ...], tuple[Problem, ...]]:
    made: list[Made] = []
    problems: list[Problem] = []
    folder = str(press.cache / FOLDER)
    for number, page in task.pages:
        start = perf_counter()
        try:
            content = _content(page_of(page), press, renderer, texts)
        except KbError as error:
            problems += error.problems
            continue
        file = f"{folder}/{number // 1000}/{number}"
        seconds = perf_counter() - start
        disk.put(file, content)
        made.append(Made(page.path, page.template, seconds, content_digest(content), file))
    return tuple(made), tuple(problems)


def _content(page: Page, press: Press, renderer: Renderer, texts: Texts) -> bytes:
    if isinstance(page.view, FontView):
        return font_bytes(page.view, press.cache)
    if isinstance(page.view, CardView):
        return card_bytes(page.view, press.cache.parent)
    return renderer.render(page, texts)


@lru_cache(maxsize=1)
def _ready(packed: bytes) -> tuple[Press, Renderer]:
    """The press of a worker, with its templates compiled once."""
    press: Press = pickle.loads(packed)  # noqa: S301 - our own process made it
    return press, Renderer(press.theme, press.frame)
