"""Do Python and the browser agree on what the index is? Both are held to the same examples."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kb.search.blocks import Document
from kb.search.folding import fold
from kb.search.index import index
from kb.search.places import capacity_of, shard_of, slots, spread
from kb.search.postings import read, written
from kb.search.terms import terms, words

CASES: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "cases" / "search.json").read_text("utf-8")
)
DOCUMENTS = msgspec.convert(CASES["index"]["documents"], dict[str, Document])


@pytest.mark.parametrize(("text", "folded"), CASES["fold"])
def test_text_is_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(("text", "found"), CASES["words"])
def test_words_are_found(text: str, found: list[str]) -> None:
    assert words(fold(text)) == found


@pytest.mark.parametrize(("name", "found"), CASES["terms"])
def test_terms_have_an_impact(name: str, found: dict[str, int]) -> None:
    assert terms(DOCUMENTS[name]) == found


@pytest.mark.parametrize(("text", "place"), CASES["spread"])
def test_text_is_spread(text: str, place: int) -> None:
    assert spread(text) == place


@pytest.mark.parametrize(("term", "shards", "shard"), CASES["shard"])
def test_a_term_stands_in_a_shard(term: str, shards: int, shard: int) -> None:
    assert shard_of(term, shards) == shard


@pytest.mark.parametrize(("count", "capacity"), CASES["capacity"])
def test_documents_need_slots(count: int, capacity: int) -> None:
    assert capacity_of(count) == capacity


def test_documents_have_their_slots() -> None:
    names, found = CASES["slots"]
    assert slots(names) == found


@pytest.mark.parametrize(("postings", "text"), CASES["postings"])
def test_postings_are_written_and_read(postings: list[tuple[int, int]], text: str) -> None:
    assert written(dict(postings)) == text
    assert read(text) == dict(postings)


def test_an_index_is_made_whole() -> None:
    files = {path: content.decode() for path, content in index(DOCUMENTS).items()}
    assert files == CASES["index"]["files"]
