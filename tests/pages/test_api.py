"""Does docs/api.md say what the JSON of a site holds, and is it bounded?"""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from projects import SMALL, Files, built, updated

from kb.pages import api

Project = Callable[[Files], Path]
DOCUMENT = Path(__file__).parents[2] / "docs" / "api.md"
TYPES: Mapping[str, Callable[[Any], bool]] = {
    "text": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, int),
    "flag": lambda value: isinstance(value, bool),
    "object": lambda value: isinstance(value, dict),
    "list": lambda value: isinstance(value, list),
    "list of texts": lambda value: all(isinstance(item, str) for item in value),
    "text or null": lambda value: value is None or isinstance(value, str),
}


def documented(heading: str) -> dict[str, str]:
    """The type of each field in the table under a heading."""
    section = DOCUMENT.read_text("utf-8").split(f"# {heading}\n", 1)[1].split("\n#", 1)[0]
    return dict(re.findall(r"^\| `(\w+)` \| ([\w ]+) \|", section, re.MULTILINE))


def said(root: Path, file: str) -> Any:
    return json.loads((root / "site" / file).read_bytes())


@pytest.mark.parametrize(
    ("file", "key", "item"),
    [
        ("api/articles.json", "articles", "An article"),
        ("api/topics.json", "topics", "A topic"),
        ("api/tags.json", "tags", "A tag"),
    ],
)
def test_the_document_and_the_bytes_agree(small_site: Path, file: str, key: str, item: str) -> None:
    found = said(small_site, file)
    fields = documented(f"`{file}`")
    assert set(found) == set(fields)
    assert found["version"] == 1
    things = documented(item)
    assert len(found[key]) >= 2
    for thing in (found, *found[key]):
        expected = fields if thing is found else things
        assert set(thing) == set(expected)
        assert all(TYPES[expected[name]](value) for name, value in thing.items())


def test_every_address_in_the_api_is_a_file(small_site: Path) -> None:
    articles = said(small_site, "api/articles.json")["articles"]
    things = (*said(small_site, "api/topics.json")["topics"], *articles)
    paths = [thing["url"] for thing in things if thing["url"]]
    paths += [article["markdown"] for article in articles]
    assert len(paths) >= 10
    assert [path for path in paths if not (small_site / "site" / path).is_file()] == []


def test_a_long_library_stands_in_files_of_which_each_names_the_next(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "PART", 2)
    texts = {
        f"content/articles/{name}.md": f"---\nslug: {name}\n---\n\n{name}.\n" for name in "abcde"
    }
    root = project(texts)
    built(root)
    files = ["api/articles.json", "api/articles-2.json", "api/articles-3.json"]
    parts = [said(root, file) for file in files]
    assert [part["next"] for part in parts] == [*files[1:], None]
    assert [article["slug"] for part in parts for article in part["articles"]] == list("abcde")
    (root / "content/articles/d.md").write_text("---\nslug: d\n---\n\nOther.\n", "utf-8")
    written = updated(root).written
    assert [file for file in files if file in written] == ["api/articles-2.json"]


def test_the_command_and_the_file_say_the_same(run: Callable[..., Any], project: Project) -> None:
    root = project(SMALL)
    built(root)
    listed = json.loads(run("list", "--json").stdout)
    articles = said(root, "api/articles.json")["articles"]
    added = {"updated", "markdown", "summary"}
    without = [{k: v for k, v in article.items() if k not in added} for article in articles]
    assert listed == without
