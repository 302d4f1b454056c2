"""What stands in a text once its links are followed and the texts that it embeds are found?"""

from dataclasses import dataclass, field, replace
from urllib.parse import quote

from kb.languages import written
from kb.markup import Reference, Target
from kb.model import Article
from kb.pages.brief import Body, Embed
from kb.pages.links import Links, Place
from kb.pages.paths import Paths
from kb.routes import relative_url, site_path, site_url

DEEPEST = 4
"""Texts inside one another; what lies deeper is linked to."""
MOST_EMBEDS = 100
"""Texts embedded in one page; what comes after is linked to."""


@dataclass(frozen=True, slots=True)
class Step:
    """An embed that is followed: the file it stands in, and its number among the references."""

    path: str
    number: int


@dataclass(frozen=True, slots=True)
class Fault:
    """An embed of a page that becomes a link: its number, why, and the files that lead there."""

    number: int
    code: str
    trail: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A body, the files whose text it shows, the articles that it links to in order.

    `faults` are what cannot be embedded in it.
    """

    body: Body
    files: tuple[str, ...]
    linked: tuple[Article, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, eq=False)
class Reader:
    """Follows the links of texts."""

    links: Links
    paths: Paths

    def text(self, article: Article, origin: str) -> Text:
        """The text of an article for the page at `origin`."""
        walk = _Walk(self, origin)
        body = walk.body(Place(article, None), ())
        linked = (found for found in walk.linked.values() if found is not article)
        return Text(body, tuple(walk.files), tuple(linked), tuple(walk.faults))

    def target(self, reference: Reference, origin: str) -> Target | None:
        """Where a reference on the page at `origin` leads."""
        place = self.links.place(reference)
        if place is not None:
            return self.target_of(place, reference, origin)
        style = self.paths.style
        if reference.target.startswith("/"):
            url = _with_anchor(site_url(reference.target, origin, style), reference.anchor)
            size = self.links.files.get(site_path(reference.target), (0, 0))
            return Target(url, reference.target, *size)
        file = self.links.file(reference.target)
        if file is None:
            return None
        url = relative_url(file, origin, style)
        return Target(url, reference.target, *self.links.files[file])

    def target_of(self, place: Place, reference: Reference, origin: str) -> Target:
        """The place that a reference on the page at `origin` names, as a link."""
        article, heading = place.article, place.heading
        url = relative_url(self.paths.article(article), origin, self.paths.style)
        url = _with_anchor(url, heading.id if heading else "")
        return Target(url, shown_title(place, reference))


def shown_title(place: Place, reference: Reference) -> str:
    """The words of a link that brings none."""
    words = place.heading.text if place.heading else reference.anchor if place.is_unknown else ""
    return f"{place.article.title} › {words}" if words else place.article.title


def _with_anchor(url: str, anchor: str) -> str:
    return f"{url}#{quote(anchor)}" if anchor else url


@dataclass(slots=True)
class _Walk:
    """One page's way through the texts that it holds."""

    reader: Reader
    origin: str
    files: dict[str, None] = field(default_factory=dict)
    linked: dict[str, Article] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    embeds: int = 0

    def body(self, place: Place, steps: tuple[Step, ...]) -> Body:
        links, path = self.reader.links, place.article.path
        brief = links.briefs[path]
        self.files[path] = None
        targets: list[Target | None] = []
        embeds: list[Embed] = []
        for number in links.within(place):
            reference = brief.references[number]
            found = links.place(reference)
            target = self._target(reference, found)
            if found and reference.is_embed:
                further = (*steps, Step(path, number))
                if self._may_stand(found, further):
                    embeds.append(self._embed(len(targets), found, further))
                    # its heading is shown anyway
                    target = replace(target, title=found.article.title) if target else None
            elif found:
                self.linked.setdefault(found.article.slug, found.article)
            targets.append(target)
        return Body(brief.key, tuple(targets), tuple(embeds))

    def _target(self, reference: Reference, found: Place | None) -> Target | None:
        if found is None:
            return self.reader.target(reference, self.origin)
        return self.reader.target_of(found, reference, self.origin)

    def _may_stand(self, found: Place, steps: tuple[Step, ...]) -> bool:
        """Whether the text found can be shown after these steps; why not is noted."""
        code = self._fault(found, steps)
        if code:
            trail = (*(step.path for step in steps), found.article.path)
            self.faults.append(Fault(steps[0].number, code, trail))
        return not code

    def _embed(self, number: int, found: Place, steps: tuple[Step, ...]) -> Embed:
        self.embeds += 1
        article, heading = found.article, found.heading
        lang = written(article.lang)
        return Embed(number, lang, heading.id if heading else "", self.body(found, steps))

    def _fault(self, found: Place, steps: tuple[Step, ...]) -> str:
        """Why the text found cannot be shown after these steps, if it cannot."""
        within = self.reader.links.within(found)
        path = found.article.path
        if found.is_unknown:
            return "unknown-heading"
        if found.heading in self.reader.links.briefs[path].inner:
            return "inner-heading"
        around = [step for step in steps if step.path == path and step.number in within]
        if around:
            return "embed-cycle" if around[0] is steps[0] else "inner-cycle"
        if len(steps) > DEEPEST:
            return "deep-embed"
        if self.embeds >= MOST_EMBEDS:
            return "many-embeds"
        return ""
