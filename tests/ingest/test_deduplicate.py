"""Which entries are one article, whatever the order of dumps, and for ever?"""

from collections.abc import Callable, Iterable, Mapping
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.ingest.deduplicate import Group, group
from kb.ingest.identity import fold
from kb.ingest.parse import parse
from kb.library.ledger import Ledger, LedgerLine
from kb.model import ArticleId, Match, Transmission

SIGNS = [chr(code) for code in range(0x4E00, 0x4E00 + 400)]


def made_up(seed: int, length: int = 200) -> str:
    """A text of its own, with a comma after every ninth sign."""
    random = Random(seed)  # noqa: S311 - a repeatable text, no secret
    signs = (random.choice(SIGNS) + ("," if place % 9 == 8 else "") for place in range(length))
    return "".join(signs)


ARTICLES = (
    *(made_up(seed) for seed in range(5)),
    *(made_up(99, 60) + made_up(seed, 150) for seed in (11, 12)),
)
"""Seven articles; the last two share an introduction."""
STYLES: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "wide": lambda text: text.replace(",", "，"),
    "spaced": lambda text: f"  {text.replace(',', ' , ')} ",
    "with an icon": lambda text: f"💡 {text}",
    "titled": lambda text: f"一个标题 {text}",
    "with a placeholder": lambda text: f"{text[:30]}[Math]{text[30:]}",
}
LINES = st.tuples(
    st.integers(0, len(ARTICLES) - 1), st.integers(150, 250), st.sampled_from(sorted(STYLES))
)
DUMPS = st.lists(st.lists(LINES, max_size=5), min_size=1, max_size=5)


def entry(line: tuple[int, int, str]) -> str:
    article, length, style = line
    text = ARTICLES[article]
    return STYLES[style](f"{text[:length]}..." if length < len(text) else text)


def dump(name: str, lines: Iterable[str]) -> Transmission:
    return parse("\n".join(lines), f"{name}.txt", "utf-8")


def dumps_of(history: Iterable[Iterable[tuple[int, int, str]]]) -> list[Transmission]:
    return [dump(f"d{number}", map(entry, lines)) for number, lines in enumerate(history)]


def remembered(groups: Iterable[Group], ledger: Ledger) -> Ledger:
    """The ledger after these groups."""
    lines = dict(ledger)
    for found in groups:
        old = ledger.get(found.id)
        keys = {*found.keys, *(old.keys if old else ())}
        lines[found.id] = LedgerLine(found.id, (), tuple(sorted(keys)), found.sightings, {})
    return lines


def bodies(groups: Iterable[Group]) -> Mapping[ArticleId, str]:
    return {found.id: found.longest[1] for found in groups}


def grouped(*texts: str) -> tuple[Group, ...]:
    return group([dump("a", texts)], {}, {})


@settings(max_examples=150, deadline=None)
@given(DUMPS, st.randoms(use_true_random=False))
def test_the_order_of_dumps_does_not_matter(
    history: list[list[tuple[int, int, str]]], random: Random
) -> None:
    dumps = dumps_of(history)
    shuffled = list(dumps)
    random.shuffle(shuffled)
    assert group(shuffled, {}, {}) == group(dumps, {}, {})


@settings(max_examples=150, deadline=None)
@given(DUMPS)
def test_every_entry_is_a_sighting_of_one_article(
    history: list[list[tuple[int, int, str]]],
) -> None:
    spots = [
        (s.transmission, s.line) for g in group(dumps_of(history), {}, {}) for s in g.sightings
    ]
    assert sorted(spots) == [
        (f"d{n}.txt", k + 1) for n, d in enumerate(history) for k in range(len(d))
    ]


@settings(max_examples=150, deadline=None)
@given(DUMPS)
def test_the_groups_are_the_articles(history: list[list[tuple[int, int, str]]]) -> None:
    owner = {
        (sighting.transmission, sighting.line): found.id
        for found in group(dumps_of(history), {}, {})
        for sighting in found.sightings
    }
    pairs = {
        (line[0], owner[f"d{number}.txt", place])
        for number, lines in enumerate(history)
        for place, line in enumerate(lines, 1)
    }
    assert len(pairs) == len({article for article, _ in pairs}) == len({name for _, name in pairs})


