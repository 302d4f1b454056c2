"""Does the browser read the index as Python writes it? The same examples hold for both."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import chromium
from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]
CASES: dict[str, Any] = json.loads((ROOT / "tests/cases/search.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The client on an empty page, above the index of the examples."""
    site = tmp_path_factory.mktemp("site")
    (site / "assets").mkdir()
    shutil.copy(ROOT / "templates/assets/search.js", site / "assets")
    frame = '<!doctype html><meta charset="utf-8"><script src="assets/search.js"></script>'
    (site / "index.html").write_text(frame, "utf-8")
    root = {"version": 1, "documents": 3, "capacity": 16, "shards": 2, "block": 4, "topics": []}
    files = {**CASES["index"]["files"], "search/root.js": f'kbSearch("root",{json.dumps(root)})'}
    for path, content in files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(content, "utf-8")
    with chromium() as browser:
        page = browser.new_page()
        page.goto((site / "index.html").as_uri())
        yield page


@pytest.mark.parametrize(("name", "call"), [
    ("fold", "kbSearch.fold(text)"),
    ("words", "kbSearch.words(kbSearch.fold(text))"),
    ("spread", "kbSearch.spread(text)"),
])  # fmt: skip
def test_the_browser_agrees_on_texts(client: Page, name: str, call: str) -> None:
    # As JSON, since a lone surrogate is lost on the way.
    texts = json.dumps([text for text, _ in CASES[name]])
    found = client.evaluate(f"(texts) => JSON.parse(texts).map((text) => {call})", texts)
    assert found == [expected for _, expected in CASES[name]]


def test_the_browser_looks_for_a_term_in_its_shard(client: Page) -> None:
    found = client.evaluate("(all) => all.map((one) => kbSearch.shardOf(...one))", CASES["shard"])
    assert found == [shard for *_, shard in CASES["shard"]]


def test_the_browser_reads_postings(client: Page) -> None:
    texts = [text for _, text in CASES["postings"]]
    found = client.evaluate("(texts) => texts.map(kbSearch.read)", texts)
    assert found == [postings for postings, _ in CASES["postings"]]


FOUND = {
    "注意力": ["注意力 Attention"],
    "意": ["注意力 Attention"],
    "QUERY 与": ["注意力 Attention"],
    "atten": ["注意力 Attention"],
    "tentio": ["注意力 Attention"],
    "attenton": ["注意力 Attention"],
    '"t 𠮷"': [],
    "𠮷 <": ["注意力 Attention"],
    '"low-rank"': ["LoRA"],
    "k m": ["LoRA"],
    "关于": ["关于"],
    "量子": [],
}


@pytest.mark.parametrize("query", FOUND)
def test_what_holds_the_query_is_found(client: Page, query: str) -> None:
    found = client.evaluate(
        """async (query) => (await kbSearch.find(query, {}, true)).order
          .filter((one) => one.isWhole).map((one) => one.document.title)""",
        query,
    )
    assert found == FOUND[query]


def test_a_topic_and_a_tag_narrow_what_is_found(client: Page) -> None:
    ask = "async (kept) => (await kbSearch.find('lora', kept)).order.map(({ slot }) => slot)"
    kept = [{"topic": "ai"}, {"topic": "ai-nlp"}, {"tag": "LoRA"}, {"tag": "Transformer"}]
    assert [client.evaluate(ask, one) for one in kept] == [[14], [], [14], []]
