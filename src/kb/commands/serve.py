"""`kb serve`: how does a person see each change as they save it?"""

from dataclasses import dataclass, replace

from kb.build.unchanged import NO_OPTIONS
from kb.build.update import update
from kb.console import Console
from kb.library.lock import only_writer
from kb.problems import KbError, refused
from kb.project import Project, open_project
from kb.serve import Outcome
from kb.serve import serve as run


@dataclass(frozen=True, slots=True)
class Request:
    """Where to listen, and how to see changes."""

    host: str
    port: int | None
    open_browser: bool
    poll: bool


def serve(project: Project, console: Console, request: Request) -> None:
    """Build, serve the site, and build again whenever a file of the project changes."""

    def rebuild() -> Outcome:
        outcome = _rebuild(project)
        console.problems(outcome.problems)
        if outcome.changed:
            console.say("rebuilt")
        return outcome

    config = project.config
    folders = (config.content, config.templates, config.static, "kb.yaml")
    watched = tuple(project.root / name for name in folders)
    run(
        project.output,
        watched,
        rebuild,
        host=request.host,
        port=request.port,
        announce=console.say,
        open_browser=request.open_browser,
        polls=request.poll,
    )


def _rebuild(project: Project) -> Outcome:
    try:
        with only_writer(project.cache):
            current = open_project(project.root)
            same_output = replace(current.config, output=project.config.output)
            is_same = same_output == current.config
            options = NO_OPTIONS if is_same else f"output {same_output.output}"
            done = update(replace(current, config=same_output), options)
    except KbError as error:
        return Outcome(changed=False, problems=error.problems)
    except OSError as error:
        return Outcome(changed=False, problems=(refused(error),))
    return Outcome(changed=bool(done.written or done.removed), problems=done.problems)