@settings(max_examples=100, deadline=None)
@given(DUMPS)
def test_an_id_never_changes_when_further_dumps_come(
    history: list[list[tuple[int, int, str]]],
) -> None:
    ledger: Ledger = {}
    known: dict[str, ArticleId] = {}
    texts: Mapping[ArticleId, str] = {}
    dumps = dumps_of(history)
    for count in range(1, len(dumps) + 1):
        groups = group(dumps[:count], ledger, texts)
        for found in groups:
            for key in found.texts:
                assert known.setdefault(key, found.id) == found.id
        ledger, texts = remembered(groups, ledger), bodies(groups)


@settings(max_examples=100, deadline=None)
@given(DUMPS)
def test_grouping_again_with_the_ledger_changes_nothing(
    history: list[list[tuple[int, int, str]]],
) -> None:
    dumps = dumps_of(history)
    groups = group(dumps, {}, {})
    assert group(dumps, remembered(groups, {}), bodies(groups)) == groups


@settings(max_examples=200, deadline=None)
@given(st.integers(50, 199), st.integers(1, 4), st.sampled_from(sorted(STYLES)))
def test_an_id_does_not_depend_on_the_cut_nor_on_repeats(
    length: int, times: int, style: str
) -> None:
    if style != "titled":
        (whole,) = grouped(ARTICLES[0])
        (cut,) = grouped(*[entry((0, length, style))] * times)
        assert cut.id == whole.id


@pytest.mark.parametrize("end", ["[", "[M", "[Math", "[公", "[公式", "[Math]"])
def test_a_placeholder_cut_in_half_is_no_part_of_the_key(end: str) -> None:
    assert fold(f"先写日志{end}...") == fold("先写日志") == fold(f"先写日志 {end}…")


def test_a_bracket_that_is_no_placeholder_is_part_of_the_key() -> None:
    assert fold("先写日志[注...") == "先写日志注"


def test_width_case_signs_emoji_and_hyphens_do_not_count() -> None:
    assert (
        fold("💡 Multi-Head ＡＴＴＮ，(多头)")
        == "multiheadattn多头"
        == fold("multihead attn多头...")
    )


def test_short_texts_are_one_only_if_wholly_equal() -> None:
    assert len(grouped("短短一句话", "短短一句话,又一句", "短短一句话...")) == 2


def test_two_articles_that_share_an_introduction_stay_two() -> None:
    assert len(grouped(ARTICLES[5], ARTICLES[6])) == 2


def test_the_longest_variant_wins_and_every_sighting_is_kept() -> None:
    (found,) = grouped(f"{ARTICLES[0][:100]}...", ARTICLES[0], f"{ARTICLES[0][:100]}...")
    assert found.longest[1] == ARTICLES[0]
    assert [(s.line, s.match) for s in found.sightings] == [
        (1, Match.FIRST), (2, Match.PREFIX), (3, Match.EXACT),
    ]  # fmt: skip


def test_a_title_in_front_is_recognised() -> None:
    (found,) = grouped(ARTICLES[0], f"一个很长很长的标题在前面 {ARTICLES[0]}")
    assert [s.match for s in found.sightings] == [Match.FIRST, Match.PREFIX]


def test_a_text_with_a_few_other_words_is_near() -> None:
    text = ARTICLES[0]
    (found,) = grouped(text, f"{text[:60]}换了几个字{text[65:130]}又换几个{text[134:]}")
    assert found.sightings[1].match is Match.NEAR
    assert 0.65 <= found.sightings[1].score < 1


def test_an_entry_known_by_its_key_needs_no_text_of_its_article() -> None:
    groups = grouped(ARTICLES[0])
    (again,) = group([dump("b", [ARTICLES[0]])], remembered(groups, {}), {})
    assert again.id == groups[0].id


def test_a_longer_variant_is_known_by_the_body_when_the_dump_is_gone() -> None:
    groups = grouped(f"{ARTICLES[0][:150]}...")
    (again,) = group([dump("b", [ARTICLES[0]])], remembered(groups, {}), bodies(groups))
    assert again.id == groups[0].id
