"""How is a site brought up to date with the least work?"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.build import unchanged
from kb.build.edited import Edited, publish_edits
from kb.build.memo import DAMAGE, Memo
from kb.build.profile import Profile
from kb.build.publish import Published
from kb.build.unchanged import Case, Look, Said, Survey
from kb.codes import graded
from kb.problems import Problem, is_fatal
from kb.project import Project


@dataclass(frozen=True, slots=True)
class Updated:
    """What a build did: files by their path in the output, and what it says of the rest."""

    said: Said
    problems: tuple[Problem, ...]
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    profile: Profile = field(default_factory=Profile)


def update(project: Project, options: str, jobs: int = 0, look: Look | None = None) -> Updated:
    """Build what differs from what the last build with these options left, as `look` saw it.

    Raises KbError as `build` does. Nobody else may build meanwhile.
    """
    profile = Profile()
    if not look or not look.is_last():
        with profile.stage("look at all files"):
            look = unchanged.look(project.root, options)
    if look and look.is_still():
        return Updated(look.last.said, look.last.said.problems, profile=profile)
    case = Case(project.root, options, unchanged.folders_of(project.config))
    with profile.stage("publish edited texts alone"):
        edited = _edited(project, look, profile) if look else None
    if look and edited:
        said = look.last.said
        _keep(case, look.found, edited.published, said)
        written, why = edited.published.written, edited.reasons
        return Updated(said, said.problems, written, (), why, profile)
    return _built(project, case, Work(jobs, look.found if look else None, profile))


@dataclass(frozen=True, slots=True)
class Work:
    """How a build goes about: in how many processes, after which look, taken down by what."""

    jobs: int
    found: Survey | None
    profile: Profile


def _built(project: Project, case: Case, work: Work) -> Updated:
    from kb.build.run import build  # slow to load, with all that plans pages

    unchanged.forget(project.root)
    built = build(project, work.jobs, work.found, work.profile)
    done = built.published
    config = project.config
    problems = tuple(graded(built.problems, config.check.severity))
    lasting = tuple(problem for problem in problems if problem.code != "lost-address")
    files, has_address = len(done.manifest), bool(config.base_url)
    said = Said(built.summary, files, config.output, has_address, lasting)
    if not is_fatal(built.problems):
        with work.profile.stage("remember"):
            _keep(case, built.survey, done, said)
    why = built.reasons
    return Updated(said, problems, done.written, done.removed, why, work.profile)


def _edited(project: Project, look: Look, profile: Profile) -> Edited | None:
    try:
        return publish_edits(project, look, profile)
    except DAMAGE:
        Memo.forget(project.cache)
        return None


def start_anew(project: Project) -> None:
    """Forget what earlier builds found out."""
    unchanged.forget(project.root)
    Memo.forget(project.cache)


def _keep(case: Case, found: Survey, published: Published, said: Said) -> None:
    output = case.root / case.folders.output
    left = unchanged.after(found, published.rows, (output / path for path in published.removed))
    unchanged.keep(case, left, published.manifest, said)
