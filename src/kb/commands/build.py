"""`kb build`: how does the site become what the content says?"""

from dataclasses import replace
from time import perf_counter

from kb.build.memo import Memo
from kb.build.run import Built
from kb.build.run import build as run
from kb.commands.ingest import summary
from kb.console import Console, ordered, problem_entry
from kb.library.lock import only_writer
from kb.problems import Problem, Severity
from kb.project import Project


def build(
    project: Project, console: Console, *, clean: bool, strict: bool, as_json: bool
) -> tuple[Problem, ...]:
    """Build and report; the problems found, warnings as errors if `strict`."""
    start = perf_counter()
    with only_writer(project.cache), console.working("building"):
        if clean:
            Memo.forget(project.cache)
        built = run(project)
    seconds = perf_counter() - start
    if as_json:
        console.json(outcome(built, seconds))
    else:
        _report(project, built, console, seconds)
    console.problems(built.problems)
    if strict:
        return tuple(replace(problem, severity=Severity.ERROR) for problem in built.problems)
    return built.problems


def outcome(built: Built, seconds: float) -> dict[str, object]:
    """What programs read."""
    published = built.published
    return {
        "version": 1,
        "pages": {
            "written": len(published.written),
            "unchanged": len(published.unchanged),
            "removed": len(published.removed),
        },
        "problems": [problem_entry(problem) for problem in ordered(built.problems)],
        "seconds": round(seconds, 3),
    }


def _report(project: Project, built: Built, console: Console, seconds: float) -> None:
    console.say(summary(built.ingested, written=True))
    published = built.published
    changes = [*(f"wrote {path}" for path in published.written)]
    changes += [f"removed {path}" for path in published.removed]
    for change in changes:
        console.detail(change)
    files = len(published.written) + len(published.unchanged)
    console.say(
        f"{files} files in {project.config.output}/: {len(published.written)} written, "
        f"{len(published.unchanged)} unchanged, {len(published.removed)} removed, {seconds:.2f} s"
    )
    if not project.config.base_url:
        console.detail("no base_url is set: feeds have no addresses, and there is no sitemap")
