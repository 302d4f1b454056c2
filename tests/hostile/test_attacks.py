"""Can any text of a dump, an article or its front matter run, load or lead astray?"""

import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from chromium import chromium
from hostile import Attack, attacks, document, faults, visible
from projects import TOPICS, built, put

ATTACKS = attacks(Path(__file__).parent / "attacks.txt")
PICTURE = "https://evil.test/x.png"
"""A picture from elsewhere, which a person may show who lets HTML pass; a build warns of it."""
SETTINGS = "title: Notes\nbase_url: https://kb.test/sub\n"


def article(number: int, attack: Attack) -> str:
    """An article that holds an attack wherever a person can write."""
    quoted = json.dumps(attack.text)
    fields = {"title": json.dumps(f"{number:03} {attack.text}"), "description": quoted}
    fields |= {"tags": f"[{quoted}]", "extra_key": quoted}
    front = "\n".join(f"{key}: {value}" for key, value in fields.items())
    return f"---\n{front}\nslug: a{number:03}\n---\n\n{attack.text}\n"


def line(number: int, attack: Attack) -> str:
    """An entry of a dump that holds an attack between words that no other entry has."""
    words = " ".join(f"词{number:03}第{place}处" for place in range(12))
    return f"{words} {' '.join(attack.text.split())} {words}..."


def made(folder: Path, settings: str) -> Path:
    files = {f"content/articles/a{n:03}.md": article(n, a) for n, a in enumerate(ATTACKS)}
    dump = "\n".join(line(n, a) for n, a in enumerate(ATTACKS))
    texts = {"content/transmissions/x.txt": f"LATEST UPDATES\n{dump}\n"}
    put(folder, {"kb.yaml": settings, "content/topics.yaml": TOPICS, **files, **texts})
    built(folder)
    return folder / "site"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All attacks, through every door, built."""
    return made(tmp_path_factory.mktemp("attacked"), SETTINGS)


@pytest.fixture(scope="module")
def lenient(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, where a person lets an allow-list of HTML pass."""
    return made(tmp_path_factory.mktemp("lenient"), f"{SETTINGS}markdown: {{html: sanitized}}\n")


def test_there_are_enough_attacks_and_no_two_are_one() -> None:
    assert len({attack.text for attack in ATTACKS}) == len(ATTACKS)
    assert len(ATTACKS) >= 150


@pytest.mark.parametrize("number", range(len(ATTACKS)), ids=lambda n: ATTACKS[n].text[:50])
def test_an_attack_in_an_article_is_text_and_nothing_else(site: Path, number: int) -> None:
    page = document((site / f"articles/a{number:03}.html").read_text("utf-8"))

    assert [*faults(page)] == []
    body = page.find(".//main")
    assert body is not None
    assert "".join(ATTACKS[number].shown.replace("\0", "\ufffd").split()) in visible(body)


def others(site: Path) -> Iterator[Path]:
    pages = sorted(site.rglob("*.html"))
    return (page for page in pages if not page.name.startswith("a") or len(page.stem) != 4)


def test_no_other_page_runs_or_loads_what_a_text_says(site: Path) -> None:
    told = {
        page.relative_to(site).as_posix(): found
        for page in others(site)
        if (found := [*faults(document(page.read_text("utf-8")))])
    }

    assert told == {}


def test_html_that_a_person_allows_passes_without_what_could_run(lenient: Path) -> None:
    pages = sorted((lenient / "articles").glob("a???.html"))
    told = [fault for page in pages for fault in faults(document(page.read_text("utf-8")))]

    assert len(pages) == len(ATTACKS)
    assert told == [f"<img src={PICTURE}>"]


def test_feeds_and_data_are_well_formed_whatever_they_hold(site: Path) -> None:
    for path in site.rglob("*.xml"):
        ET.parse(path)
    for path in site.rglob("*.json"):
        json.loads(path.read_bytes())


@pytest.mark.parametrize(("name", "wanted"), [("site", []), ("lenient", [PICTURE])])
def test_a_browser_runs_nothing_and_asks_nobody_that_a_text_names(
    name: str, wanted: list[str], request: pytest.FixtureRequest
) -> None:
    site = request.getfixturevalue(name)
    hits: list[str] = []
    asked: list[str] = []
    pages = [*sorted(site.glob("articles/*.html")), site / "transmissions/x.html"]
    pages += [site / "index.html", site / "tags/index.html", site / "search/index.html"]
    with chromium() as browser:
        page = browser.new_page()
        page.expose_function("__hit", lambda: hits.append(page.url))
        page.on("request", lambda request: asked.append(request.url))
        for path in pages:
            if path.exists():
                page.goto(path.as_uri(), wait_until="load")
        page.wait_for_timeout(500)

    assert hits == []
    assert [url for url in asked if not url.startswith("file://")] == wanted
