"""What is changed between the builds that are measured, and are their outputs right?"""

import re
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from meter import Cost, FailedError, Run
from tools import Tool

SETTLED = 1.1
"""Seconds before a change, for those who compare times in whole seconds."""
_TITLE = re.compile(r"^title: .*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Round:
    """A project of a generator, the articles in it, and how long a build may take."""

    tool: Tool
    folder: Path
    slugs: Sequence[str]
    timeout: float

    @property
    def output(self) -> Path:
        """Where its pages are."""
        return self.folder / self.tool.output

    def build(self) -> Cost:
        """Build once. Raises FailedError."""
        log = self.folder.with_suffix(".log")
        command = [part.replace("{folder}", str(self.folder)) for part in self.tool.command]
        return Run(command, self.folder, {"NO_COLOR": "1"}, self.timeout).cost(log)

    def page(self, slug: str) -> str:
        """The page of an article."""
        return (self.output / self.tool.page.format(slug)).read_text("utf-8")

    def source(self, slug: str) -> Path:
        """The file of an article."""
        return self.folder / self.tool.source.format(slug)


Change = Callable[[Round, str, str], Sequence[str]]
"""Changes a project, given an article and a mark; the articles whose pages must show the mark."""


def forget(one: Round, _slug: str, _mark: str) -> Sequence[str]:
    """Remove all that builds have made."""
    for name in (one.tool.output, *one.tool.caches):
        path = one.folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    return ()


def nothing(_one: Round, _slug: str, _mark: str) -> Sequence[str]:
    """Leave all as it is."""
    return ()


def edit_body(one: Round, slug: str, mark: str) -> Sequence[str]:
    """Put a sentence at the end of an article."""
    with one.source(slug).open("a", encoding="utf-8") as file:
        file.write(f"\n补充一句：{mark}。\n")
    return (slug,)


def change_title(one: Round, slug: str, mark: str) -> Sequence[str]:
    """Give an article another title."""
    text = one.source(slug).read_text("utf-8")
    one.source(slug).write_text(_TITLE.sub(f"title: 新标题 {mark}", text, count=1), "utf-8")
    return (slug,)


def change_template(one: Round, _slug: str, mark: str) -> Sequence[str]:
    """Change the template of all pages."""
    path = one.folder / one.tool.base
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("</head>", f'<meta name="mark" content="{mark}">\n</head>'), "utf-8"
    )
    return one.slugs


PHASES: tuple[tuple[str, Change], ...] = (
    ("cold", forget),
    ("unchanged", nothing),
    ("body edit", edit_body),
    ("title change", change_title),
    ("template change", change_template),
)


def measured(one: Round, phase: str, change: Change, number: int) -> Cost:
    """The cost of a build after a change in the round of this number.

    Raises FailedError, also where articles have no page or a page does not show the change.
    """
    slug = one.slugs[(7 + 13 * number) % len(one.slugs)]
    mark = f"mark-{number}-{phase.replace(' ', '-')}"
    time.sleep(SETTLED)
    expected = change(one, slug, mark)
    cost = one.build()
    if pages(one) != len(one.slugs):
        raise FailedError(f"{pages(one)} articles after the {phase} build")
    if not all(mark in one.page(changed) for changed in expected):
        raise FailedError(f"the {phase} build does not show the change")
    return cost


def pages(one: Round) -> int:
    """How many articles have a page."""
    return sum(1 for _ in one.output.glob(one.tool.page.format("*")))


def compare_with_clean(one: Round) -> None:
    """Build clean. Raises FailedError where that makes other files than the builds before."""
    before = digest(one.output)
    forget(one, "", "")
    one.build()
    if digest(one.output) != before:
        raise FailedError("a clean build makes other files")


def digest(folder: Path) -> bytes:
    """A digest of the names and the contents of all files of a folder."""
    found = blake2b()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = blake2b(path.read_bytes()).digest()
        found.update(path.relative_to(folder).as_posix().encode() + b"\0" + content)
    return found.digest()
