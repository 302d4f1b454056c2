"""Can a reader of feeds trust the ids and the dates?"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from projects import SMALL, Files, built

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
