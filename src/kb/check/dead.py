"""Which addresses on the pages of a site lead to nothing?"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial

from kb.check.address import Target, Where
from kb.check.crawl import Crawl
from kb.check.evidence import Evidence
from kb.check.mentions import Kind
from kb.check.sources import Finder, Spot
from kb.counts import counted
from kb.library.nearest import nearest
from kb.problems import Problem, Severity

LEAST_ALIKE = 0.75
"""How alike a name must be to one that is not there to be what was meant: pages are many."""
_FOLLOWED = {Kind.LINK, Kind.ENTRY}


@dataclass(frozen=True, slots=True)
class _Sort:
    """A sort of dead address: its code, which are of it, what is said of one, what is advised."""

    code: str
    has: Callable[[Crawl, Kind, Target], bool]
    fact: str
    hint: str


def _is_dead(followed: bool, crawl: Crawl, kind: Kind, target: Target) -> bool:  # noqa: FBT001 - bound below
    """Whether a file is not there; of one that kb wrote and that is gone another check tells."""
    return (
        target.where is Where.INSIDE
        and (kind in _FOLLOWED) is followed
        and not crawl.has(target.path)
        and target.path not in crawl.listed
    )


def _is_unanchored(crawl: Crawl, _kind: Kind, target: Target) -> bool:
    """Whether a page is there, and the place on it is not."""
    if target.where is not Where.INSIDE or not target.anchor or not crawl.has(target.path):
        return False
    path = target.path if target.path in crawl.there else f"{target.path}/index.html"
    return not crawl.has_anchor(path, target.anchor)


def _is_outside(_crawl: Crawl, _kind: Kind, target: Target) -> bool:
    return target.where is Where.OUTSIDE


def _told(sort: _Sort, evidence: Evidence) -> Iterator[Problem]:
    """A problem for each place where a person wrote such an address, once for each address."""
    crawl, finder = evidence.crawl, Finder(evidence)
    dead = {n: found[1] for n, found in enumerate(crawl.named) if sort.has(crawl, *found)}
    pages: defaultdict[Target, set[str]] = defaultdict(set)
    for number, names in crawl.naming(dead).items():
        pages[dead[number]].update(names)
    meant = _meant(crawl, pages)
    for target in sorted(pages, key=lambda target: (target.path, target.anchor)):
        spots = finder.spots(target, sorted(pages[target]))
        others = 0 if _is_in_source(spots, evidence) else len(pages[target]) - 1
        verb = "does" if others == 1 else "do"
        more = f", as {counted(others, 'other page')} {verb}" if others else ""
        hint = f'did you mean "{meant[target.path]}"?' if target.path in meant else sort.hint
        for spot in spots:
            fact = sort.fact.format(url=spot.url, path=target.path, anchor=target.anchor) + more
            yield Problem(
                sort.code, fact, spot.place, hint, Severity.WARNING, spot.source, spot.width
            )


def _is_in_source(spots: Iterable[Spot], evidence: Evidence) -> bool:
    """Whether a person wrote it: then every page that shows the text is one case."""
    return not any(spot.place.path.startswith(evidence.site_path("")) for spot in spots)


def _meant(crawl: Crawl, targets: Mapping[Target, object]) -> Mapping[str, str]:
    """For each path that is not there the one with the name most like its own."""
    missing = {target.path for target in targets if not crawl.has(target.path)}
    names = {_name(path): path for path in sorted(crawl.there, reverse=True)} if missing else {}
    meant = nearest(map(_name, missing), names)
    likely = ((path, meant.get(_name(path), "")) for path in missing)
    return {path: names[name] for path, name in likely if name and _alike(path, name)}


def _alike(path: str, name: str) -> bool:
    return SequenceMatcher(None, _name(path), name).ratio() >= LEAST_ALIKE


def _name(path: str) -> str:
    """What a page is called, in either style of addresses; a file of another kind with its end."""
    return path.removesuffix("/index.html").removesuffix(".html").rpartition("/")[2]


_LINK = _Sort(
    "dead-link",
    partial(_is_dead, True),
    'this links to "{url}", and the site has no {path}',
    "name a page or a file of the site",
)
_ASSET = _Sort(
    "missing-asset",
    partial(_is_dead, False),
    'this needs "{url}", and the site has no {path}',
    "put it into static/, or take it out",
)
_ANCHOR = _Sort(
    "dead-anchor",
    _is_unanchored,
    'this links to "{url}", and {path} has no place called "{anchor}"',
    "name the id of a heading or of another element there",
)
_OUTSIDE = _Sort(
    "outside-link",
    _is_outside,
    '"{url}" is outside of the site\'s own folder',
    "write the whole address, with https://, or a path within the site",
)

dead_links = partial(_told, _LINK)
missing_assets = partial(_told, _ASSET)
dead_anchors = partial(_told, _ANCHOR)
outside_links = partial(_told, _OUTSIDE)
