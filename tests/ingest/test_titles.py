"""Does an untitled excerpt get the title an editor would give it?"""

import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.ingest.titles import ROUTES, SECTION_WORDS, Lexicon, is_section_word, name
from kb.ingest.titles.candidates import candidates
from kb.ingest.titles.known import known_terms
from kb.ingest.titles.opening import opening_of
from kb.ingest.titles.text import fold
from kb.ingest.titles.weights import WEIGHTS

CASES = Path(__file__).parent.parent / "cases" / "titles.txt"
NO_TERMS = Lexicon(frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class Case:
    text: str
    title: str
    is_chosen: bool
    route: str
    lexicon: Lexicon


def _cases() -> list[Case]:
    lines = [line for line in CASES.read_text("utf-8").split("\n") if not line.startswith("# ")]
    blocks = "\n".join(lines).strip().split("\n\n")
    return [_case(*block.strip().split("\n")) for block in blocks]


def _case(text: str, title: str, route: str, *terms: str) -> Case:
    return Case(text, title[2:], title.startswith("= "), route.strip(), _lexicon(*terms))


def _proposed(text: str, lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    return {found.title: found.routes for found in candidates(opening_of(text, lexicon))}


def _lexicon(terms: str = "") -> Lexicon:
    """Terms that all speak for the same topic, and are tags."""
    folded = [fold(term) for term in terms.strip().removeprefix("known: ").split(", ") if term]
    spoken = frozenset((term, (("subject", 3),)) for term in folded)
    return Lexicon(frozenset(folded), frozenset(), spoken, {term: term for term in folded})


@pytest.mark.parametrize("case", [case for case in _cases() if case.route != "nothing"])
def test_a_route_proposes_a_title(case: Case) -> None:
    assert case.route in _proposed(case.text, case.lexicon)[case.title]


@pytest.mark.parametrize("case", [case for case in _cases() if case.is_chosen])
def test_the_best_of_the_titles_is_chosen(case: Case) -> None:
    assert name(case.text, case.lexicon).title == case.title


def test_every_route_has_a_case() -> None:
    assert {route.name for route in ROUTES} <= {case.route for case in _cases()}


def test_the_strongest_of_its_routes_is_told_for_a_title() -> None:
    text = "论文名称: Counting Small Things 论文地址: https://example.org 一、动机 计数很难。"
    assert name(text, NO_TERMS).route == "preamble"


def test_every_weight_is_that_of_a_sign_for_three_kinds() -> None:
    assert {len(weights) for weights in WEIGHTS.values()} == {3}
    assert {sign[3:] for sign in WEIGHTS if sign.startswith("by ")} <= {r.name for r in ROUTES}


@pytest.mark.parametrize(
    "text",
    [
        "概述",
        "引言与背景",
        "概述与理论背景",
        "一、前言",
        "Introduction",
        "1.1 研究背景",
        "TL;DR",
        "题目:",
        "(2) 总结",
    ],
)
def test_a_section_word_is_known_whatever_stands_around_it(text: str) -> None:
    assert is_section_word(text)


@pytest.mark.parametrize(
    "text", ["", "数据结构", "注意力", "概述注意力", "2024", "Introduction to X"]
)
def test_a_subject_is_no_section_word(text: str) -> None:
    assert not is_section_word(text)


def test_all_section_words_are_section_words() -> None:
    assert [word for word in SECTION_WORDS if not is_section_word(word)] == []


def test_a_section_word_is_never_the_title() -> None:
    assert name("概述 简介 背景 前言 总结", NO_TERMS).route == "nothing"


def test_a_known_term_beats_one_that_is_only_a_carrier() -> None:
    text = "很多人问,Ray 和 Dask 到底该选哪一个,两边的说法都有道理,于是做了一次测试。"
    lexicon = Lexicon(frozenset({"dask"}), frozenset({"ray"}))
    assert name(text, lexicon).title == "Dask"


def test_a_term_of_another_topic_is_not_the_subject() -> None:
    spoken = {
        "postgresql": (("databases", 3),),
        "vacuum": (("databases", 3),),
        "死元组": (("databases", 3),),
        "钟表": (("clocks", 3),),
    }
    text = "像钟表一样,每过一阵就要清理一次。VACUUM 会扫描整张表,把死元组回收,VACUUM 并不锁表。"
    names = frozenset(spoken)
    lexicon = Lexicon(names, frozenset(), frozenset(spoken.items()), {key: key for key in names})
    assert name(text, lexicon).title == "VACUUM"


def test_a_term_is_found_whatever_its_hyphens_and_never_inside_a_word() -> None:
    spoken = frozenset({("writeaheadlog", (("databases", 3),)), ("log", (("databases", 3),))})
    found = known_terms("The catalog has a write-ahead log.", spoken, ())
    assert [(hit.start, hit.end) for hit in found] == [(18, 33)]


def test_the_preferred_of_two_terms_that_overlap_stands() -> None:
    spoken = frozenset({("设置索引", ()), ("索引表", ())})
    assert [hit.key for hit in known_terms("设置索引表", spoken, ())] == ["设置索引"]
    assert [hit.key for hit in known_terms("设置索引表", spoken, ("索引表",))] == ["索引表"]


def test_alternatives_differ_from_the_title_and_from_each_other() -> None:
    text = "Kruskal 算法 Kruskal 把边按权重排序,逐条加入,用并查集(Union Find)判断是否成环。"
    found = name(text, NO_TERMS)
    folded = [t.lower().replace(" ", "") for t in (found.title, *found.alternatives)]
    assert len(set(folded)) == len(folded) > 1


def test_the_english_name_of_a_paper_may_be_longer_than_other_titles() -> None:
    paper = "Counting Small Things: A Long and Careful Study of Counters in Streams of Many Events"
    assert (
        name(f"论文名称: {paper} 论文地址: https://example.org 一、动机", NO_TERMS).title == paper
    )


def test_a_name_beyond_the_longest_is_cut_before_its_colon() -> None:
    paper = "Tally: " + "very " * 30 + "long"
    assert "Tally" in _proposed(f"论文名称: {paper} 论文地址: https://example.org", NO_TERMS)


def test_a_word_that_the_cut_may_have_shortened_is_no_title() -> None:
    text = "计数器按时间归零,归零之前先写日志。日志的格式见 Quickcou..."
    assert not {title for title in _proposed(text, NO_TERMS) if title.endswith("Quickcou")}


@pytest.mark.parametrize("text", ["", "2024 12 31", "3.1 4.2", "[公式] [代码]", "概述 ..."])
def test_numbers_marks_and_section_words_are_no_title(text: str) -> None:
    assert name(text, NO_TERMS).title == "未命名"


def test_the_same_text_has_the_same_titles_however_often_it_is_asked() -> None:
    names = {name(case.text, case.lexicon) for case in _cases() for _ in range(3)}
    assert len(names) == len({(case.text, case.lexicon.names) for case in _cases()})


def test_brackets_of_a_cut_title_are_balanced() -> None:
    assert name("标题: 计数器(Counter 一种没有写完的", NO_TERMS).title == "计数器"


@given(st.text(max_size=200))
def test_no_text_goes_without_a_short_title(text: str) -> None:
    title = name(text, NO_TERMS).title
    assert 0 < len(title) <= 100
    assert title == title.strip()


@given(st.text(alphabet="概述A1b.,。:?()《》[] 是的模型-#一、\n", max_size=120))
def test_no_play_of_marks_breaks_a_title(text: str) -> None:
    found = name(text, NO_TERMS)
    for title in (found.title, *found.alternatives):
        assert title.count("(") == title.count(")")
        assert not is_section_word(title)


@pytest.mark.parametrize(
    "piece",
    ["(", "A", "A ", "概述 ", "的", "1.", "A-", "《", "[Math] ", "是", "a.b ", "https://", "? "],
)
def test_a_hostile_line_takes_no_time(piece: str) -> None:
    start = time.process_time()
    name(piece * (10_000_000 // len(piece)), NO_TERMS)
    assert time.process_time() - start < 1
