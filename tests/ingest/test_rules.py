"""What do the project's rules on merging do, and what do they leave alone?"""

from collections.abc import Callable
from pathlib import Path

import pytest
from projects import TOPICS, Files, Ran, built, put, tree

from kb.ingest.changes import ChangeKind
from kb.ingest.run import Ingested, prepare
from kb.ingest.write import write
from kb.library.records import parse
from kb.model import ArticleId
from kb.project import open_project, read_ledger

HDFS = "HDFS 把文件切成块,每块存三个副本,名字节点记住哪一块在哪台机器上,数据节点只管读写,客户端直接和它们说话..."
AGAIN = "重读一遍 HDFS 的论文,这回从租约看起:客户端写文件之前要拿到租约,过期之后由名字节点收回,再交给别人..."
FILES = {
    "content/topics.yaml": TOPICS,
    "content/transmissions/a.txt": f"{HDFS}\n",
    "content/transmissions/b.txt": f"{AGAIN}\n",
}
Project = Callable[[Files], Path]
Run = Callable[..., Ran]


def ingested(root: Path) -> Ingested:
    found = prepare(open_project(root), jobs=1)
    write(open_project(root), found)
    return found


def ids(root: Path) -> dict[str, ArticleId]:
    """The id of the record whose body has each word."""
    articles = [
        parse(path.read_text("utf-8"), path.name).article
        for path in (root / "content/articles").rglob("*.md")
    ]
    return {
        word: article.id
        for word in ("副本", "租约")
        for article in articles
        if word in article.body
    }


def rule(root: Path, kind: str, *names: str) -> None:
    put(root, {"kb.yaml": f"merge:\n  {kind}: [[{', '.join(names)}]]\n"})


@pytest.fixture
def root(project: Project) -> Path:
    """A project of two articles that kb holds for different."""
    made = project(FILES)
    ingested(made)
    return made


def test_articles_that_a_rule_merges_are_one(root: Path) -> None:
    first, second = ids(root)["副本"], ids(root)["租约"]
    rule(root, "always", first, second)
    kinds = {change.id: change.kind for change in ingested(root).plan.changes}
    assert kinds[second] is ChangeKind.MERGED
    assert set(ids(root).values()) == {first}
    assert {c.kind for c in ingested(root).plan.changes} <= {ChangeKind.KEPT, ChangeKind.MERGED}


def test_a_merged_article_has_the_longest_text_and_every_sighting(root: Path, run: Run) -> None:
    first, second = ids(root)["副本"], ids(root)["租约"]
    rule(root, "always", second, first)
    ingested(root)
    assert set(ids(root)) == {"副本" if len(HDFS) > len(AGAIN) else "租约"}
    ran = run("explain", second)
    assert "a.txt:1  rule" in ran.stdout
    assert "b.txt:1  first" in ran.stdout


def test_the_address_of_a_merged_article_leads_to_the_other(root: Path) -> None:
    built(root)
    first, second = ids(root)["副本"], ids(root)["租约"]
    slug = read_ledger(open_project(root))[second].slugs[-1]
    rule(root, "always", first, second)
    built(root)
    kept = read_ledger(open_project(root))[first].slugs[-1]
    assert f'href="{kept}.html"' in (root / f"site/articles/{slug}.html").read_text("utf-8")


def test_a_rule_taken_back_brings_the_article_back(root: Path) -> None:
    before = ids(root)
    slug = read_ledger(open_project(root))[before["租约"]].slugs
    rule(root, "always", before["副本"], before["租约"])
    ingested(root)
    put(root, {"kb.yaml": ""})
    ingested(root)
    assert ids(root) == before
    assert read_ledger(open_project(root))[before["租约"]].slugs == slug


def test_a_rule_taken_back_leaves_no_trace_in_either_article(project: Project) -> None:
    other = "扩散模型 扩散模型从噪声开始,一步一步去噪,最后得到一张清晰的图像,学的是每一步的噪声..."
    root = project(FILES | {"content/transmissions/b.txt": other})
    ingested(root)
    before = tree(root / "content/articles")
    both = [parse(text.decode(), name).article.id for name, text in before.items()]
    for turn in (1, -1):
        rule(root, "always", *both[::turn])
        ingested(root)
        put(root, {"kb.yaml": ""})
        ingested(root)
        assert tree(root / "content/articles") == before


def test_what_a_person_wrote_in_a_merged_record_is_kept_and_told(root: Path) -> None:
    first, second = ids(root)["副本"], ids(root)["租约"]
    [path] = [
        p for p in (root / "content/articles").rglob("*.md") if second in p.read_text("utf-8")
    ]
    path.write_text(path.read_text("utf-8") + "\n我加的一句。\n", "utf-8")
    before = path.read_bytes()
    rule(root, "always", first, second)
    found = ingested(root)
    assert path.read_bytes() == before
    assert [p.code for p in found.problems] == ["conflict"]
    path.unlink()
    assert not ingested(root).problems


