"""Which article, heading or file does a link name?"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from kb.library.library import Library
from kb.markup import Heading, Reference, end_of, fold, written_id
from kb.model import Article
from kb.pages.brief import Brief

_FROM_FILE = re.compile(r"^(?:\.{1,2}/)*(?:static/)?")
"""How a path begins that leads from an article's own file to one of static/."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in an article: the heading that was asked for, None for the whole or an unknown.

    `rivals` are all articles that have the name, if it is not this one's alone.
    """

    article: Article
    heading: Heading | None
    is_unknown: bool = False
    rivals: tuple[Article, ...] = ()


@dataclass(frozen=True, eq=False)
class Links:
    """All that links can name: the library, what its texts hold, and the files of static/."""

    library: Library
    briefs: Mapping[str, Brief]
    files: Mapping[str, tuple[int, int]]

    def place(self, reference: Reference) -> Place | None:
        """The article, and the heading in it, that a reference names.

        A name may itself hold the sign before a heading: `[[C#]]`.
        """
        if reference.is_image or reference.target.startswith("/"):
            return None
        return self._place(reference.target, reference.anchor)

    @cached_property
    def _place(self) -> Callable[[str, str], Place | None]:
        """What is found of each name and heading, once: many links name the same."""
        return cache(self._found)

    def _found(self, target: str, anchor: str) -> Place | None:
        library = self.library
        if anchor and (article := library.find(f"{target}#{anchor}")):
            return Place(article, None)
        articles = library.called(target) or library.called(target.rstrip("#"))
        if not articles:
            return None
        heading = self.heading(articles[0], anchor) if anchor else None
        rivals = articles if len(articles) > 1 else ()
        return Place(articles[0], heading, bool(anchor) and heading is None, rivals)

    def heading(self, article: Article, words: str) -> Heading | None:
        """The heading of an article with this id or these words, the first of several."""
        brief = self.briefs[article.path]
        every = (*brief.outline, *brief.inner)
        exact = (heading for heading in every if words in _names(heading))
        if found := next(exact, None):
            return found
        folded = fold(words)
        return next((heading for heading in every if fold(heading.text) == folded), None)

    def within(self, place: Place) -> range:
        """The numbers of the references that stand under a place's heading, or in all the text."""
        brief = self.briefs[place.article.path]
        if place.heading not in brief.outline:
            return range(len(brief.references))
        which = brief.outline.index(place.heading)
        parts = range(which + 1, end_of(brief.outline, which) + 1)
        found = [n for n, reference in enumerate(brief.references) if reference.part in parts]
        return range(found[0], found[-1] + 1) if found else range(0)

    def file(self, name: str) -> str | None:
        """The path of the one file of static/ with this name or path, or the first by path."""
        found = self.files_called(name)
        return found[0] if found else None

    def files_called(self, name: str) -> tuple[str, ...]:
        """The paths of all files of static/ that a name could mean."""
        return self._files.get(_FROM_FILE.sub("", name.casefold()), ())

    @cached_property
    def _files(self) -> dict[str, tuple[str, ...]]:
        """Files by each end of their path: `fox.png`, `images/fox.png`; the shortest path first."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for path in sorted(self.files, key=lambda path: (path.count("/"), path)):
            for name in _ends(path.casefold()):
                found[name].append(path)
        return {name: tuple(paths) for name, paths in found.items()}


def _names(heading: Heading) -> tuple[str, ...]:
    return heading.text, heading.id, written_id(heading.id)


def _ends(path: str) -> Iterable[str]:
    parts = path.split("/")
    return ("/".join(parts[n:]) for n in range(len(parts)))
