"""Are site and records whole after kb is killed, at whatever step, and is its next run as good?"""

import itertools
import shutil
import signal
from dataclasses import dataclass
from pathlib import Path

import pytest
from crawl import Site, dead_links, reachable
from deaths import RENAMES, STEPS, Fate, in_a_process
from projects import SMALL, Files, clean_build, kb, put, tree, updated

from kb.build.manifest import FILE
from kb.library import ledger

pytestmark = pytest.mark.usefixtures("compiled_once")

FLOW = "content/articles/flow.md"
LONGER = (
    "概述 HDFS 把文件切成块,每块存三个副本,名字节点记住哪一块在哪台机器上,数据节点只管读写,"
    "客户端先问名字节点要位置,再直接去找数据节点,读的时候挑最近的一份...\n"
    "概述 流匹配(Flow Matching) 流匹配学的是一条从噪声到图像的直路,求解常微分方程,步数很少就够了...\n"
)
EDITS: Files = {
    FLOW: None,
    "content/articles/stream.md": str(SMALL[FLOW]).replace("flow of", "stream of"),
    "content/articles/blocks.md": (
        "---\ntitle: Blocks\ntopic: storage\n---\n\nOther words of [[sea]].\n"
    ),
    "content/articles/sea.md": (
        "---\ntitle: Sea\ntopic: diffusion\naliases: [ocean]\n---\n\nTo [[blocks]].\n"
    ),
    "content/transmissions/2026-02-02.txt": LONGER,
    "static/note.txt": "another static file\n",
}
"""An article renamed, one changed, a new one, a record made and one extended."""


@dataclass(frozen=True, slots=True)
class Case:
    """A project before and after a run that nothing ends."""

    before: Path
    after: Path
    edits: Files
    is_warm: bool = False

    def at(self, folder: Path) -> Path:
        """A copy of the project with the edits, after a build of the copy if it is to be warm."""
        root = Path(shutil.copytree(self.before, folder / "project"))
        if self.is_warm:
            updated(root)
        put(root, self.edits)
        return root


def case(before: Path, folder: Path, edits: Files, *, is_warm: bool = False) -> Case:
    """The case of a project, with the site of a clean build after the run."""
    found = Case(before, folder / "after/project", edits, is_warm)
    after = found.at(folder / "after")
    updated(after)
    assert tree(after / "site") == clean_build(after, folder / "fresh")
    return found


@pytest.fixture(scope="module")
def edited(small_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The small project with edits of every kind that wait to be built."""
    return case(small_site, tmp_path_factory.mktemp("edited"), EDITS)


@pytest.fixture(scope="module")
def reworded(small_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The small project with an edit at the end of a long text, which no other page shows."""
    folder = tmp_path_factory.mktemp("reworded")
    root = Path(shutil.copytree(small_site, folder / "project"))
    text = f"{SMALL[FLOW]}\n{'Long before the end. ' * 40}\n"
    put(root, {FLOW: text})
    updated(root)
    return case(root, folder, {FLOW: f"{text}\nOther words.\n"}, is_warm=True)


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The small project, never built."""
    folder = tmp_path_factory.mktemp("new")
    put(folder / "project", SMALL)
    return case(folder / "project", folder, {})


def assert_whole(root: Path, before: Path, after: Path) -> None:
    """Every page and record is the old or the new one, and no link that a reader meets is dead."""
    for folder in ("site", "content"):
        now, old, new = (tree(place / folder) for place in (root, before, after))
        torn = {path for path in now if now[path] not in (old.get(path), new.get(path))}
        assert torn <= {FILE, "ledger.jsonl"}
    assert ledger.parse(tree(root / "content").get("ledger.jsonl", b""), "ledger.jsonl") is not None
    site = Site(root / "site", "https://kb.test/")
    lasting = tree(before / "site").keys() & tree(after / "site").keys()
    pages = {root / "site" / path for path in lasting if path.endswith(".html")}
    if (root / "site/index.html").is_file():
        pages |= reachable(site)
    assert dead_links(site, pages) == []


def assert_completed(root: Path, after: Path) -> None:
    """The next run leaves what one would have left that nothing ended, and no litter."""
    updated(root)
    assert tree(root / "site") == tree(after / "site")
    assert tree(root / "content") == tree(after / "content")
    left = {name for name in tree(root / ".kb") if not name.endswith(".tmp")}
    assert left == {name for name in tree(after / ".kb") if not name.endswith(".tmp")}


def deaths(
    case: Case, folder: Path, kinds: frozenset[str], *, spared: str = "nothing", stride: int = 1
) -> int:
    """Kill a build at each step of these kinds, look at what is left, and run the next one.

    No step below the folder `spared` counts, and of the others one in `stride`.
    """
    for last in itertools.count(0, stride):
        root = case.at(folder / str(last))

        def work(root: Path = root, last: int = last) -> None:
            Fate(root, last, kinds=kinds, spared=root / spared).begin()
            updated(root)

        ended = in_a_process(work)
        assert ended.code in (-signal.SIGKILL, 0), ended.said
        assert_whole(root, case.before, case.after)
        assert_completed(root, case.after)
        shutil.rmtree(folder / str(last))
        if ended.code == 0:
            return last
    raise AssertionError


def test_a_build_of_edits_may_be_killed_at_any_step(edited: Case, tmp_path: Path) -> None:
    # That pages are put aside, one is enough to see: the next test does it.
    assert deaths(edited, tmp_path, STEPS, spared=".kb/next") > 70


def test_an_edit_that_one_page_shows_may_be_killed_at_any_step(
    reworded: Case, tmp_path: Path
) -> None:
    root = reworded.at(tmp_path / "once")
    assert {path for path in updated(root).written if not path.startswith("search/")} == {
        "articles/flow.html",
        "articles/flow.md",
    }
    assert deaths(reworded, tmp_path, STEPS) > 15


def test_a_first_build_may_be_killed_at_its_renames(new: Case, tmp_path: Path) -> None:
    assert deaths(new, tmp_path, RENAMES, stride=3) > 40


MURDER = """
from os import environ
from pathlib import Path
from deaths import Fate
if "LAST_STEP" in environ:
    Fate(Path(environ["DYING"]), int(environ["LAST_STEP"])).begin()
"""


@pytest.mark.parametrize(("command", "last"), [("ingest", 8), ("build", 20), ("build", 60)])
def test_a_command_that_is_killed_is_run_again(
    edited: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, last: int
) -> None:
    root = edited.at(tmp_path)
    put(tmp_path, {"python/sitecustomize.py": MURDER})
    support = Path(__file__).parents[1] / "support"
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "python"), prepend=":")
    monkeypatch.setenv("PYTHONPATH", str(support), prepend=":")

    ended = kb(command, folder=root, LAST_STEP=str(last), DYING=str(root))

    assert ended.code == -signal.SIGKILL
    assert_whole(root, edited.before, edited.after)
    assert kb("build", folder=root).code == 0
    assert tree(root / "site") == tree(edited.after / "site")
    assert tree(root / "content") == tree(edited.after / "content")
