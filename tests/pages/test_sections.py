"""Does the navigation lead to what there is, and to nothing else?"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from projects import Files, built

Project = Callable[[Files], Path]

ADDRESS = {"kb.yaml": "title: Notes\nbase_url: https://kb.test\n"}
TAGGED = "---\ntitle: A\ntags: [LoRA]\n---\n\nText.\n"
DATED = "---\ntitle: A\ndate: 2026-01-02\n---\n\nText.\n"
DUMP = "扩散模型从噪声开始,一步一步去噪,最后得到一张清晰的图像,学的是每一步的噪声...\n"


def stations(root: Path) -> list[str]:
    """The folders of the indexes that the home page's navigation names."""
    page = (root / "site/index.html").read_text("utf-8")
    listed = page.partition('<ul class="stations">')[2].partition("</ul>")[0]
    return re.findall(r'href="(\w+)/index\.html"', listed)


@pytest.mark.parametrize(
    ("files", "named"),
    [
        ({}, []),
        ({"content/articles/a.md": "---\ntitle: A\n---\n\nText.\n"}, ["topics", "graph"]),
        ({"content/articles/a.md": TAGGED}, ["topics", "tags", "graph"]),
        ({"content/articles/a.md": DATED}, ["topics", "archive", "graph"]),
        (
            {"content/transmissions/a.txt": DUMP},
            ["topics", "transmissions", "graph"],
        ),
    ],
    ids=["nothing", "an article", "a tag", "a date", "a dump"],
)
def test_the_navigation_names_the_sections_that_hold_something(
    project: Project, files: Files, named: list[str]
) -> None:
    root = project({**ADDRESS, **files})
    built(root)
    assert stations(root) == named
    there = {path.parent.name for path in (root / "site").glob("*/index.html")}
    assert there == {*named, "search"}
    sitemap = (root / "site/sitemap.xml").read_text("utf-8")
    assert re.findall(r"kb\.test/(\w+)/index\.html", sitemap) == named


def test_a_section_comes_with_its_first_thing_and_goes_with_its_last(project: Project) -> None:
    root = project({**ADDRESS, "content/articles/a.md": DATED})
    built(root)
    (root / "content/transmissions").mkdir(parents=True)
    dump = root / "content/transmissions/a.txt"
    dump.write_text(DUMP, "utf-8")
    built(root)
    assert "transmissions" in stations(root)
    dump.unlink()
    built(root)
    assert stations(root) == ["topics", "archive", "graph"]
    assert not (root / "site/transmissions").exists()


def test_a_site_without_anything_offers_no_empty_list(project: Project) -> None:
    root = project(ADDRESS)
    built(root)
    search = (root / "site/search/index.html").read_text("utf-8")
    assert 'class="chips"' not in search
    assert "或者逛一逛" not in search
