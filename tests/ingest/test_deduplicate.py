"""Which entries are one article, whatever the order of dumps, and for ever?"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.config import Merge
from kb.ingest.deduplicate import Group
from kb.ingest.deduplicate import group as group_of
from kb.ingest.identity import HEAD, digest, fold, keyed
from kb.ingest.parse import parse
from kb.ingest.rules import Rules, rules_of
from kb.ingest.similarity import compare
from kb.ingest.variants import Variants
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


@contextmanager
def met(dumps: Iterable[Transmission]) -> Iterator[Variants]:
    """The texts of dumps."""
    with closing(Variants()) as variants:
        for found in dumps:
            for line in found.entries:
                variants.see(variants.add(keyed(line.text.strip())), (found.name, line.number))
        yield variants


def group(
    dumps: Iterable[Transmission],
    ledger: Ledger,
    bodies: Mapping[ArticleId, str],
    rules: Rules | None = None,
) -> tuple[Group, ...]:
    with met(dumps) as variants:
        return group_of(variants, ledger, bodies, rules)


def longest(found: Group, *texts: str) -> str:
    """The longest text of the only group of these texts."""
    with met([dump("a", texts)]) as variants:
        return variants.text(found.longest)


def shown(groups: Iterable[Group]) -> list[tuple[object, ...]]:
    """Groups without the numbers of their texts, which depend on the order of dumps."""
    return [(found.id, found.keys, found.sightings) for found in groups]


def remembered(groups: Iterable[Group], ledger: Ledger) -> Ledger:
    """The ledger after these groups."""
    lines = dict(ledger)
    for found in groups:
        old = ledger.get(found.id)
        keys = {*found.keys, *(old.keys if old else ())}
        lines[found.id] = LedgerLine(found.id, (), tuple(sorted(keys)), found.sightings, {})
    return lines


def bodies(dumps: Iterable[Transmission], groups: Iterable[Group]) -> Mapping[ArticleId, str]:
    with met(dumps) as variants:
        return {found.id: variants.text(found.longest) for found in groups}


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
    assert shown(group(shuffled, {}, {})) == shown(group(dumps, {}, {}))


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
            for key in found.keys:
                assert known.setdefault(key, found.id) == found.id
        ledger, texts = remembered(groups, ledger), bodies(dumps[:count], groups)


@settings(max_examples=100, deadline=None)
@given(DUMPS)
def test_grouping_again_with_the_ledger_changes_nothing(
    history: list[list[tuple[int, int, str]]],
) -> None:
    dumps = dumps_of(history)
    groups = group(dumps, {}, {})
    assert group(dumps, remembered(groups, {}), bodies(dumps, groups)) == groups


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
    texts = (f"{ARTICLES[0][:100]}...", ARTICLES[0], f"{ARTICLES[0][:100]}...")
    (found,) = grouped(*texts)
    assert longest(found, *texts) == ARTICLES[0]
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
    dumps = [dump("a", [f"{ARTICLES[0][:150]}..."])]
    groups = group(dumps, {}, {})
    (again,) = group([dump("b", [ARTICLES[0]])], remembered(groups, {}), bodies(dumps, groups))
    assert again.id == groups[0].id


@pytest.mark.parametrize("length", range(HEAD + 5, 200, 5))
def test_a_text_cut_anywhere_is_the_same_article(length: int) -> None:
    (found,) = grouped(ARTICLES[0], f"{ARTICLES[0][:length]}...")
    assert found.sightings[1].match is Match.PREFIX


@settings(max_examples=100, deadline=None)
@given(
    st.integers(120, 199),
    st.sets(st.integers(0, 119), max_size=4),
    st.sampled_from(["", "另起的标题 "]),
)
def test_a_few_wrong_signs_a_cut_and_a_title_in_front_are_the_same_article(
    length: int, places: set[int], title: str
) -> None:
    signs = [("错" if place in places else sign) for place, sign in enumerate(ARTICLES[0])]
    text = "".join(signs)[:length]
    (found,) = grouped(ARTICLES[0], f"{title}{text}...")
    assert len(found.sightings) == 2


def series(*, shared: int, own: int, count: int) -> list[str]:
    """Texts that begin alike: an introduction of `shared` signs, then `own` of their own."""
    introduction = made_up(500, shared)
    return [f"{introduction}{made_up(600 + number, own)}..." for number in range(count)]


def test_a_series_that_shares_its_introduction_stays_apart() -> None:
    assert len(grouped(*series(shared=120, own=200, count=30))) == 30


def test_parts_of_a_series_do_not_chain_through_each_other() -> None:
    parts = [made_up(seed, 100) for seed in range(12)]
    texts = [f"{one}{two}" for one, two in pairwise(parts)]
    assert len(grouped(*texts)) == 11


@pytest.mark.parametrize("place", [0, 100, 200])
def test_articles_that_share_a_licence_or_navigation_stay_apart(place: int) -> None:
    licence = "本文采用知识共享署名非商业性使用相同方式共享四点零协议,转载请注明出处。首页 归档 标签 关于 友情链接 上一篇 下一篇"
    bodies = [made_up(700 + number, 250) for number in range(80)]
    assert len(grouped(*(f"{body[:place]}{licence}{body[place:]}" for body in bodies))) == 80


def test_a_hundred_variants_of_one_text_among_boilerplate_are_one_article() -> None:
    licence = made_up(800, 60)
    whole = f"{made_up(801, 150)}{licence}{made_up(802, 150)}"
    variants = [f"{whole[:length]}..." for length in range(160, 360, 2)]
    others = [f"{made_up(900 + n, 150)}{licence}{made_up(1000 + n, 150)}" for n in range(100)]
    found = grouped(*variants, *others)
    assert len(found) == 101
    assert max(len(group.keys) for group in found) == 100


def test_an_article_is_compared_with_the_longest_text_only() -> None:
    """What lies between two texts is no bridge for others."""
    one, two = made_up(31, 100), made_up(32, 100)
    whole = one + two
    found = grouped(whole, f"{two}{made_up(33, 100)}", f"{made_up(33, 100)}{made_up(34, 100)}")
    assert len(found) == 3


def test_rules_part_what_the_ledger_knows_and_what_is_new() -> None:
    texts = (f"{ARTICLES[0][:120]}...", ARTICLES[0])
    (one,) = grouped(*texts)
    rules = rules_of(Merge(never=((one.id, str(digest(fold(texts[1])))),)))
    for ledger in ({}, remembered([one], {})):
        found = group([dump("a", texts)], ledger, {}, rules)
        assert [len(part.keys) for part in found] == [1, 1]
        assert one.id in {part.id for part in found}


def test_rules_merge_texts_that_have_nothing_in_common() -> None:
    ids = [keyed(text).own_id for text in ARTICLES[:2]]
    rules = rules_of(Merge(always=((ids[0], ids[1]),)))
    found = {part.id: part for part in group([dump("a", ARTICLES[:2])], {}, {}, rules)}
    assert found[ids[1]].into == ids[0]


@pytest.mark.parametrize("length", [HEAD, HEAD + 1, HEAD + 5, 50, 60, 80])
def test_the_shortest_cut_finds_its_article_whatever_the_text(length: int) -> None:
    texts = [made_up(seed) for seed in range(2000, 2150)]
    cuts = [fold(text)[:length] for text in texts]
    assert len(grouped(*texts, *cuts)) == len(texts)


def test_the_score_of_two_texts_is_one_whichever_comes_first() -> None:
    chorus = "一二三四五六七八九十"
    one = f"{chorus * 3}{made_up(41, 120)}{chorus}"
    other = f"{made_up(42, 10)}{chorus * 3}{made_up(41, 120)}"
    texts = (one, other[: len(one)])
    dumps = [dump("a", texts)]
    groups = group(dumps, {}, {})
    assert group(dumps, remembered(groups, {}), bodies(dumps, groups)) == groups
    assert compare(*map(fold, texts)) == compare(*map(fold, texts[::-1]))


def test_a_new_text_that_is_longer_stands_for_its_article_too() -> None:
    whole = made_up(51, 300)
    short, middle = whole[:60], whole[90:250]
    known = [dump("a", [short])]
    groups = group(known, {}, {})
    found = group([*known, dump("b", [whole, middle])], remembered(groups, {}), {})
    assert len(found) == 1


def test_a_text_that_a_person_wrote_out_is_their_article_when_its_dump_comes() -> None:
    dumps = [dump("a", [ARTICLES[0][:100]])]
    (one,) = group(dumps, {}, {})
    (again,) = group([dump("b", [ARTICLES[0]])], remembered([one], {}), {one.id: ARTICLES[0]})
    assert again.id == one.id


@settings(max_examples=60, deadline=None)
@given(
    DUMPS,
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=3),
    st.sets(st.integers(0, 4)),
)
def test_rules_and_vanished_dumps_leave_nothing_to_change(
    history: list[list[tuple[int, int, str]]], pairs: list[tuple[int, int]], vanished: set[int]
) -> None:
    dumps = dumps_of(history)
    groups = group(dumps, {}, {})
    if not groups:
        return
    texts = bodies(dumps, groups)
    names = [str(name) for part in groups for name in (part.id, *part.keys)]
    never = tuple((names[a % len(names)], names[b % len(names)]) for a, b in pairs)
    rules = rules_of(Merge(never=tuple(pair for pair in never if pair[0] != pair[1])))
    kept = [found for number, found in enumerate(dumps) if number not in vanished]
    ledgers = [remembered(groups, {})]
    for _ in range(3):
        again = group(kept, ledgers[-1], texts, rules)
        ledgers.append(with_own_keys(remembered(again, ledgers[-1])))
    assert ledgers[1].keys() == ledgers[2].keys() == ledgers[3].keys()


def with_own_keys(ledger: Ledger) -> Ledger:
    """A ledger in which the last line with a key has it, as a plan leaves it."""
    owners = {key: line.id for line in ledger.values() for key in line.keys}
    return {
        line.id: replace(line, keys=tuple(key for key in line.keys if owners[key] == line.id))
        for line in ledger.values()
    }


@pytest.mark.parametrize(
    ("shared", "own"), [(120, 200), (200, 150), (280, 120), (300, 100), (300, 50)]
)
def test_a_series_stays_apart_however_long_its_introduction(shared: int, own: int) -> None:
    assert len(grouped(*series(shared=shared, own=own, count=6))) == 6


@pytest.mark.parametrize("own", [45, 60, 80])
@pytest.mark.parametrize("shape", ["{own}{shared}", "{shared}{own}"])
def test_short_articles_under_long_boilerplate_stay_apart(own: int, shape: str) -> None:
    shared = made_up(3000, 180)
    bodies = [made_up(3001 + number, own) for number in range(6)]
    assert len(grouped(*(shape.format(own=body, shared=shared) for body in bodies))) == 6


@pytest.mark.parametrize("cut", [250, 300])
def test_a_sentence_put_in_or_left_out_is_the_same_article(cut: int) -> None:
    whole = made_up(3100, 400)
    more = f"{whole[:100]}{made_up(3101, 60)}{whole[100:]}"
    assert len(grouped(whole, f"{more[:cut]}...")) == 1
    assert len(grouped(more, f"{whole[:cut]}...")) == 1


def test_a_cut_inside_an_introduction_does_not_swallow_the_series() -> None:
    introduction, *parts = (made_up(seed, 150) for seed in (3200, 3201, 3202, 3203))
    first = [dump("a", [f"{introduction[:120]}..."])]
    (known,) = group(first, {}, {})
    second = [*first, dump("b", [f"{introduction}{part}" for part in parts])]
    found = group(second, remembered([known], {}), bodies(first, [known]))
    assert len(found) == len(group(second, {}, {})) == 3


def test_a_longer_cut_of_a_text_that_only_the_ledger_knows_is_its_article() -> None:
    (known,) = grouped(f"{ARTICLES[0][:120]}...")
    (again,) = group([dump("b", [ARTICLES[0]])], remembered([known], {}), {})
    assert again.id == known.id


@pytest.mark.parametrize("length", [120, 150, 200, 300])
def test_ids_of_texts_that_begin_alike_do_not_depend_on_the_cut(length: int) -> None:
    texts = series(shared=70, own=300, count=4)
    whole = [keyed(text).digest for text in texts]
    cut = [keyed(text[:length]).digest for text in texts]
    owners = {key: found.id for found in grouped(*texts) for key in found.keys}
    owners_of_cut = {
        key: found.id for found in grouped(*(t[:length] for t in texts)) for key in found.keys
    }
    assert [owners[key] for key in whole] == [owners_of_cut[key] for key in cut]


@pytest.mark.parametrize(
    "pair", [("C 语言", "C++ 语言"), ("F 入门", "F# 入门"), ("a+b=c", "a-b=c"), ("x > y", "x < y")]
)
def test_short_texts_that_differ_in_a_sign_that_counts_are_two(pair: tuple[str, str]) -> None:
    assert len(grouped(*pair)) == 2
