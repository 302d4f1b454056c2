"""Do the same files give the same bytes, wherever, whenever and in whichever steps they came?"""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from projects import SMALL, Files, Ran, built, clean_build, kb, put, tree

from kb.problems import is_fatal

Run = Callable[..., Ran]

WORLDS = (
    {"umask": "0o022", "PYTHONHASHSEED": "1", "TZ": "UTC", "LANG": "C", "LC_ALL": "C"},
    {
        "umask": "0o077",
        "PYTHONHASHSEED": "4242",
        "TZ": "Asia/Shanghai",
        "LANG": "zh_CN.UTF-8",
        "LC_ALL": "de_DE.UTF-8",
        "PYTHONUTF8": "0",
    },
)


def test_two_machines_build_the_same_site(tmp_path: Path) -> None:
    trees = []
    for name, world in zip(("one", "another folder/深"), WORLDS, strict=True):
        root = tmp_path / name
        put(root, SMALL)
        before = os.umask(int(world["umask"], 8))
        try:
            ran = kb("build", folder=root, **{k: v for k, v in world.items() if k != "umask"})
        finally:
            os.umask(before)
        assert ran.code == 0
        trees.append({**tree(root / "site"), **tree(root / "content")})

    assert trees[0] == trees[1]


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
    ]
)
EDITS = st.one_of(ARTICLES, ARTICLES, DUMPS, MACHINERY)


def change(root: Path, files: Files) -> None:
    """Edit a project; what is not there need not be removed, what is in the way is."""
    for name, content in files.items():
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


def test_any_history_of_edits_ends_in_the_site_of_a_clean_build(
    small_site: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.lists(EDITS, min_size=1, max_size=3), min_size=1, max_size=4))
    def histories(history: list[list[Files]]) -> None:
        folder = tmp_path_factory.mktemp("history")
        root = Path(shutil.copytree(small_site, folder / "project"))
        found = built(root)
        for edits in history:
            for files in edits:
                change(root, files)
            found = built(root)
        if is_fatal(found.problems):
            change(root, {f"content/articles/{name}.md": None for name in NAMES})
            found = built(root)
        assert not is_fatal(found.problems)
        content = tree(root / "content")
        assert tree(root / "site") == clean_build(root, folder / "fresh")
        assert tree(folder / "fresh" / "content") == content
        shutil.rmtree(folder)

    histories()
