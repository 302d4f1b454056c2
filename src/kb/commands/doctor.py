"""`kb doctor`: will anything about this machine or this project be in the way?"""

import os
import platform
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path

from rich.table import Table

from kb import __version__, disk, hosts
from kb.console import Console
from kb.counts import counted
from kb.problems import KbError
from kb.project import Project, open_project, read_ledger, read_taxonomy

FINE, NOTE, PROBLEM = "fine", "note", "problem"
ROOM = 500 * hosts.MIB
"""Bytes that should be free: a site of 10,000 articles and its cache take about as many."""
HANDLES = 256
"""Files that a process should be able to hold open: a preview holds one for each reader."""
_STYLES = {FINE: "green", NOTE: "yellow", PROBLEM: "bold red"}
_NAME = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about something: the level is fine, note or problem."""

    level: str
    about: str
    fact: str
    hint: str = ""


def doctor(folder: Path, console: Console, *, as_json: bool) -> bool:
    """Print what was found; whether there is no problem."""
    findings = [finding for check in _OF_MACHINE for finding in check()]
    try:
        project = open_project(folder)
    except KbError as error:
        findings += _told("project", error)
    else:
        findings += [finding for check in _OF_PROJECT for finding in check(project)]
    if as_json:
        console.json({"version": 1, "findings": [asdict(finding) for finding in findings]})
    else:
        console.table(_table(findings))
    return all(finding.level != PROBLEM for finding in findings)


def _table(findings: list[Finding]) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    for found in findings:
        words = f"{found.fact}\n{found.hint}" if found.hint else found.fact
        table.add_row(found.level, found.about, words, style=_STYLES[found.level])
    return table


def _told(about: str, error: KbError) -> Iterator[Finding]:
    for problem in error.problems:
        yield Finding(PROBLEM, about, f"{problem.place}: {problem.message}", problem.hint)


def _versions() -> Iterator[Finding]:
    system = f"{platform.system()} {platform.machine()}"
    yield Finding(FINE, "kb", f"{__version__}, Python {platform.python_version()} on {system}")


def _packages() -> Iterator[Finding]:
    """Packages that kb needs and that are not installed; without metadata nothing is known."""
    try:
        needed = metadata.requires("kb") or []
    except metadata.PackageNotFoundError:
        needed = []
    names = [found[0] for line in needed if ";" not in line and (found := _NAME.match(line))]
    missing = [name for name in names if not _version(name)]
    if missing:
        hint = f"pip install {' '.join(missing)}"
        yield Finding(PROBLEM, "packages", f"not installed: {', '.join(missing)}", hint)
    elif not _version("merman"):
        hint = 'pip install "kb[diagrams]", where there is a wheel for this system'
        yield Finding(NOTE, "packages", "Mermaid diagrams are shown as their source", hint)
    else:
        yield Finding(FINE, "packages", "all installed, diagrams too")


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _words() -> Iterator[Finding]:
    coding = (sys.stdout.encoding or "").lower().replace("-", "")
    if coding == "utf8":
        yield Finding(FINE, "terminal", "speaks UTF-8")
    else:
        hint = "set PYTHONUTF8=1, or a locale of UTF-8"
        yield Finding(NOTE, "terminal", f"speaks {coding}, so some signs may be lost", hint)


def _handles() -> Iterator[Finding]:
    if sys.platform == "win32":
        return
    import resource

    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if 0 <= limit < HANDLES:
        hint = f"ulimit -n {HANDLES}"
        yield Finding(NOTE, "open files", f"at most {limit} at a time", hint)


def _settings(project: Project) -> Iterator[Finding]:
    config = project.config
    yield Finding(FINE, "project", f"{project.root}")
    try:
        topics = len(read_taxonomy(project).by_id)
        known = len(read_ledger(project))
        filed = counted(known, "article of transmissions", many="articles of transmissions")
        yield Finding(FINE, "content", f"{counted(topics, 'topic')}, {filed} filed")
    except KbError as error:
        yield from _told("content", error)
    if config.base_url:
        yield Finding(FINE, "address", config.base_url)
    else:
        hint = "set `base_url` in kb.yaml once you know where the site will stand"
        yield Finding(NOTE, "address", "none, so feeds and previews are without links", hint)


def _rights(project: Project) -> Iterator[Finding]:
    closed = [
        project.name(folder)
        for folder in (project.content, project.output, project.cache)
        if not _may_write(folder)
    ]
    if closed:
        hint = "let the user who runs kb write there"
        yield Finding(PROBLEM, "permissions", f"not writable: {', '.join(closed)}", hint)
    else:
        yield Finding(FINE, "permissions", "content, output and cache are writable")


def _may_write(folder: Path) -> bool:
    """Whether a folder can be filled, or made."""
    there = next(place for place in (folder, *folder.parents) if place.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def _room(project: Project) -> Iterator[Finding]:
    free = shutil.disk_usage(project.root).free
    if free < ROOM:
        yield Finding(NOTE, "disk", f"{free // hosts.MIB} MiB are free", "make room")
    else:
        yield Finding(FINE, "disk", f"{free / hosts.GIB:,.1f} GiB are free")


def _size(project: Project) -> Iterator[Finding]:
    """Whether the built site fits on well-known hosts."""
    start = len(str(project.output)) + 1
    paths = [*disk.walk(project.output, hidden=True)] if project.output.is_dir() else []
    if not paths:
        yield Finding(NOTE, "site", "not built yet", "kb build")
        return
    size = hosts.size_of((str(p)[start:].replace(os.sep, "/"), disk.size(p)) for p in paths)
    fact = f"{counted(size.files, 'file')}, {size.bytes / hosts.MIB:,.1f} MiB"
    yield Finding(FINE, "site", f"{fact}, the largest {size.largest_path}")
    for host in hosts.HOSTS:
        too_much = [*hosts.excess(size, host)]
        for words in too_much:
            yield Finding(NOTE, host.name, words, host.says)
        if not too_much:
            yield Finding(FINE, host.name, "takes a site of this size")


_OF_MACHINE: tuple[Callable[[], Iterator[Finding]], ...] = (_versions, _packages, _words, _handles)
_OF_PROJECT: tuple[Callable[[Project], Iterator[Finding]], ...] = (
    _settings,
    _rights,
    _room,
    _size,
)
