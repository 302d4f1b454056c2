"""`kb check`: what is wrong with the texts and the site, and how much was looked at?"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from time import time
from typing import TYPE_CHECKING

from kb.check.crawl import Progress
from kb.check.evidence import Evidence, gather
from kb.check.inspect import inspect
from kb.codes import graded
from kb.console import Console, ordered, problem_entry
from kb.counts import counted
from kb.library.lock import only_writer_if_any
from kb.problems import Problem, Severity, strict
from kb.project import Project

if TYPE_CHECKING:  # slow to load, and only asked for by name
    from kb.check.external import Answers

_FIGURES = {
    "links": "link",
    "anchors": "anchors",
    "images": "image",
    "files": "needed",
    "entries": "entry",
}
"""What is counted, and as what a crawl counts it."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of `kb check`."""

    strict: bool = False
    external: bool = False
    as_json: bool = False
    jobs: int | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, graded as the project's settings say, and how much was looked at."""

    problems: tuple[Problem, ...]
    figures: Mapping[str, int]

    @property
    def summary(self) -> str:
        """What was looked at, in a line."""
        n = self.figures
        asked = self.figures["external_asked"] or self.figures["external_remembered"]
        outcome = (
            f"asked {n['external_asked']:,}, {n['external_remembered']:,} remembered"
            if asked
            else "not asked (--external)"
        )
        return (
            f"checked {counted(n['articles'], 'article')} and {counted(n['pages'], 'page')}:"
            f" {counted(n['links'], 'link')}, {counted(n['anchors'], 'anchor')},"
            f" {counted(n['images'], 'image')},"
            f" {counted(n['files'], 'style or script', many='styles and scripts')},"
            f" {counted(n['entries'], 'address', many='addresses')} in feeds and lists;"
            f" {counted(n['external'], 'link')} to other hosts: {outcome}"
        )


def check(project: Project, console: Console, request: Request) -> tuple[Problem, ...]:
    """Check and report; the problems found, warnings as errors if `strict`."""
    found = checked(project, console, jobs=request.jobs or 0, external=request.external)
    if request.as_json:
        problems = [problem_entry(problem) for problem in ordered(found.problems)]
        totals = _totals(found.problems)
        entry = {"version": 1, "checked": found.figures, "totals": totals, "problems": problems}
        console.json(entry)
    else:
        console.findings(found.problems)
        console.say(found.summary)
        console.say(_verdict(_totals(found.problems)))
    return strict(found.problems) if request.strict else found.problems


def checked(project: Project, console: Console, *, jobs: int, external: bool) -> Checked:
    """What the checks find, while no other kb writes."""
    with only_writer_if_any(project.cache), console.counting("checking") as progress:
        evidence = gather(project, jobs, progress)
        problems = inspect(evidence)
        answers = _answers(evidence, progress) if external else None
    said = answers.problems if answers else ()
    found = graded((*problems, *said), project.config.check.severity)
    return Checked(tuple(ordered(found)), _figures(evidence, answers))


def _answers(evidence: Evidence, progress: Progress) -> "Answers":
    from kb.check.external import external_links

    return external_links(evidence, time(), progress)


def _figures(evidence: Evidence, answers: "Answers | None") -> dict[str, int]:
    counts = evidence.crawl.counts
    return {
        "articles": len(evidence.library.articles),
        "pages": counts.get("pages", 0),
        **{name: counts.get(key, 0) for name, key in _FIGURES.items()},
        "external": counts.get("external", 0),
        "external_asked": answers.asked if answers else 0,
        "external_remembered": answers.remembered if answers else 0,
    }


def _totals(problems: tuple[Problem, ...]) -> dict[str, int]:
    found = Counter(problem.severity for problem in problems)
    return {str(severity): found[severity] for severity in Severity}


def _verdict(totals: Mapping[str, int]) -> str:
    if not any(totals.values()):
        return "no problem"
    parts = [counted(count, name) for name, count in totals.items() if count]
    return ", ".join(parts) + (" (kb -v check shows the notes)" if totals["note"] else "")
