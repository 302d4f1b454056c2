"""`kb build`: how does the site become what the content says?"""

import gc
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from kb.build import unchanged
from kb.build.unchanged import Look, Said
from kb.console import Console, ordered, problem_entry
from kb.counts import counted
from kb.folder import project_root
from kb.problems import KbError, Problem, strict

if TYPE_CHECKING:  # a build that finds nothing to do is over before these are loaded
    from kb.commands.check import Checked
    from kb.project import Project


Times = Mapping[str, Mapping[str, Mapping[str, float]]]
"""By kind and name, how often something was done and the seconds that it took."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of `kb build`."""

    base_url: str | None
    clean: bool
    strict: bool
    as_json: bool
    jobs: int | None = None
    profile: bool = False

    @property
    def options(self) -> str:
        """What of it has a say in the site."""
        return repr(self.base_url)


def build(folder: Path, console: Console, request: Request) -> tuple[Problem, ...]:
    """Build and report; the problems found, warnings as errors if `strict`."""
    start = perf_counter()
    root = project_root(folder)
    look = unchanged.look(root, request.options) if root and not request.clean else None
    if look and look.is_still():
        outcome = _Outcome(look.last.said, look.last.said.problems)
    else:
        outcome = _built(folder, console, request, look)
    checked = _checked(folder, console, request) if request.strict else None
    problems = (*outcome.problems, *(checked.problems if checked else ()))
    seconds = perf_counter() - start
    if request.as_json:
        times = {"profile": outcome.profile} if request.profile else {}
        figures = {"checked": checked.figures} if checked else {}
        said = {**outcome.entry(problems), **figures, "seconds": round(seconds, 3)}
        console.json({**said, **times})
    else:
        _report(outcome, console, seconds)
        if checked:
            console.say(checked.summary)
        if request.profile:
            _report_times(outcome.profile, console)
    console.problems(problems)
    return strict(problems) if request.strict else problems


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a build says of itself and of the files that it wrote and removed, and why.

    `profile` is where its time went, as programs read it.
    """

    said: Said
    problems: tuple[Problem, ...]
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    profile: Times = field(default_factory=dict)

    @property
    def unchanged(self) -> int:
        return self.said.files - len(self.written)

    def entry(self, problems: tuple[Problem, ...]) -> dict[str, object]:
        """What programs read."""
        return {
            "version": 1,
            "pages": {
                "written": len(self.written),
                "unchanged": self.unchanged,
                "removed": len(self.removed),
            },
            "problems": [problem_entry(problem) for problem in ordered(problems)],
        }


def _built(folder: Path, console: Console, request: Request, look: Look | None) -> _Outcome:
    from kb.build.update import start_anew, update
    from kb.cores import SELDOM
    from kb.library.lock import only_writer
    from kb.project import open_project

    gc.set_threshold(*SELDOM)
    project = _with_address(open_project(folder), request.base_url)
    with only_writer(project.cache), console.working("building"):
        if request.clean:
            start_anew(project)
        done = update(project, request.options, request.jobs or 0, look)
    times = done.profile.entry()
    return _Outcome(done.said, done.problems, done.written, done.removed, done.reasons, times)


def _checked(folder: Path, console: Console, request: Request) -> "Checked":
    from kb.commands.check import checked
    from kb.project import open_project

    project = _with_address(open_project(folder), request.base_url)
    return checked(project, console, jobs=request.jobs or 0, external=False)


def _report_times(times: Times, console: Console) -> None:
    """Where the time went, the longest first."""
    for kind, found in times.items():
        console.say(f"{kind}:")
        for name, spent in sorted(found.items(), key=lambda item: -item[1]["seconds"]):
            console.say(f"  {spent['seconds']:8.3f} s {spent['count']:7.0f} x  {name}")


def _with_address(project: "Project", base_url: str | None) -> "Project":
    if base_url is None:
        return project
    from kb.config import load

    try:
        address = load(f"base_url: {json.dumps(base_url)}").base_url
    except KbError as error:
        raise click.UsageError(error.problems[0].message) from None
    return replace(project, config=replace(project.config, base_url=address))


def _report(outcome: _Outcome, console: Console, seconds: float) -> None:
    said = outcome.said
    console.say(said.summary)
    written = frozenset(outcome.written)
    for path, reason in sorted(outcome.reasons.items()):
        verb = "wrote" if path in written else "made again, to the same bytes,"
        console.detail(f"{verb} {path}: {reason}")
    for path in outcome.removed:
        console.detail(f"removed {path}")
    console.say(
        f"{counted(said.files, 'file')} in {said.output}/: {len(outcome.written):,} written, "
        f"{outcome.unchanged:,} unchanged, {len(outcome.removed):,} removed, {seconds:.2f} s"
    )
    if not said.has_address:
        console.detail("no base_url is set: feeds have no addresses, and there is no sitemap")
