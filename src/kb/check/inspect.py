"""Which checks are there, and what do they find?"""

import re
from collections.abc import Callable, Iterator

from kb.check import dead, site, texts
from kb.check.evidence import Evidence
from kb.problems import Problem, with_source

Check = Callable[[Evidence], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (
    texts.told_by_builds,
    texts.repeated_titles,
    texts.needing_review,
    texts.unused_tags,
    texts.lonely_tags,
    site.unbuilt,
    site.stale,
    site.missing_files,
    site.broken_formats,
    site.wordless_images,
    site.orphans,
    dead.dead_links,
    dead.missing_assets,
    dead.dead_anchors,
    dead.outside_links,
)
"""In this order: what one tells of a line, no later one tells again."""

_DEAD = {"dead-link", "missing-asset", "dead-anchor", "unknown-heading"}
"""Codes by which one address may be told twice: of the text, and of the page that it became."""
_NAMED = re.compile(r'"([^"]+)"|has no (\S+)')


def inspect(evidence: Evidence) -> tuple[Problem, ...]:
    """All that the checks find, with the line of each."""
    told: set[tuple[str, int, str]] = set()
    found: list[Problem] = []
    for check in CHECKS:
        new = [p for p in check(evidence) if p.code not in _DEAD or not told & _causes(p)]
        for problem in new:
            told |= _causes(problem) if problem.code in _DEAD else set()
        found += (_shown(problem, evidence) for problem in new)
    return tuple(found)


def _causes(problem: Problem) -> set[tuple[str, int, str]]:
    """The line of a problem with each name in what it says."""
    names = (quoted or bare for quoted, bare in _NAMED.findall(problem.message))
    return {(problem.place.path, problem.place.line, name) for name in names if problem.place.line}


def _shown(problem: Problem, evidence: Evidence) -> Problem:
    is_known = problem.source or not problem.place.line
    return problem if is_known else with_source(problem, evidence.text(problem.place.path))
