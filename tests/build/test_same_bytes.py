"""Do the same files give the same bytes, wherever, whenever and in whichever steps they came?"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from projects import SMALL, Files, built, clean_build, kb, put, tree, updated
from projects import TOPICS as TAXONOMY

from kb.build.manifest import FILE
from kb.problems import KbError, is_fatal

ELSEWHERE = """
import datetime, os, time
years = int(os.environ["YEARS"]) * 365.25 * 86400
now, scan = time.time, os.scandir
time.time = lambda: now() + years
time.time_ns = lambda: int(time.time() * 1e9)
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)
    today = utcnow = now
datetime.datetime = Later
class Backwards:
    def __init__(self, path="."):
        with scan(path) as found:
            self.found = sorted(found, key=lambda entry: entry.name, reverse=years != 0)
    def __iter__(self):
        return iter(self.found)
    def __enter__(self):
        return self
    def __exit__(self, *_):
        pass
os.scandir = Backwards
os.listdir = lambda path=".": [entry.name for entry in Backwards(path)]
"""
"""Another clock, and folders that list their files from the last to the first."""

SMALL_TASKS = """
from kb.build import press, shelf
from kb.cli import main
press.TASK, shelf.TASK = 9, 1
if __name__ == "__main__":
    main()
"""
"""kb, with tasks so small that a small project has work for every process."""

WORLDS = (
    ("one", 1, 0o022, {"PYTHONHASHSEED": "1", "TZ": "UTC", "LANG": "C", "LC_ALL": "C"}),
    (
        "another folder/深",
        2,
        0o077,
        {
            "PYTHONHASHSEED": "4242",
            "TZ": "Asia/Shanghai",
            "YEARS": "31",
            "LANG": "zh_CN.UTF-8",
            "LC_ALL": "de_DE.UTF-8",
            "PYTHONUTF8": "0",
        },
    ),
    (
        "a'b &<c>",
        3,
        0o000,
        {
            "PYTHONHASHSEED": "7",
            "TZ": "America/St_Johns",
            "YEARS": "-40",
            "LANG": "tr_TR.UTF-8",
            "SOURCE_DATE_EPOCH": "0",
        },
    ),
)
"""Folder, processes, umask and environment."""


def test_three_machines_build_the_same_site(tmp_path: Path) -> None:
    put(tmp_path, {"python/sitecustomize.py": ELSEWHERE, "small.py": SMALL_TASKS})
    trees = []
    for name, jobs, umask, world in WORLDS:
        root = tmp_path / name
        put(root, SMALL)
        os.utime(root / "content/articles/flow.md", (jobs * 10**8, jobs * 10**8))
        path = os.pathsep.join((str(tmp_path / "python"), os.environ.get("PYTHONPATH", "")))
        done = subprocess.run(
            [sys.executable, str(tmp_path / "small.py"), "build", "--jobs", str(jobs)],
            cwd=root,
            env={"PATH": os.environ["PATH"], "YEARS": "0", "PYTHONPATH": path, **world},
            umask=umask,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        modes = {p.stat().st_mode for p in (root / "site").rglob("*") if p.is_file()}
        assert modes == {0o100644}
        trees.append({**tree(root / "site"), **tree(root / "content")})

    assert trees[0] == trees[1] == trees[2]
    assert not [p for p, text in trees[0].items() if os.fsencode(tmp_path) in text]


def test_a_site_is_readable_by_its_host_whatever_the_umask(tmp_path: Path) -> None:
    put(tmp_path, SMALL)
    before = os.umask(0o077)
    try:
        built(tmp_path)
    finally:
        os.umask(before)

    files = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o644}


def test_a_former_slug_leads_to_the_article_for_ever(small_site: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(small_site, tmp_path / "project"))
    record = root / "content/articles/hdfs.md"
    for slug in ("file-system", "big-files"):
        lines = record.read_text("utf-8").split("\n")
        renamed = [f"slug: {slug}" if line.startswith("slug: ") else line for line in lines]
        record.write_text("\n".join(renamed), "utf-8")
        built(root)

    for old in ("hdfs", "file-system"):
        page = (root / f"site/articles/{old}.html").read_text("utf-8")
        assert 'http-equiv="refresh" content="0; url=big-files.html"' in page.replace(
            "0;url", "0; url"
        )
    remembered = (root / "content/ledger.jsonl").read_text("utf-8").splitlines()
    slugs = [json.loads(line)["slugs"] for line in remembered]
    assert ["hdfs", "file-system", "big-files"] in slugs
    assert tree(root / "site") == clean_build(root, tmp_path / "fresh")


def test_an_alias_leads_to_the_article(small_site: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(small_site, tmp_path / "project"))
    put(root, {"content/articles/flow.md": "---\ntitle: Flow\naliases: [stream]\n---\n\nText.\n"})

    built(root)

    assert "flow.html" in (root / "site/articles/stream.html").read_text("utf-8")


def test_an_edit_of_an_embedded_text_reaches_all_that_show_it(tmp_path: Path) -> None:
    root = tmp_path / "project"
    inner = f"---\ntitle: Inner\n---\n\n{'A long beginning. ' * 20}\n\n# Part\n\n"
    texts = {"outer": "# Outer\n\n![[inner#Part]]\n", "outermost": "# Outermost\n\n![[outer]]\n"}
    put(root, {"kb.yaml": "title: Notes\n", "content/articles/inner.md": f"{inner}Old.\n"})
    put(root, {f"content/articles/{name}.md": text for name, text in texts.items()})
    assert kb("build", folder=root).code == 0
    put(root, {"content/articles/inner.md": f"{inner}New.\n"})
    assert kb("build", folder=root).code == 0

    assert "New." in (root / "site/articles/outermost.html").read_text("utf-8")
    assert tree(root / "site") == clean_build(root, tmp_path / "fresh")


TITLES = st.sampled_from(["Flow", "Blocks", "流", '<b> & "q"', "A: b"])
TAKEN = st.sampled_from(["flow", "hdfs"])
TOPICS = st.sampled_from(["diffusion", "storage", "models", "other"])
TAGS = st.sampled_from(["", "RL", "HDFS, 强化学习", "流, flow"])
BODIES = st.sampled_from(
    [
        "",
        "One of [[flow]].",
        "The [[blocks|b]] and [[hdfs]].",
        "$x^2$\n\n```python\n1\n```",
        "# 流\n\n流",
        "# One\n\nThe [[flow#流|f]].\n\n# 流\n\n![[blocks]]",
        "![[flow#流]]\n\n![[sea]]\n\n[[note.txt]]",
        "# 流\n\n![[hdfs]]\n\n![[a/b#One]]",
    ]
)
NAMES = ("flow", "blocks", "sea", "a/b")
SLUGS = {name: st.sampled_from([name[-4:].strip("/"), f"new-{name[-3:]}"]) for name in NAMES}


def article(name: str) -> st.SearchStrategy[Files]:
    """A new text for an article of one's own, or none; its slug is now and then another's."""
    text = st.builds(
        lambda title, slug, topic, tags, body: (
            f"---\ntitle: {json.dumps(title)}\nslug: {slug}\ntopic: {topic}\n"
            f"tags: [{tags}]\n---\n\n{body}\n"
        ),
        TITLES, st.one_of(SLUGS[name], SLUGS[name], TAKEN), TOPICS, TAGS, BODIES,
    )  # fmt: skip
    text = st.one_of(text, text, text, st.none())
    return text.map(lambda found: {f"content/articles/{name}.md": found})


ARTICLES = st.one_of(*map(article, NAMES))
ENTRIES = st.sampled_from(
    [
        "概述 HDFS 把文件切成块,每块存三个副本,名字节点记住哪一块在哪台机器上,数据节点只管读写,客户端先问名字...\n",
        "💡 流匹配 扩散模型的近亲,学的是一条从噪声到图像的直路,求解常微分方程,步数很少就够了...\n",
        "Hadoop is a framework for storing and processing large files on many plain machines...\n",
    ]
)
DUMPS = st.builds(
    lambda name, entries: {f"content/transmissions/{name}.txt": "".join(entries)},
    st.sampled_from(["2025-12-31", "2026-03-01"]),
    st.lists(ENTRIES, min_size=1, max_size=3),
)
MACHINERY = st.sampled_from(
    [
        {"templates/topic.html": "<p>{{ page.title }}\n"},
        {"templates/topic.html": None},
        {"templates/assets/kb.css": "body { color: red }\n"},
        {"kb.yaml": "title: Other notes\npage_size: 1\n"},
        {"kb.yaml": "title: Notes\nurls: pretty\nbase_url: https://kb.test/sub\nlanguage: en\n"},
        {"kb.yaml": "title: Notes\n"},
        {"static/note.txt": "other\n"},
        {"static/note.txt": None, "static/note.txt/a": "a folder\n"},
        {"content/topics/diffusion.md": "---\ntitle: x\n---\n\nAbout [[flow]].\n"},
        {"content/topics/diffusion.md": "---\ntitle: x\n---\n\n![[flow]]\n\n![[blocks#流]]\n"},
        {"content/pages/about.md": None},
        {"content/transmissions/2026-01-01.txt": None},
        {"content/transmissions/2026-03-01.txt": None},
        {"content/topics.yaml": TAXONOMY.replace("Storage", "Stores").replace("副本", "流匹配")},
        {"content/topics.yaml": TAXONOMY},
    ]
)


@dataclass(frozen=True, slots=True)
class Move:
    """A file of an article gets another name."""

    number: int
    name: str

    def __call__(self, root: Path) -> None:
        found = sorted((root / "content/articles").rglob("*.md"))
        to = root / f"content/articles/{self.name}.md"
        if found and not to.exists():
            to.parent.mkdir(parents=True, exist_ok=True)
            found[self.number % len(found)].rename(to)


@dataclass(frozen=True, slots=True)
class Rewording:
    """A text goes on, beyond what other pages show of it."""

    number: int
    words: str

    def __call__(self, root: Path) -> None:
        found = sorted((root / "content/articles").rglob("*.md"))
        if found:
            path = found[self.number % len(found)]
            path.write_bytes(path.read_bytes() + f"\n{self.words * 60}\n".encode())


@dataclass(frozen=True, slots=True)
class Damage:
    """A file of the cache or the site is cut, overwritten in part, or gone."""

    folder: str
    number: int
    place: float
    kind: str

    def __call__(self, root: Path) -> None:
        found = [path for path in sorted((root / self.folder).rglob("*")) if path.is_file()]
        path = found[self.number % len(found)]
        if path.name == FILE:
            return
        content = path.read_bytes()
        at = int(len(content) * self.place)
        if self.kind == "gone":
            path.unlink()
        elif self.kind == "cut":
            path.write_bytes(content[:at])
        else:
            path.write_bytes(content[:at] + b"\x8c" * 600 + content[at + 600 :])


MOVED = ("zoo", "a/zoo")
MOVES = st.builds(Move, st.integers(0, 9), st.sampled_from(MOVED))
DAMAGES = st.builds(
    Damage,
    st.sampled_from([".kb", "site"]),
    st.integers(0, 60),
    st.sampled_from([0.0, 0.1, 0.3, 0.6, 0.9]),
    st.sampled_from(["gone", "cut", "overwritten"]),
)
WORDS = st.sampled_from(["Words. ", "流匹配. ", "$x$ "])
REWORDINGS = st.builds(Rewording, st.integers(0, 3), WORDS)
EDITS = st.one_of(ARTICLES, ARTICLES, DUMPS, MACHINERY, MOVES, DAMAGES, REWORDINGS, REWORDINGS)
Edit = Files | Move | Rewording | Damage


def change(root: Path, edit: Edit) -> None:
    """Edit a project; what is not there need not be removed, what is in the way is."""
    if isinstance(edit, Move | Rewording | Damage):
        edit(root)
        return
    for name, content in edit.items():
        path = root / name
        if path.is_dir():
            shutil.rmtree(path)
        if content is None:
            path.unlink(missing_ok=True)
            continue
        for folder in path.relative_to(root).parents:
            if (root / folder).is_file():
                (root / folder).unlink()
        put(root, {name: content})


def is_built(root: Path) -> bool:
    """Whether nothing is wrong; a broken record is refused where the cache has lost its last."""
    try:
        return not is_fatal(updated(root).problems)
    except KbError:
        return False


@pytest.mark.usefixtures("compiled_once")
def test_any_history_of_edits_ends_in_the_site_of_a_clean_build(
    small_site: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.lists(EDITS, min_size=1, max_size=3), min_size=1, max_size=4))
    def histories(history: list[list[Edit]]) -> None:
        folder = tmp_path_factory.mktemp("history")
        root = Path(shutil.copytree(small_site, folder / "project"))
        is_good = is_built(root)
        for edits in history:
            for edit in edits:
                change(root, edit)
            is_good = is_built(root)
        if not is_good:
            change(root, {f"content/articles/{name}.md": None for name in (*NAMES, *MOVED)})
            assert is_built(root)
        content = tree(root / "content")
        assert tree(root / "site") == clean_build(root, folder / "fresh")
        assert tree(folder / "fresh" / "content") == content
        shutil.rmtree(folder)

    histories()


@pytest.mark.usefixtures("compiled_once")
@pytest.mark.parametrize("kind", ["gone", "cut", "overwritten"])
@pytest.mark.parametrize("place", [0.02, 0.5, 0.8])
def test_a_cache_damaged_before_a_text_is_reworded_costs_only_time(
    small_site: Path, tmp_path: Path, kind: str, place: float
) -> None:
    root = Path(shutil.copytree(small_site, tmp_path / "project"))
    Rewording(0, "Words. ")(root)
    updated(root)
    for number in range(len(tree(root / ".kb"))):
        Rewording(0, "More words. ")(root)
        Damage(".kb", number, place, kind)(root)
        assert not is_fatal(updated(root).problems)
        assert tree(root / "site") == clean_build(root, tmp_path / str(number))
