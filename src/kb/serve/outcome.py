"""What came of a rebuild, whatever happened in it?"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from kb.problems import KbError, Place, Problem


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rebuild did to the site.

    `changed`: some published byte differs; `only_styles`: nothing but stylesheets was saved since
    the last such change, so that an open page need not be loaded again.
    """

    changed: bool
    only_styles: bool = False
    problems: tuple[Problem, ...] = ()


def attempt(rebuild: Callable[[], Outcome], announce: Callable[[str], None]) -> Outcome:
    """The outcome of `rebuild`; never raises, so that one bad build does not end the preview."""
    try:
        return rebuild()
    except KbError as error:
        return Outcome(changed=False, problems=error.problems)
    # Not only Exception: a panic in a Rust extension arrives as a BaseException.
    except BaseException as error:  # noqa: BLE001
        problem = _fault(error)
        announce(f"{problem.code}: {problem.message}; {problem.hint}")
        return Outcome(changed=False, problems=(problem,))


def are_styles(saved: Collection[Path]) -> bool:
    """Whether nothing but stylesheets was saved, and what editors leave beside them for a while."""
    return all(
        path.name.endswith((".css", ".css~")) or not (path.suffix or path.exists())
        for path in saved
    )


def _fault(error: BaseException) -> Problem:
    said = " ".join(str(error).split())
    return Problem(
        code="rebuild-failed",
        message=f"the rebuild ended in {type(error).__name__}" + (f": {said}" if said else ""),
        place=Place("kb serve"),
        hint="the last good site stays; save again to retry, or run `kb build` to see more",
    )
