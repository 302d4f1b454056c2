"""Who owns which field of a record, and what does ingest never touch?"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from projects import Files, put, tree

from kb.ingest.changes import Change, ChangeKind
from kb.ingest.run import Ingested, prepare
from kb.ingest.write import write
from kb.library.records import parse, with_body, with_field
from kb.project import open_project

SHORT = "概述 HDFS 把文件切成块,每块存三个副本,名字节点记住哪一块在哪台机器上,数据节点只管读写..."
LONG = (
    f"{SHORT[:-3]},客户端直接和它们说话。 写入流程 客户端先向名字节点要一组数据节点,"
    "再把数据沿着流水线一个一个地传下去,全部确认之后才算写完。"
)
OTHER = (
    "扩散模型从噪声开始,一步一步去噪,最后得到一张清晰的图像,训练时学的只是每一步加上去的噪声...\n"
)
FIRST = {"content/transmissions/a.txt": f"{SHORT}\n{OTHER}"}
SECOND = {"content/transmissions/b.txt": LONG}
RECORDS = Path("content/articles")


def ingested(root: Path) -> Ingested:
    found = prepare(open_project(root))
    write(open_project(root), found)
    return found


def change(root: Path, kind: ChangeKind) -> Change:
    """The only change of its kind, after ingest."""
    (found,) = [change for change in ingested(root).plan.changes if change.kind is kind]
    return found


def record(root: Path, word: str = "副本") -> Path:
    """The file of the only record whose body holds the word."""
    (path,) = [p for p in (root / RECORDS).rglob("*.md") if word in p.read_text("utf-8")]
    return path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert len(re.findall(old, text, re.MULTILINE)) == 1
    path.write_text(re.sub(old, new, text, flags=re.MULTILINE), "utf-8")


def field(path: Path, name: str) -> object:
    return getattr(parse(path.read_text("utf-8"), path.name).article, name)


@pytest.fixture
def root(project: Callable[[Files], Path]) -> Path:
    """A project whose first dump is ingested."""
    made = project(FIRST)
    ingested(made)
    return made


def test_ingest_again_changes_nothing(root: Path) -> None:
    before = tree(root / "content")
    kinds = {change.kind for change in ingested(root).plan.changes}
    assert kinds == {ChangeKind.KEPT}
    assert tree(root / "content") == before


def test_a_longer_variant_extends_what_no_person_touched(root: Path) -> None:
    put(root, SECOND)
    extended = change(root, ChangeKind.EXTENDED)
    assert "body" in extended.fields
    text = record(root).read_text("utf-8")
    assert "## 写入流程" in text
    assert "truncated: true" not in text


def test_a_longer_variant_comes_once(root: Path) -> None:
    put(root, SECOND)
    ingested(root)
    before = tree(root / "content")
    assert {change.kind for change in ingested(root).plan.changes} == {ChangeKind.KEPT}
    assert tree(root / "content") == before


def test_the_order_in_which_variants_come_does_not_matter(root: Path) -> None:
    put(root, SECOND)
    ingested(root)
    step_by_step = record(root).read_text("utf-8")
    gone = (
        "ledger.jsonl",
        f"articles/{record(root).name}",
        f"articles/{record(root, '噪声').name}",
    )
    put(root, {f"content/{path}": None for path in gone})
    ingested(root)
    front = re.compile(r"^(id|title|topic|tags|truncated):.*$", re.MULTILINE)
    at_once = record(root).read_text("utf-8")
    assert front.findall(at_once) == [
        key for key in front.findall(step_by_step) if key != "truncated"
    ]
    assert at_once.split("---\n", 2)[2] == step_by_step.split("---\n", 2)[2]


@pytest.mark.parametrize(
    ("name", "line", "value"),
    [
        ("title", 'title: "我起的名字"', "我起的名字"),
        ("topic", "topic: diffusion", "diffusion"),
        ("tags", "tags: [mine, 我的]", ("mine", "我的")),
    ],
)
def test_a_field_that_a_person_edited_is_never_touched(
    root: Path, name: str, line: str, value: object
) -> None:
    edit(record(root), rf"^{name}:.*$", line)
    ingested(root)
    put(root, SECOND)
    extended = change(root, ChangeKind.EXTENDED)
    assert name not in extended.fields
    assert line in record(root).read_text("utf-8")
    assert field(record(root), name) == value
    assert "写入流程" in str(field(record(root), "body"))


def test_a_longer_variant_for_an_edited_body_is_a_conflict_and_changes_nothing(root: Path) -> None:
    edit(record(root), "只管读写…", "只管读写。我改过这一句。")
    ingested(root)
    before = record(root).read_bytes()
    put(root, SECOND)
    conflict = change(root, ChangeKind.CONFLICT)
    assert conflict.text is None or conflict.fields == ()
    assert record(root).read_bytes() == before


def test_a_longer_variant_waits_until_the_body_is_edited_again(root: Path) -> None:
    edit(record(root), "只管读写…", "只管读写。我改过这一句。")
    ingested(root)
    put(root, SECOND)
    for _ in range(3):
        reasons = [
            c.review for c in ingested(root).plan.changes if c.path.endswith(record(root).name)
        ]
        assert reasons == ["a longer text waits"]
    edit(record(root), "我改过这一句。", "我看过了,不要。")
    assert "a longer text waits" not in [c.review for c in ingested(root).plan.changes]


def test_a_body_that_a_person_lengthened_stays_theirs(root: Path) -> None:
    """The record's own text is then the longest there is, and must not be taken for kb's."""
    edit(record(root), "只管读写…", "只管读写。" + "我接着写了很多。" * 20)
    before = record(root).read_bytes()
    for number in range(3):
        put(
            root,
            {f"content/transmissions/{number}.txt": f"{LONG}{'后来又添了一句。' * 12 * number}"},
        )
        ingested(root)
        assert record(root).read_bytes() == before


def _other(found: re.Match[str]) -> str:
    return {"diffusion": "id: storage", "storage": "id: diffusion"}[found[1]]


def test_a_value_of_a_person_stays_theirs_though_kb_comes_to_agree(root: Path) -> None:
    topics = (root / "content/topics.yaml").read_text("utf-8")
    edit(record(root), "^topic:.*$", "topic: diffusion")
    agreeing = re.sub("id: (diffusion|storage)", _other, topics)
    put(root, {"content/topics.yaml": agreeing})
    found = ingested(root).plan.changes
    assert [c.topic for c in found if c.path.endswith(record(root).name)] == ["diffusion"]
    put(root, {"content/topics.yaml": topics})
    ingested(root)
    assert field(record(root), "topic") == "diffusion"


def test_a_record_whose_ledger_was_never_written_is_taken_up_again(root: Path) -> None:
    before = tree(root / "content")
    put(root, {"content/ledger.jsonl": None})
    ingested(root)
    assert tree(root / "content") == before


def test_a_shorter_variant_for_an_edited_body_is_no_conflict(root: Path) -> None:
    edit(record(root), "名字节点记住.*$", "我删了后半句。")
    ingested(root)
    put(root, {"content/transmissions/b.txt": f"{SHORT[:50]}..."})
    assert {change.kind for change in ingested(root).plan.changes} == {ChangeKind.KEPT}


def test_a_moved_record_is_found_by_its_id(root: Path) -> None:
    path = record(root)
    moved = root / RECORDS / "storage" / "renamed.md"
    moved.parent.mkdir()
    path.rename(moved)
    put(root, SECOND)
    assert change(root, ChangeKind.EXTENDED).path == "content/articles/storage/renamed.md"
    assert record(root) == moved
    assert not path.exists()


def test_a_deleted_record_stays_deleted(root: Path) -> None:
    path = record(root)
    path.unlink()
    for _ in range(2):
        assert change(root, ChangeKind.DELETED).text is None
    put(root, SECOND)
    assert change(root, ChangeKind.DELETED).text is None
    assert not [p for p in (root / RECORDS).rglob("*.md") if "副本" in p.read_text("utf-8")]


def test_a_deleted_record_stays_deleted_when_a_longer_cut_replaces_its_dump(root: Path) -> None:
    record(root).unlink()
    ingested(root)
    put(root, {"content/transmissions/a.txt": OTHER, **SECOND})
    assert change(root, ChangeKind.DELETED).text is None
    assert not [p for p in (root / RECORDS).rglob("*.md") if "副本" in p.read_text("utf-8")]


def test_a_record_that_cannot_be_read_is_told_and_not_filed_again(root: Path) -> None:
    path = record(root)
    path.write_text(path.read_text("utf-8").replace("title: ", "title: [", 1), "utf-8")
    put(root, {"content/transmissions/a.txt": OTHER, **SECOND})
    found = ingested(root)
    assert [problem.code for problem in found.unreadable] == ["broken-yaml"]
    assert len(list((root / RECORDS).rglob("*.md"))) == 2


def test_of_two_records_with_one_id_the_copy_is_told(root: Path) -> None:
    path = record(root)
    copy = path.with_name("a-copy.md")
    copy.write_bytes(path.read_bytes())
    [problem] = ingested(root).problems
    assert (problem.code, problem.place.path) == ("duplicate-id", f"content/articles/{copy.name}")


def test_a_record_that_cannot_be_read_is_no_deleted_one(root: Path) -> None:
    path = record(root)
    broken = path.read_text("utf-8").replace("tags: ", "tags: [[", 1)
    path.write_text(broken, "utf-8")
    put(root, SECOND)
    found = ingested(root)
    assert ChangeKind.DELETED not in {change.kind for change in found.plan.changes}
    assert path.read_text("utf-8") == broken


def test_comments_order_and_unknown_keys_survive(root: Path) -> None:
    path = record(root)
    text = path.read_text("utf-8")
    title, identity = str(field(path, "title")), str(field(path, "id"))
    tags = "".join(f"  - {tag} # why\n" for tag in field(path, "tags"))  # type: ignore[attr-defined]
    body = text.split("---\n", 2)[2]
    path.write_text(
        f"---\n# from a dump\nweight: 3   # mine\ntopic: {field(path, 'topic')} # sure\ntags:\n{tags}"
        f"title: '{title}' # good\nid: {identity}\nslug: hdfs-blocks\n--- \n{body}",
        "utf-8",
    )
    ingested(root)
    put(root, SECOND)
    assert change(root, ChangeKind.EXTENDED).id == identity
    lines = path.read_text("utf-8").split("\n")
    assert lines[1:3] == ["# from a dump", "weight: 3   # mine"]
    assert "# sure" in lines[3]
    assert "slug: hdfs-blocks" in lines
    assert parse("\n".join(lines), "a.md").article.extra == {"weight": 3}
    assert "## 写入流程" in lines


def test_nothing_is_written_before_the_plan_is_shown(root: Path) -> None:
    put(root, SECOND)
    before = tree(root / "content")
    prepare(open_project(root))
    assert tree(root / "content") == before


def test_a_dump_under_another_name_changes_no_record(root: Path) -> None:
    before = tree(root / RECORDS)
    old = root / "content/transmissions/a.txt"
    old.rename(old.with_name("z.txt"))
    assert {change.kind for change in ingested(root).plan.changes} == {ChangeKind.KEPT}
    assert tree(root / RECORDS) == before


FRONT = """\
---
# a comment
id: abc
title: A title # said
tags:
- one
- two # the second
topic: 'x'   # sure
empty:
more: {a: 1,
  b: [2]} # end
