import json
from pathlib import Path
from xml.etree import ElementTree as ET

import html5lib
import pytest

ATOM = "{http://www.w3.org/2005/Atom}"


def test_every_page_is_html_without_parse_errors(own_site: Path) -> None:
    wrong = {}
    for path in own_site.rglob("*.html"):
        parser = html5lib.HTMLParser()
        parser.parse(path.read_text("utf-8"))
        if parser.errors:
            wrong[path.name] = [code for _, code, _ in parser.errors]
    assert wrong == {}


def test_no_page_has_an_inline_script_style_or_handler(own_site: Path) -> None:
    wrong = []
    for path in own_site.rglob("*.html"):
        tree = html5lib.parse(path.read_text("utf-8"), namespaceHTMLElements=False)
        for element in tree.iter():
            is_code = element.tag == "script" and element.get("type") != "application/ld+json"
            inline = is_code and not element.get("src")
            handlers = [name for name in element.attrib if name.startswith("on")]
            if inline or handlers or element.tag == "style" or "style" in element.attrib:
                wrong.append(f"{path.name}: {element.tag}")
    assert wrong == []


def test_every_page_has_one_first_heading_and_a_title(own_site: Path) -> None:
    wrong = []
    for path in own_site.rglob("*.html"):
        tree = html5lib.parse(path.read_text("utf-8"), namespaceHTMLElements=False)
        titles = [element.text for element in tree.iter("title")]
        if len(list(tree.iter("h1"))) != 1 or not titles or not titles[0]:
            wrong.append(path.name)
    assert wrong == []


@pytest.mark.parametrize("name", ["own_site", "pretty_site"])
def test_every_feed_is_atom_with_ids_dates_and_titles(
    name: str, request: pytest.FixtureRequest
) -> None:
    feeds = list(request.getfixturevalue(name).rglob("feed.xml"))
    assert len(feeds) > 10
    for path in feeds:
        feed = ET.fromstring(path.read_bytes())
        for node in (feed, *feed.iter(f"{ATOM}entry")):
            values = [node.findtext(f"{ATOM}{key}") for key in ("id", "updated", "title")]
            assert all(values), path


def test_every_json_file_is_json(own_site: Path) -> None:
    for path in own_site.rglob("*.json"):
        json.loads(path.read_bytes())


def test_the_sitemap_lists_every_page_that_a_reader_may_find(pretty_site: Path) -> None:
    tree = ET.fromstring((pretty_site / "sitemap.xml").read_bytes())
    listed = [node.text or "" for node in tree.iter() if node.tag.endswith("}loc")]
    assert "https://kb.test/sub/path/" in listed
    assert "https://kb.test/sub/path/articles/lora/" in listed
    missing = [
        address
        for address in listed
        if not (
            pretty_site / address.removeprefix("https://kb.test/sub/path/") / "index.html"
        ).is_file()
    ]
    assert missing == []


def test_the_page_for_lost_readers_links_from_the_root(pretty_site: Path) -> None:
    page = (pretty_site / "404.html").read_text("utf-8")
    assert 'href="/sub/path/topics/"' in page
    assert 'href="topics' not in page
