"""Do a person's edits last through years of dumps, while the rest gets better?"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from projects import TOPICS, put, tree

from kb.ingest.run import prepare
from kb.ingest.write import write
from kb.library.ownership import is_machines
from kb.library.records import Record, parse
from kb.model import ArticleId
from kb.project import open_project, read_ledger

WORDS = [
    "扩散",
    "去噪",
    "副本",
    "节点",
    "注意力",
    "梯度",
    "策略",
    "队列",
    "窗口",
    "采样",
    "损失",
    "缓存",
    "线程",
    "分区",
    "索引",
    "编码",
    "日志",
    "矩阵",
]
SEPARATORS = (",", "。", "的", "和", "再", "而", "就", "也")
ARTICLES, RUNS = 4, 10
EDITS = ("title", "topic", "tags", "body", "move", "delete", "slug", "comment")


def text_of(seed: int, words: int = 160) -> str:
    draw = Random(seed)  # noqa: S311 - a repeatable text, no secret
    return "".join(draw.choice(WORDS) + draw.choice(SEPARATORS) for _ in range(words))


TEXTS = tuple(text_of(seed) for seed in range(ARTICLES))


@contextmanager
def new_project() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp())
    try:
        put(folder, {"kb.yaml": "", "content/topics.yaml": TOPICS})
        yield folder
    finally:
        shutil.rmtree(folder)


def ingest(root: Path) -> None:
    write(open_project(root), prepare(open_project(root), jobs=1))


def records(root: Path) -> dict[ArticleId, Record]:
    found = [
        parse(path.read_text("utf-8"), path.relative_to(root).as_posix())
        for path in sorted((root / "content/articles").rglob("*.md"))
    ]
    return {record.article.id: record for record in found}


def edit(root: Path, kind: str, record: Record) -> None:
    """What a person does to a record."""
    path, text = root / record.article.path, record.text
    head, _, body = text.partition("\n---\n")
    lines = {line.partition(":")[0]: line for line in head.splitlines()}
    changed = {
        "title": text.replace(lines["title"], 'title: "我的题目"', 1),
        "topic": text.replace(lines["topic"], "topic: storage", 1),
        "tags": text.replace(lines["tags"], "tags: [我的标签]", 1),
        "slug": text.replace(lines["slug"], f"slug: mine-{record.article.id}", 1),
        "comment": text.replace(lines["topic"], f"# 我的注\n{lines['topic']}", 1),
        "body": f"{head}\n---\n{body}\n我添的一段。\n",
    }
    if kind in changed:
        path.write_text(changed[kind], "utf-8")
    elif kind == "delete":
        path.unlink()
    else:
        new = root / "content/articles/mine" / path.name
        new.parent.mkdir(exist_ok=True)
        path.rename(new)


Edit = tuple[int, int, str]
"""In which run, to which record, what."""


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, RUNS - 1), st.integers(0, ARTICLES - 1), st.sampled_from(EDITS)),
        max_size=6,
    )
)
def test_edits_last_through_ten_runs_with_new_dumps(edits: list[Edit]) -> None:
    with new_project() as root:
        mine: dict[ArticleId, dict[str, object]] = {}
        deleted: set[ArticleId] = set()
        for run in range(RUNS):
            length = 60 + 24 * run
            lines = "\n".join(f"{text[:length]}..." for text in TEXTS)
            put(root, {f"content/transmissions/{run}.txt": f"{lines}\n"})
            ingest(root)
            found = records(root)
            assert not deleted & found.keys()
            check(root, found, mine, length)
            for _, number, kind in (edit for edit in edits if edit[0] == run):
                ids = sorted(found.keys() - deleted)
                if not ids:
                    continue
                record = records(root)[ids[number % len(ids)]]
                edit(root, kind, record)
                remember(root, kind, record, mine, deleted)
        ingest(root)
        before = tree(root / "content")
        ingest(root)
        assert tree(root / "content") == before


def remember(
    root: Path,
    kind: str,
    record: Record,
    mine: dict[ArticleId, dict[str, object]],
    deleted: set[ArticleId],
) -> None:
    article = record.article.id
    if kind == "delete":
        deleted.add(article)
        mine.pop(article, None)
        return
    edited = records(root)[article]
    kept = mine.setdefault(article, {})
    if kind == "comment":
        kept["comment"] = True
    else:
        key = "path" if kind == "move" else kind
        kept[key] = getattr(edited.article, key)


def check(
    root: Path,
    found: dict[ArticleId, Record],
    mine: dict[ArticleId, dict[str, object]],
    length: int,
) -> None:
    """What is a person's stands as they left it; the body of everything else has grown."""
    ledger = read_ledger(open_project(root))
    for article, record in found.items():
        kept = mine.get(article, {})
        for key, value in kept.items():
            if key == "comment":
                assert "# 我的注" in record.text
            else:
                assert getattr(record.article, key) == value
        if "body" not in kept:
            assert is_machines(record.article, "body", ledger[article].wrote)
            assert len(record.article.body) >= length
