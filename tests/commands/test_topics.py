"""Do the commands for curating topics say what would change, and write nothing?"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from projects import TOPICS, Ran, put, tree

Run = Callable[..., Ran]

ROLLS = "概述 Rollup 是一种扩容办法,把许多交易压成一批,只把结果和证明写回主链,手续费由大家分摊..."
PROOF = (
    "概述 零知识证明让人相信一句话而不透露别的,Rollup 用它证明一批交易都算对了,验证只要几毫秒..."
)


@pytest.fixture
def root(small_site: Path, tmp_path: Path) -> Path:
    """The small project, built."""
    return Path(shutil.copytree(small_site, tmp_path / "project"))


def test_the_preview_of_other_topics_names_the_records_that_would_move(
    root: Path, run: Run
) -> None:
    put(root, {"other.yaml": TOPICS.replace("id: storage", "id: disks")})
    before = tree(root)
    said = run("topics", "preview", "other.yaml", "--json", folder=root)
    moves = [(move["from"], move["to"]) for move in json.loads(said.stdout)]
    assert (said.code, moves) == (0, [("storage", "disks")])
    assert {k: v for k, v in tree(root).items() if not k.startswith(".kb/")} == {
        k: v for k, v in before.items() if not k.startswith(".kb/")
    }


def test_topics_that_are_not_utf_8_are_a_problem_of_their_line(root: Path, run: Run) -> None:
    put(root, {"other.yaml": "topics:\n  - id: disks\n    zh: 存储\n".encode("gb18030")})
    said = run("topics", "preview", "other.yaml", folder=root)
    assert said.code == 1
    assert said.stderr.startswith("other.yaml:3: error[not-utf-8]: this file is not UTF-8")


def test_the_preview_says_that_a_short_list_replaces_kbs_own(root: Path, run: Run) -> None:
    put(root, {"other.yaml": "topics: [{id: hadoop}, {id: mine, terms: [HDFS]}]\n"})
    said = run("topics", "preview", "other.yaml", folder=root)
    assert "other.yaml replaces the list that comes with kb: 2 topics, " in said.stderr


def test_the_preview_is_what_the_next_ingest_does(root: Path, run: Run) -> None:
    edited = TOPICS.replace("id: storage", "id: disks")
    put(root, {"content/topics.yaml": edited})
    put(root, {"content/articles/blocks.md": None})
    [move] = json.loads(run("topics", "preview", "--json", folder=root).stdout)
    changes = json.loads(run("ingest", "--json", folder=root).stdout)["changes"]
    assert [(c["id"], c["topic"]) for c in changes if "topic" in c["fields"]] == [
        (move["id"], move["to"])
    ]


def test_what_no_topic_fits_is_grouped_by_the_words_that_it_shares(root: Path, run: Run) -> None:
    put(root, {"content/transmissions/b.txt": f"{ROLLS}\n{PROOF}\n"})
    assert run("ingest", folder=root).code == 0
    [group] = json.loads(run("topics", "suggest", "--json", folder=root).stdout)
    assert group["terms"][0] == "Rollup"
    assert len(group["articles"]) == 2


def test_the_review_list_has_what_no_topic_fits_until_a_person_files_it(
    root: Path, run: Run
) -> None:
    put(root, {"content/transmissions/b.txt": f"{ROLLS}\n"})
    assert run("ingest", folder=root).code == 0
    [found] = json.loads(run("list", "--review", "--json", folder=root).stdout)
    assert (found["topic"], found["review"]) == ("other", "no topic fits")
    path = root / "content/articles" / f"{found['slug']}.md"
    path.write_text(path.read_text("utf-8").replace("topic: other", "topic: storage"), "utf-8")
    assert json.loads(run("list", "--review", "--json", folder=root).stdout) == []
