"""`kb build`: how does the site become what the content says?"""

import gc
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from kb.build import unchanged
from kb.build.unchanged import Case, Said
from kb.console import Console, ordered, problem_entry
from kb.folder import project_root
from kb.problems import KbError, Problem, Severity, is_fatal

if TYPE_CHECKING:  # a build that finds nothing to do is over before these are loaded
    from kb.build.run import Built
    from kb.project import Project


SELDOM = 100_000, 20, 100
"""How often Python looks for circular garbage: a library has millions of values and no circle."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of `kb build`."""

    base_url: str | None
    clean: bool
    strict: bool
    as_json: bool
    jobs: int | None = None

    @property
    def options(self) -> str:
        """What of it has a say in the site."""
        return repr(self.base_url)


def build(folder: Path, console: Console, request: Request) -> tuple[Problem, ...]:
    """Build and report; the problems found, warnings as errors if `strict`."""
    start = perf_counter()
    root = project_root(folder)
    said = None
    if root and not request.clean:
        said = unchanged.nothing_to_do(root, request.options)
    outcome = _outcome_of(said) if said else _built(folder, console, request)
    seconds = perf_counter() - start
    if request.as_json:
        console.json({**outcome.entry(), "seconds": round(seconds, 3)})
    else:
        _report(outcome, console, seconds)
    console.problems(outcome.problems)
    if request.strict:
        return tuple(replace(problem, severity=Severity.ERROR) for problem in outcome.problems)
    return outcome.problems


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a build did: files by their path in the output, and what it says of the rest."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    reasons: Mapping[str, str]
    said: Said
    problems: tuple[Problem, ...]

    @property
    def unchanged(self) -> int:
        return self.said.files - len(self.written)

    def entry(self) -> dict[str, object]:
        """What programs read."""
        return {
            "version": 1,
            "pages": {
                "written": len(self.written),
                "unchanged": self.unchanged,
                "removed": len(self.removed),
            },
            "problems": [problem_entry(problem) for problem in ordered(self.problems)],
        }


def _outcome_of(said: Said) -> _Outcome:
    return _Outcome((), (), {}, said, said.problems)


def _built(folder: Path, console: Console, request: Request) -> _Outcome:
    from kb.build.memo import Memo
    from kb.build.run import build as run
    from kb.library.lock import only_writer
    from kb.project import open_project

    gc.set_threshold(*SELDOM)
    project = _with_address(open_project(folder), request.base_url)
    config = project.config
    folders = unchanged.folders_of(config)
    with only_writer(project.cache), console.working("building"):
        if request.clean:
            Memo.forget(project.cache)
        built = run(project, request.jobs or 0)
        said = _said(project, built)
        if not is_fatal(built.problems):
            removed = (project.output / path for path in built.published.removed)
            left = unchanged.after(built.survey, built.published.rows, removed)
            case = Case(project.root, request.options, folders)
            unchanged.keep(case, left, built.published.manifest, said)
    done = built.published
    return _Outcome(done.written, done.removed, built.reasons, said, built.problems)


def _said(project: "Project", built: "Built") -> Said:
    """What the next build says if it finds nothing to do; it has lost no address."""
    config = project.config
    lasting = tuple(problem for problem in built.problems if problem.code != "lost-address")
    return Said(
        built.summary,
        len(built.published.manifest),
        config.output,
        bool(config.base_url),
        lasting,
    )


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
        f"{said.files} files in {said.output}/: {len(outcome.written)} written, "
        f"{outcome.unchanged} unchanged, {len(outcome.removed)} removed, {seconds:.2f} s"
    )
    if not said.has_address:
        console.detail("no base_url is set: feeds have no addresses, and there is no sitemap")
