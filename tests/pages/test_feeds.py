"""Can a reader of feeds trust the ids and the dates?"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from feeds import atom_faults, json_faults
from projects import SMALL, Files, built, put

Project = Callable[[Files], Path]
ATOM = "{http://www.w3.org/2005/Atom}"

DATED = {
    "content/articles/a.md": "---\ntitle: A\ndate: 2026-01-02\nupdated: 2026-03-04\n---\n\nText.\n",
    "content/articles/b.md": "---\ntitle: B\nupdated: 2026-02-03\n---\n\nText.\n",
    "content/articles/c.md": "---\ntitle: C\n---\n\nText.\n",
}


def items(root: Path) -> dict[str, dict[str, Any]]:
    built(root)
    feed = json.loads((root / "site/feed.json").read_bytes())
    return {item["title"]: item for item in feed["items"]}


def ids(root: Path) -> list[str]:
    built(root)
    feed = ET.fromstring((root / "site/feed.xml").read_bytes())
    return [node.text or "" for node in feed.iter(f"{ATOM}id")]


def settings(root: Path, text: str) -> None:
    (root / "kb.yaml").write_text(text, "utf-8")


def test_a_change_of_address_alters_no_id(project: Project) -> None:
    root = project({**SMALL, "kb.yaml": "title: Notes\n"})
    before = ids(root)
    settings(root, "title: Notes\nbase_url: https://kb.test/sub\nurls: pretty\n")
    assert ids(root) == before
    assert len(set(before)) == len(before) == 5


def test_two_sites_with_an_article_of_one_slug_have_two_ids(project: Project) -> None:
    root = project(DATED)
    here = ids(root)
    settings(root, "title: Other notes\n")
    assert not set(ids(root)) & set(here)


def test_an_excerpt_keeps_its_id_under_another_title(project: Project) -> None:
    dumps = {name: text for name, text in SMALL.items() if "transmissions" in name}
    root = project(dumps)
    before = ids(root)
    settings(root, "title: Other notes\n")
    assert ids(root)[1:] == before[1:]


def test_a_change_is_no_publication(project: Project) -> None:
    found = items(project(DATED))
    assert found["A"]["date_published"] == "2026-01-02T00:00:00Z"
    assert found["A"]["date_modified"] == "2026-03-04T00:00:00Z"
    assert "date_published" not in found["B"]
    assert found["B"]["date_modified"] == "2026-02-03T00:00:00Z"
    assert not {"date_published", "date_modified"} & found["C"].keys()


def test_atom_tells_both_dates(project: Project) -> None:
    root = project(DATED)
    built(root)
    feed = ET.fromstring((root / "site/feed.xml").read_bytes())
    entries = {entry.findtext(f"{ATOM}title"): entry for entry in feed.iter(f"{ATOM}entry")}
    assert entries["A"].findtext(f"{ATOM}published") == "2026-01-02T00:00:00Z"
    assert entries["A"].findtext(f"{ATOM}updated") == "2026-03-04T00:00:00Z"
    assert entries["C"].findtext(f"{ATOM}published") is None
    assert feed.findtext(f"{ATOM}updated") == "2026-03-04T00:00:00Z"


EXCERPT = "扩散模型 扩散模型从噪声开始,一步一步去噪,最后得到一张清晰的图像,学的是每一步的噪声"
HOSTILE = {
    **SMALL,
    "content/articles/x.md": (
        "---\ntitle: 'A & B <b> ]]> \"q\"'\nslug: x\nlang: pt-BR\ndate: 2026-05-06\n"
        "tags: ['a & b', '<i>']\n---\n\nText & <b>more</b> ]]>.\n"
    ),
    "content/articles/empty.md": "---\ntitle: Empty\nslug: empty\nlang: zh\n---\n",
}


@pytest.mark.parametrize(
    "text",
    [
        "title: Notes\n",
        "title: A & B <notes>\ndescription: All & more.\nauthor: Ö\nbase_url: https://kb.test/a&b\n",
        "title: 笔记\nlanguage: zh\nbase_url: https://kb.test\nurls: pretty\nfeed_size: 1\n",
    ],
)
def test_every_feed_keeps_the_rules_of_its_format(project: Project, text: str) -> None:
    root = project({**HOSTILE, "kb.yaml": text})
    built(root)
    atom, json_feeds = (sorted((root / "site").rglob(f"feed.{end}")) for end in ("xml", "json"))
    assert len(atom) == len(json_feeds) == 5
    assert {path: faults for path in atom if (faults := atom_faults(path.read_bytes()))} == {}
    assert {path: faults for path in json_feeds if (faults := json_faults(path.read_bytes()))} == {}


def test_the_rules_are_kept_by_a_test_that_can_tell() -> None:
    feed = b'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry/></feed>'
    assert {"id stands 0 times", "4.1.1: no author", "3.3: now"} <= {
        *atom_faults(feed),
        *atom_faults(feed.replace(b"<entry/>", b"<updated>now</updated>")),
    }
    assert "no id" in json_faults(b'{"version": "1", "title": "T", "items": [{}]}')


def announced(root: Path) -> dict[str, tuple[object, ...]]:
    """What tells a reader's program that an item is new or changed, by its title."""
    feed = ET.fromstring((root / "site/feed.xml").read_bytes())
    atom = {
        entry.findtext(f"{ATOM}title", ""): (
            entry.findtext(f"{ATOM}id"),
            entry.findtext(f"{ATOM}published"),
            entry.findtext(f"{ATOM}updated"),
        )
        for entry in feed.iter(f"{ATOM}entry")
    }
    found = items(root)
    return {
        title: (*dates, found[title]["id"], found[title].get("date_modified"))
        for title, dates in atom.items()
    }


def dump(*lines: str) -> str:
    return "\n".join(("INCOMING TRANSMISSION", "", "LATEST UPDATES", *lines, "1 2", ""))


def test_a_dump_that_repeats_and_extends_announces_nothing_again(project: Project) -> None:
    folder = "content/transmissions"
    long = f"{EXCERPT},网络看着带噪声的图像和时间步,猜出其中的噪声,损失就是两者之差的平方,训练因此很稳定"
    root = project({f"{folder}/2026-01-01.txt": dump(f"{long}...")})
    built(root)
    before = announced(root)
    assert len(before) == 1
    put(root, {f"{folder}/2026-02-02.txt": dump(f"{long}...", f"{long},再往后就是采样...")})
    built(root)
    assert announced(root) == before
    [record] = (root / "content/articles").iterdir()
    assert "采样" in record.read_text("utf-8")


def test_what_a_new_dump_brings_is_announced_alone(project: Project) -> None:
    root = project(SMALL)
    built(root)
    before = announced(root)
    new = "概述 LRU 缓存用一个哈希表和一个双向链表,查找和更新都是常数时间,满了就丢掉最久没用的..."
    put(root, {"content/transmissions/2026-03-03.txt": dump(f"{EXCERPT}...", new)})
    built(root)
    after = announced(root)
    assert {title: after[title] for title in before} == before
    assert len(after) == len(before) + 1


def test_an_edit_announces_nothing_unless_a_person_says_so(project: Project) -> None:
    root = project(DATED)
    built(root)
    before = announced(root)
    text = DATED["content/articles/b.md"]
    put(root, {"content/articles/b.md": f"{text}\nMore.\n"})
    built(root)
    assert announced(root) == before
    put(root, {"content/articles/b.md": text.replace("2026-02-03", "2026-06-07")})
    built(root)
    assert announced(root)["B"][2] == "2026-06-07T00:00:00Z"
    assert announced(root)["B"][0] == before["B"][0]
