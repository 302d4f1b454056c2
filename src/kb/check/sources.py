"""Where did a person write the address that a page of the site mentions?"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from urllib.parse import unquote

from kb import disk
from kb.check.address import Target
from kb.check.crawl import named, read
from kb.check.evidence import Evidence
from kb.check.mentions import Mention
from kb.problems import Place

MOST_PAGES = 50
"""Pages that are looked at for one address: what more of them mention is in their frame."""
REMEMBERED = 200
"""Pages of which is kept what they mention: those of one folder are often asked for together."""


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """Where an address is written, how it is written, and the line in which it stands."""

    place: Place
    url: str
    source: str = ""
    width: int = 1


@dataclass(frozen=True, slots=True)
class _Lines:
    """A file of the project, and the numbers of the lines in which something is named so."""

    path: str
    text: str
    known: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, eq=False)
class Finder:
    """Finds in a project's own files what stands on the pages of its site."""

    evidence: Evidence
    _mentions: dict[str, tuple[Mention, ...]] = field(default_factory=dict)

    def spots(self, target: Target, pages: Iterable[str]) -> tuple[Spot, ...]:
        """Where the mentions of a target on these pages come from.

        Each place in a person's files; without one the first place in the site itself.
        """
        written: dict[Place, Spot] = {}
        made: list[Spot] = []
        for page in islice(pages, MOST_PAGES):
            for url in self._urls(target, page):
                found = self.written(url, page) or tuple(self._in_theme((url, target.path)))
                written |= {spot.place: spot for spot in found}
                made += () if found or made else (self._on_page(url, page),)
        return tuple(sorted(written.values())) or tuple(made)

    def written(self, url: str, page: str) -> tuple[Spot, ...]:
        """Where an address on a page stands in the texts that it shows."""
        words = (url, unquote(url))
        files = (self._lines(path, url, page) for path in self._texts(page))
        return tuple(spot for lines in files for spot in _spots(lines, words))

    def place(self, url: str, page: str) -> Spot:
        """The first place where an address is written, in the site itself if nowhere else."""
        return next(iter((*self.written(url, page), *self._in_theme((url,)))), None) or (
            self._on_page(url, page)
        )

    def _lines(self, path: str, url: str, page: str) -> _Lines:
        """A text with the lines of its links that become this address on the page."""
        reading = self.evidence.records.shelf.readings.get(path)
        references = reading.brief.references if reading else ()
        target = self.evidence.records.reader.target
        found = ((reference, target(reference, page)) for reference in references)
        known = ((r.line, r.target) for r, there in found if there and there.url == url)
        return _Lines(path, self.evidence.text(path), tuple(known))

    def _texts(self, page: str) -> tuple[str, ...]:
        """The files of the project whose text a page shows."""
        evidence = self.evidence
        if page in evidence.records.reader.links.files:
            return (f"{evidence.project.config.static}/{page}",)
        article = evidence.written.get(page)
        return evidence.records.reader.text(article, page).files if article else ()

    def _in_theme(self, words: tuple[str, ...]) -> Iterator[Spot]:
        """Where an address, or the path that it names, stands in the project's own templates."""
        return (spot for lines in self._theme for spot in _spots(lines, words))

    @cached_property
    def _theme(self) -> tuple[_Lines, ...]:
        project = self.evidence.project
        names = map(project.name, disk.walk(project.root / project.config.templates))
        return tuple(_Lines(name, self.evidence.text(name)) for name in names)

    def _urls(self, target: Target, page: str) -> tuple[str, ...]:
        """How a page writes the addresses of a target."""
        if page not in self._mentions:
            if len(self._mentions) == REMEMBERED:
                self._mentions.clear()
            self._mentions[page] = read(page, self._content(page)).mentions
        stand = self.evidence.stand
        found = (m.url for m in self._mentions[page] if named(m, page, stand)[1] == target)
        return tuple(dict.fromkeys(found))

    def _content(self, page: str) -> bytes:
        return disk.read_if_there(self.evidence.project.output / page) or b""

    def _on_page(self, url: str, page: str) -> Spot:
        path, text = self.evidence.site_path(page), self._content(page).decode(errors="replace")
        words = (url, html.escape(url), url.replace("&", "&amp;"))
        return next(_spots(_Lines(path, text), words), Spot(Place(path), url))


def _spots(lines: _Lines, words: Iterable[str]) -> Iterator[Spot]:
    """Where the known lines name something; without any, where the first of the words stands."""
    rows = lines.text.split("\n")
    for number, name in lines.known:
        row = rows[number - 1] if 0 < number <= len(rows) else ""
        column = row.find(name) + 1
        yield Spot(Place(lines.path, number, column), name, row, len(name) if column else 1)
    if lines.known:
        return
    for word in dict.fromkeys(words):
        if found := _whole(word).search(lines.text):
            number = lines.text.count("\n", 0, found.start()) + 1
            column = found.start() - (lines.text.rfind("\n", 0, found.start()) + 1) + 1
            yield Spot(Place(lines.path, number, column), word, rows[number - 1], len(word))
            return


def _whole(word: str) -> re.Pattern[str]:
    """An address that is no part of a longer one; a bare word is one where addresses stand."""
    before = r"(?<![\w/.%#-])" if re.search("[./#?]", word) else r"""(?<=[(<"'=])"""
    return re.compile(rf"{before}{re.escape(word)}(?![\w/%-]|[.?#&]\w)")
