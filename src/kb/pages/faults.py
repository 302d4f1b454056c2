"""Which links of a text lead nowhere, to one of several, or around in a circle?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kb.library.nearest import nearest
from kb.markup import Reference
from kb.model import Article
from kb.pages.bodies import DEEPEST, MOST_EMBEDS, Fault, Reader
from kb.pages.links import Place as Target
from kb.problems import Place, Problem, Severity, did_you_mean

_FACTS = {
    "embed-cycle": "a text would stand in itself: {trail}",
    "deep-embed": f"more than {DEEPEST} texts would stand in one another: {{trail}}",
    "many-embeds": f"the page would hold more than {MOST_EMBEDS} other texts",
    "inner-heading": "the heading stands in a quotation or a list, so no section is under it",
}
_HINT = "it is shown as a link; write it as one, without the !"


def link_problems(reader: Reader) -> tuple[Problem, ...]:
    """A warning for each link that an editor would mend, by file and line."""
    return tuple(_Proof(reader).problems())


@dataclass(frozen=True, eq=False)
class _Proof:
    reader: Reader

    def problems(self) -> Iterator[Problem]:
        links = self.reader.links
        library = links.library
        everything = (*library.articles, *library.pages, *library.intros.values())
        for article in sorted(everything, key=lambda article: article.path):
            references = links.briefs[article.path].references
            for reference in references:
                yield from self._of(reference, article.path)
            if any(reference.is_embed for reference in references):
                yield from self._of_embeds(article)

    def _of(self, reference: Reference, path: str) -> Iterator[Problem]:
        if reference.target.startswith("/"):
            return
        links, place = self.reader.links, Place(path, reference.line)
        found = links.place(reference)
        if found is None:
            yield from self._of_file(reference, place)
        elif found.is_unknown:
            yield _unknown_heading(found, reference.anchor, self._headings(found.article), place)
        if found and found.rivals:
            others = " and ".join(article.path for article in found.rivals[:3])
            slugs = " or ".join(f"[[{article.slug}]]" for article in found.rivals[:3])
            fact = f'"{reference.target}" names {others}; the first is taken'
            yield _warning("ambiguous-link", fact, place, f"write the slug: {slugs}")

    def _of_file(self, reference: Reference, place: Place) -> Iterator[Problem]:
        name, links = reference.target, self.reader.links
        rivals = links.files_called(name)
        if len(rivals) > 1:
            fact = f'static/ has several files called "{name}"; {rivals[0]} is taken'
            others = " or ".join(f"/{path}" for path in rivals[:3])
            yield _warning("ambiguous-link", fact, place, f"write its path: {others}")
        elif not rivals and reference.is_image:
            files = (path.rpartition("/")[2] for path in links.files)
            hint = did_you_mean(name, files) or "put it into static/, or write its path from there"
            yield _warning("dead-link", f'static/ has no file called "{name}"', place, hint)
        elif not rivals:
            meant = self._meant.get(name)
            advice = "a link names an article by its slug, title, alias or file"
            hint = f'did you mean "{meant}"?' if meant else advice
            yield _warning("dead-link", f'no article is called "{name}"', place, hint)

    def _headings(self, article: Article) -> list[str]:
        brief = self.reader.links.briefs[article.path]
        return [heading.text for heading in (*brief.outline, *brief.inner)]

    @cached_property
    def _meant(self) -> Mapping[str, str]:
        """What each name that no article has was likely meant to be."""
        links = self.reader.links
        references = (r for brief in links.briefs.values() for r in brief.references)
        dead = (r.target for r in references if not r.is_image and not links.place(r))
        articles = links.library.articles
        names = (name for a in articles for name in (a.slug, a.title, *a.aliases))
        return nearest((target for target in dead if not target.startswith("/")), names)

    def _of_embeds(self, article: Article) -> Iterator[Problem]:
        faults = self.reader.text(article, article.path).faults
        for fault in {(fault.number, fault.code): fault for fault in reversed(faults)}.values():
            is_anothers = fault.code == "inner-heading" and len(fault.trail) > 2
            if fault.code in _FACTS and not is_anothers:
                yield self._of_embed(article, fault)

    def _of_embed(self, article: Article, fault: Fault) -> Problem:
        reference = self.reader.links.briefs[article.path].references[fault.number]
        fact = _FACTS[fault.code].format(trail=" → ".join(fault.trail))
        return _warning(fault.code, fact, Place(article.path, reference.line), _HINT)


def _unknown_heading(found: Target, words: str, known: list[str], place: Place) -> Problem:
    fact = f'{found.article.path} has no heading "{words}"'
    advice = "write the heading's words as they stand there"
    hint = did_you_mean(words, known) or advice
    return _warning("unknown-heading", fact, place, hint)


def _warning(code: str, fact: str, place: Place, hint: str) -> Problem:
    return Problem(code, fact, place, hint, Severity.WARNING)
