"""Which articles does a source of an import hold?"""

from collections.abc import Container, Mapping
from dataclasses import dataclass

from kb.exchange import lines, notes, sidecar
from kb.exchange.copies import Copy
from kb.exchange.paths import below
from kb.exchange.plan import Present
from kb.exchange.returned import decoded_text, returned
from kb.exchange.sidecar import SIDECAR
from kb.problems import KbError, Place, Problem


@dataclass(frozen=True, slots=True)
class Arrived:
    """What a source holds: articles, files that are none, and what is wrong."""

    copies: tuple[Copy, ...]
    left: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder to import: Markdown by its name in it, and the names of all others."""

    path: str
    files: Mapping[str, bytes]
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Here:
    """What the project has that decides how a note comes in: records and topics."""

    present: Present
    topics: Container[str]


def of_lines(content: bytes, name: str) -> Arrived:
    """What the lines of the file `name` hold."""
    found, problems = lines.read(content, name)
    return Arrived(found, (), problems)


def of_folder(folder: Folder, listed: bytes, here: Here) -> Arrived:
    """What a folder holds, of which its sidecar tells in `listed`, empty where there is none."""
    name = f"{folder.path}/{SIDECAR}"
    listings, broken = sidecar.read(listed, name)
    back = returned(folder.files, listings, folder.path, name)
    if broken:  # what it does not list may be what it cannot tell of
        return Arrived(back.copies, (*folder.left, *back.strangers), (*broken, *back.problems))
    strangers = {name: folder.files[name] for name in back.strangers}
    new = of_notes(Folder(folder.path, strangers), here, back.copies)
    return Arrived((*back.copies, *new.copies), folder.left, (*back.problems, *new.problems))


def of_notes(folder: Folder, here: Here, before: tuple[Copy, ...] = ()) -> Arrived:
    """What notes of another tool hold, `before` being what came in already."""
    slugs = here.present.slugs.items()
    owners = {slug: below(path, here.present.folder) for slug, path in slugs} | _slugs(before)
    found: list[Copy] = []
    problems: list[Problem] = []
    for name, content in sorted(folder.files.items()):
        place = Place(f"{folder.path}/{name}")
        try:
            text = decoded_text(content, place)
            fitted = notes.fitted(text, name, place, notes.Known(here.topics, owners))
        except KbError as error:
            problems += error.problems
            continue
        found.append(fitted.copy)
        problems += fitted.problems
        owners |= _slugs((fitted.copy,))
    return Arrived(tuple(found), (), tuple(problems))


def _slugs(copies: tuple[Copy, ...]) -> dict[str, str]:
    return {copy.record.article.slug: copy.path for copy in copies if copy.record}
