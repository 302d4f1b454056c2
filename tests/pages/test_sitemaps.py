"""Do search engines find every page in sitemaps as the protocol has them?"""

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from projects import SMALL, Files, built, updated

from kb.pages import machine
from kb.pages.machine import AROUND, HEAVIEST, MOST, shares

Project = Callable[[Files], Path]
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ADDRESS = {**SMALL, "kb.yaml": "title: Notes\nbase_url: https://kb.test/a&b\n"}


def tree(root: Path, file: str) -> ET.Element:
    return ET.fromstring((root / "site" / file).read_bytes())


def told(node: ET.Element, name: str) -> list[str]:
    return [found.text or "" for found in node.iter(f"{NAMESPACE}{name}")]


def test_one_sitemap_lists_what_fits_in_it(project: Project) -> None:
    root = project(ADDRESS)
    built(root)
    found = tree(root, "sitemap.xml")
    assert found.tag == f"{NAMESPACE}urlset"
    assert "https://kb.test/a&b/articles/flow.html" in told(found, "loc")
    assert told(found, "lastmod") == ["2026-01-01", "2026-01-01"]
    assert "Sitemap: https://kb.test/a&b/sitemap.xml" in (root / "site/robots.txt").read_text()


def test_more_than_fits_is_an_index_of_sitemaps_that_list_the_same(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project(ADDRESS)
    built(root)
    whole = sorted(told(tree(root, "sitemap.xml"), "loc"))
    monkeypatch.setattr(machine, "MOST", 5)
    built(root)
    index = tree(root, "sitemap.xml")
    assert index.tag == f"{NAMESPACE}sitemapindex"
    files = [address.rpartition("/")[2] for address in told(index, "loc")]
    assert len(set(files)) == len(files) >= 3
    parts = [told(tree(root, file), "loc") for file in files]
    assert max(map(len, parts)) <= 5
    assert sorted(address for part in parts for address in part) == whole
    assert set(told(index, "lastmod")) == {"2026-01-01"}


def test_one_more_page_writes_its_sitemap_alone(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "MOST", 14)
    root = project(ADDRESS)
    built(root)
    (root / "content/pages/more.md").write_text("Text.\n", "utf-8")
    written = [path for path in updated(root).written if path.startswith("sitemap")]
    assert len(written) == 1
    assert len(list((root / "site").glob("sitemap-*.xml"))) == 2


def test_the_limits_are_those_of_the_protocol() -> None:
    entries = tuple((f"articles/{number}.html", "") for number in range(MOST + 1))
    assert (MOST, HEAVIEST) == (50_000, 50 * 1024 * 1024)
    assert len(dict(shares(entries[:-1], len))) == 1
    assert len(dict(shares(entries, len))) == 2


def test_long_addresses_fill_a_sitemap_by_their_bytes() -> None:
    entries = tuple((f"{number}.html", "") for number in range(100))
    heavy = HEAVIEST // 60 - AROUND
    assert len(dict(shares(entries, lambda _: heavy))) == 2


def test_without_an_address_there_is_no_sitemap(small_site: Path) -> None:
    assert list((small_site / "site").glob("sitemap*")) == []
    assert (small_site / "site/robots.txt").read_text() == "User-agent: *\nAllow: /\n"
