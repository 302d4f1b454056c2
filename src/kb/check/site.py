"""Is the built site there, whole, and of what the project says now?"""

from collections.abc import Iterator

from kb.check.address import Where
from kb.check.evidence import Evidence
from kb.check.mentions import Kind
from kb.check.sources import Finder
from kb.counts import counted
from kb.problems import Place, Problem, Severity

_HOME = "index.html"
_BUILD = "`kb build` makes it"


def unbuilt(evidence: Evidence) -> Iterator[Problem]:
    """A site that nobody has built."""
    if not evidence.crawl.listed:
        fact = "no site is built here, so that only the texts are checked"
        yield Problem("no-site", fact, Place(evidence.project.config.output), _BUILD)


def stale(evidence: Evidence) -> Iterator[Problem]:
    """A site that is older than what it was built from."""
    if evidence.edited and evidence.crawl.listed:
        more = len(evidence.edited) - 1
        others = (
            f", and so {'was' if more == 1 else 'were'} {counted(more, 'other file')}"
            if more
            else ""
        )
        fact = f"this was edited after the site was built{others}"
        hint = "`kb build`, then check again"
        yield Problem("stale-site", fact, Place(evidence.edited[0]), hint, Severity.WARNING)


def missing_files(evidence: Evidence) -> Iterator[Problem]:
    """Files that kb wrote and somebody took away."""
    for path in sorted(evidence.crawl.listed - evidence.crawl.there):
        yield Problem("missing-file", "kb wrote this, and it is gone", _at(evidence, path), _BUILD)


def broken_formats(evidence: Evidence) -> Iterator[Problem]:
    """Feeds and other files for programs that no program can read."""
    for path, fault in evidence.crawl.faults:
        place = Place(evidence.site_path(path), fault.line, fault.column)
        hint = "its template, or the file in static/, must be mended"
        yield Problem("broken-format", fault.fact, place, hint, Severity.WARNING)


def wordless_images(evidence: Evidence) -> Iterator[Problem]:
    """Images without alternative text in HTML; those in Markdown are told when it is read."""
    finder = Finder(evidence)
    pages: dict[str, str] = {}
    for path in sorted(evidence.crawl.wordless):
        for url in evidence.crawl.wordless[path]:
            pages.setdefault(url, path)
    for url, path in pages.items():
        spot = finder.place(url, path)
        fact = f'the image "{url}" has no alternative text'
        hint = 'say what it shows in alt="…", or write alt="" for an ornament'
        yield Problem(
            "image-without-words", fact, spot.place, hint, Severity.WARNING, spot.source, spot.width
        )


def orphans(evidence: Evidence) -> Iterator[Problem]:
    """Articles, topics and free pages to which no way leads from the home page."""
    reached = _reached(evidence) if _HOME in evidence.crawl.there else evidence.crawl.there
    for path in sorted(evidence.written.keys() & evidence.crawl.there - reached):
        fact = "its page cannot be reached from the home page by links"
        hint = "link to it from a page that can be reached"
        place = Place(evidence.written[path].path)
        yield Problem("orphan", fact, place, hint, Severity.WARNING)


def _reached(evidence: Evidence) -> frozenset[str]:
    """The files to which ways of links lead from the home page."""
    crawl = evidence.crawl
    paths = [
        target.path if kind is Kind.LINK and target.where is Where.INSIDE else ""
        for kind, target in crawl.named
    ]
    waiting, seen = [_HOME], {_HOME}
    while waiting:
        for number in crawl.mentions.get(waiting.pop(), ()):
            path = paths[number]
            if path and path not in crawl.there:
                path = f"{path}/index.html"
            if path in crawl.there and path not in seen:
                seen.add(path)
                waiting.append(path)
    return frozenset(seen)


def _at(evidence: Evidence, path: str) -> Place:
    return Place(evidence.site_path(path))