def test_a_comment_is_a_persons_work_too(root: Path) -> None:
    first, second = ids(root)["副本"], ids(root)["租约"]
    [path] = [
        p for p in (root / "content/articles").rglob("*.md") if second in p.read_text("utf-8")
    ]
    path.write_text(path.read_text("utf-8").replace("topic:", "# why\ntopic:", 1), "utf-8")
    rule(root, "always", first, second)
    ingested(root)
    assert path.is_file()


def test_texts_that_a_rule_parts_stay_two(project: Project, run: Run) -> None:
    longer = f"{HDFS[:-3]},全部确认之后才算写完,这才叫写完了。"
    root = project(
        FILES | {"content/transmissions/a.txt": HDFS, "content/transmissions/b.txt": longer}
    )
    ingested(root)
    [only] = ids(root).values()
    lines = run("explain", only).stdout.splitlines()
    [text] = [line.rpartition(" ")[2] for line in lines if "b.txt:1" in line]
    rule(root, "never", only, text)
    ingested(root)
    found = read_ledger(open_project(root)).values()
    assert sorted([s.transmission for s in line.sightings] for line in found) == [
        ["a.txt"], ["b.txt"],
    ]  # fmt: skip
    bodies = {
        parse(path.read_text("utf-8"), "").article.id: "写完" in path.read_text("utf-8")
        for path in (root / "content/articles").rglob("*.md")
    }
    assert bodies.pop(only) is False
    assert list(bodies.values()) == [True]
    assert {c.kind for c in ingested(root).plan.changes} == {ChangeKind.KEPT}


def test_the_only_copy_of_a_text_is_never_removed(root: Path) -> None:
    first, second = ids(root)["副本"], ids(root)["租约"]
    put(root, {"content/transmissions/b.txt": None})
    rule(root, "always", first, second)
    [problem] = ingested(root).problems
    assert problem.code == "conflict"
    assert "no dump holds its text" in problem.message
    assert ids(root) == {"副本": first, "租约": second}


def test_an_article_is_not_merged_into_one_that_was_deleted(root: Path) -> None:
    first, second = ids(root)["副本"], ids(root)["租约"]
    [path] = [p for p in (root / "content/articles").rglob("*.md") if first in p.read_text("utf-8")]
    path.unlink()
    rule(root, "always", first, second)
    [problem] = ingested(root).problems
    assert "that one was deleted" in problem.message
    assert ids(root) == {"租约": second}


@pytest.mark.parametrize("turn", [1, -1])
def test_what_rules_merged_is_final_after_one_run(root: Path, turn: int) -> None:
    rule(root, "always", *list(ids(root).values())[::turn])
    ingested(root)
    before = tree(root / "content")
    ingested(root)
    assert tree(root / "content") == before


def test_a_longer_text_that_a_rule_brings_waits_once(root: Path) -> None:
    put(
        root,
        {
            "content/transmissions/b.txt": f"{AGAIN[:-3]},这一句让它成为更长的那一篇,好让人等着看。\n"
        },
    )
    ingested(root)
    first, second = ids(root)["副本"], ids(root)["租约"]
    [path] = [p for p in (root / "content/articles").rglob("*.md") if first in p.read_text("utf-8")]
    path.write_text(path.read_text("utf-8").replace("三个副本", "三个副本（我的话）"), "utf-8")
    rule(root, "always", first, second)
    assert [p.code for p in ingested(root).problems] == ["conflict"]
    path.write_text(path.read_text("utf-8").replace("（我的话）", "（再改）"), "utf-8")
    assert not ingested(root).problems


def test_a_rule_to_part_what_is_not_there_is_told(root: Path) -> None:
    rule(root, "never", ids(root)["副本"], "nobody")
    [problem] = ingested(root).problems
    assert (problem.code, problem.place.line) == ("unknown-article", 2)


def test_a_rule_for_an_article_that_is_not_there_is_told(root: Path) -> None:
    rule(root, "always", ids(root)["副本"], "nobody")
    [problem] = ingested(root).problems
    assert (problem.code, problem.place.line) == ("unknown-article", 2)


@pytest.mark.parametrize(
    "setting",
    [
        "merge: [a, b]",
        "merge: {sometimes: [[a, b]]}",
        "merge: {always: [a, b]}",
        "merge: {always: [[a]]}",
        "merge: {always: [[a, b], [b, a]]}",
        "merge: {always: [[a, b], [c, b]]}",
        "merge: {always: [[a, a]]}",
        "merge: {never: x}",
    ],
)
def test_rules_that_make_no_sense_are_refused(project: Project, run: Run, setting: str) -> None:
    project({"kb.yaml": setting})
    ran = run("ingest")
    assert ran.code == 1
    assert "kb.yaml:1:" in ran.stderr
    assert "invalid-setting" in ran.stderr