---\t
The body, with a line

---

of its own.
"""


@pytest.mark.parametrize(
    ("key", "value", "old", "new"),
    [
        ("title", "Other: it", "title: A title # said", 'title: "Other: it" # said'),
        ("topic", "moe", "topic: 'x'   # sure", "topic: moe   # sure"),
        ("tags", ("p", "q r"), "tags:\n- one\n- two # the second", "tags: [p, q r] # the second"),
        ("empty", "z", "empty:\n", "empty: z\n"),
        ("more", "z", "more: {a: 1,\n  b: [2]} # end", "more: z # end"),
        ("truncated", True, "# end\n", "# end\ntruncated: true\n"),
    ],
)
def test_one_field_is_set_and_nothing_else(key: str, value: object, old: str, new: str) -> None:
    changed = with_field(parse(FRONT, "a.md"), key, value)
    assert changed == FRONT.replace(old, new) or changed == FRONT.replace(
        old, new.replace(" # the second", "")
    )
    assert parse(changed, "a.md").article.body == parse(FRONT, "a.md").article.body


def test_a_field_is_set_where_there_is_no_front_matter() -> None:
    changed = with_field(parse("Text.\n", "a.md"), "title", "T")
    assert parse(changed, "a.md").article.title == "T"
    assert parse(changed, "a.md").article.body.strip() == "Text."


def test_the_body_is_set_and_the_front_matter_kept() -> None:
    assert with_body(FRONT, "New.\n").endswith("b: [2]} # end\n---\t\n\nNew.\n")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["no mark", "a byte order mark"])
def test_a_record_that_grows_keeps_its_line_ends(root: Path, mark: bytes) -> None:
    path = record(root)
    path.write_bytes(mark + path.read_bytes().replace(b"\n", b"\r\n"))
    put(root, SECOND)
    assert change(root, ChangeKind.EXTENDED).path.endswith(path.name)
    content = path.read_bytes()
    assert "写完" in content.decode()
    assert content.startswith(mark + b"---\r\n")
    assert content.count(b"\r\n") == content.count(b"\n")
