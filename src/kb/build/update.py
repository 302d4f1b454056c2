"""How is a site brought up to date with the least work?"""

from collections.abc import Mapping
from dataclasses import dataclass

from kb.build import unchanged
from kb.build.edited import publish_edits
from kb.build.memo import Memo
from kb.build.publish import Published
from kb.build.unchanged import Case, Look, Said, Survey
from kb.problems import Problem, is_fatal
from kb.project import Project


@dataclass(frozen=True, slots=True)
class Updated:
    """What a build did: files by their path in the output, and what it says of the rest."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    reasons: Mapping[str, str]
    said: Said
    problems: tuple[Problem, ...]


def update(project: Project, options: str, jobs: int = 0, look: Look | None = None) -> Updated:
    """Build what differs from what the last build with these options left, as `look` saw it.

    Raises KbError as `build` does. Nobody else may build meanwhile.
    """
    if look and not look.is_last():
        look = None
    look = look or unchanged.look(project.root, options)
    case = Case(project.root, options, unchanged.folders_of(project.config))
    if look:
        if look.is_still():
            return Updated((), (), {}, look.last.said, look.last.said.problems)
        if edited := publish_edits(project, look):
            said = look.last.said
            _keep(case, look.found, edited.published, said)
            return Updated(edited.published.written, (), edited.reasons, said, said.problems)
    from kb.build.run import build  # slow to load, with all that plans pages

    unchanged.forget(project.root)
    built = build(project, jobs, look.found if look else None)
    done = built.published
    lasting = tuple(problem for problem in built.problems if problem.code != "lost-address")
    config = project.config
    files, has_address = len(done.manifest), bool(config.base_url)
    said = Said(built.summary, files, config.output, has_address, lasting)
    if not is_fatal(built.problems):
        _keep(case, built.survey, done, said)
    return Updated(done.written, done.removed, built.reasons, said, built.problems)


def start_anew(project: Project) -> None:
    """Forget what earlier builds found out."""
    unchanged.forget(project.root)
    Memo.forget(project.cache)


def _keep(case: Case, found: Survey, published: Published, said: Said) -> None:
    output = case.root / case.folders.output
    left = unchanged.after(found, published.rows, (output / path for path in published.removed))
    unchanged.keep(case, left, published.manifest, said)
