"""What does `kb check` find in a project, checked in this process?"""

from pathlib import Path

from kb.check.evidence import gather
from kb.check.inspect import inspect
from kb.problems import Problem, Severity
from kb.project import open_project


def found(root: Path, code: str = "") -> list[Problem]:
    """What is wrong, in order of its place; notes are left out but for those with this code."""
    problems = inspect(gather(open_project(root), 1, _untold))
    kept = [p for p in problems if p.severity is not Severity.NOTE or p.code == code]
    return sorted(kept, key=lambda problem: (problem.place, problem.code))


def _untold(_done: int, _total: int) -> None:
    """Nobody waits."""
