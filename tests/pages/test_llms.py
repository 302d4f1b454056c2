"""Does a language model find every article, in files that are not too long?"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from projects import Files, built, updated

from kb.pages import llms

Project = Callable[[Files], Path]
LINK = re.compile(r"^- \[((?:\\.|[^\]\\])+)\]\(([^()\s]+)\)(: .+)?$")


def texts(count: int, topic: str = "storage") -> dict[str, str]:
    return {
        f"content/articles/{topic}{n}.md": (
            f"---\ntitle: T [{n}]\nslug: {topic}-{n}\ntopic: {topic}\n"
            f"date: 2026-01-{n + 10}\n---\n\nText {n}.\n"
        )
        for n in range(count)
    }


def read(root: Path, file: str = "llms.txt") -> str:
    return (root / "site" / file).read_text("utf-8")


def links(text: str) -> list[str]:
    """The addresses in a file; every line of a list must be a link with notes or without."""
    lines = [line for line in text.splitlines() if line.startswith("-")]
    found = [LINK.fullmatch(line) for line in lines]
    assert None not in found, text
    return [match[2] for match in found if match]


def test_a_small_site_is_one_list_as_the_convention_has_it(project: Project) -> None:
    root = project({"kb.yaml": "title: Notes\ndescription: All.\nlanguage: en\n", **texts(2)})
    built(root)
    assert read(root) == (
        "# Notes\n\n> All.\n\n## Storage\n\n"
        "- [T \\[1\\]](articles/storage-1.md): Text 1.\n"
        "- [T \\[0\\]](articles/storage-0.md): Text 0.\n"
        "\n## Optional\n\n"
        "- [api/articles.json](api/articles.json)\n- [feed.xml](feed.xml)\n"
    )


def test_with_an_address_every_link_is_whole(project: Project) -> None:
    root = project({"kb.yaml": "base_url: https://kb.test/sub\nurls: pretty\n", **texts(1)})
    built(root)
    assert links(read(root))[0] == "https://kb.test/sub/articles/storage-0.md"


def test_a_large_site_names_the_lists_of_its_topics(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(llms, "MOST", 3)
    monkeypatch.setattr(llms, "NEWEST", 2)
    root = project({"kb.yaml": "language: en\n", **texts(7), **texts(1, "diffusion")})
    built(root)
    top = links(read(root))
    assert top == [
        *("articles/diffusion-0.md", "topics/models/diffusion/llms.txt"),
        *("articles/storage-6.md", "articles/storage-5.md", "topics/storage/llms.txt"),
        *("api/articles.json", "feed.xml"),
    ]
    assert "- [all 7 articles](topics/storage/llms.txt)" in read(root)
    files = [f"topics/storage/llms{end}.txt" for end in ("", "-2", "-3")]
    lists = [links(read(root, file)) for file in files]
    assert [len(found) for found in lists] == [4, 4, 1]
    assert lists[0][-1] == "llms-2.txt"
    told = [link for found in lists for link in found if not link.endswith(".txt")]
    assert told == [f"../../articles/storage-{n}.md" for n in reversed(range(7))]


def test_an_edit_writes_the_list_of_its_topic_alone(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(llms, "MOST", 3)
    monkeypatch.setattr(llms, "NEWEST", 1)
    root = project({**texts(7), **texts(2, "diffusion")})
    built(root)
    file = root / "content/articles/storage2.md"
    file.write_text(file.read_text("utf-8").replace("Text 2", "Other text"), "utf-8")
    written = updated(root).written
    assert [path for path in written if "llms" in path] == ["topics/storage/llms-2.txt"]
