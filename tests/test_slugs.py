from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.model import Slug
from kb.slugs import LONGEST, is_slug, slugify, unique

CASES = Path(__file__).parent / "cases" / "slugs.txt"


def cases() -> list[tuple[str, str]]:
    blocks = CASES.read_text("utf-8").rstrip("\n").split("\n\n")[1:]
    pairs = (block.split("\n= ") for block in blocks)
    return [(text, slug) for text, slug in pairs]


@pytest.mark.parametrize(("text", "slug"), cases())
def test_a_text_becomes_a_readable_slug(text: str, slug: str) -> None:
    assert slugify(text) == slug


@given(st.text())
def test_every_text_has_a_slug_that_is_safe_in_a_url_and_a_file_name(text: str) -> None:
    assert is_slug(slugify(text))


@given(st.text())
def test_a_slug_is_its_own_slug(text: str) -> None:
    assert slugify(slugify(text)) == slugify(text)


@pytest.mark.parametrize("text", ["", "-a", "a--b", "A", "a.b", "nul", "a" * (LONGEST + 1), "字"])
def test_what_could_not_stand_in_a_file_name_is_no_slug(text: str) -> None:
    assert not is_slug(text)


def test_a_taken_slug_gets_the_beginning_of_the_suffix() -> None:
    assert unique(Slug("lora"), "0123456789ab", set()) == "lora"
    assert unique(Slug("lora"), "0123456789ab", {"lora"}) == "lora-0123"
    assert unique(Slug("lora"), "0123456789ab", {"lora", "lora-0123"}) == "lora-01234"


def test_a_long_slug_stays_within_bounds_with_its_suffix() -> None:
    long = Slug("a" * LONGEST)
    assert unique(long, "0123456789ab", {long}) == "a" * (LONGEST - 5) + "-0123"
