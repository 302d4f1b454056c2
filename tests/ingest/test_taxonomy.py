import pytest

from kb.ingest.classify import classify
from kb.ingest.terms import read
from kb.library.taxonomy import Taxonomy, completed, load
from kb.problems import KbError, Place
from kb.project import shipped_taxonomy

SHIPPED = """
topics:
  - {id: flow, zh: 流模型, terms: [RealNVP: 3]}
  - {id: sea, zh: 海洋, terms: [潮汐]}
tags: [{tag: normalizing flow, aliases: [标准化流]}]
"""


def topic_of(text: str, taxonomy: Taxonomy) -> str:
    return classify(read(text, "", taxonomy), taxonomy).topic


def test_a_topic_without_terms_has_those_of_the_shipped_topic_with_its_id() -> None:
    own = completed(load("topics: [{id: flow}]", "own"), load(SHIPPED, "shipped"))
    assert topic_of("RealNVP 的耦合层每次只变换一半维度", own) == "flow"
    assert [tag.tag for tag in own.tags] == ["normalizing flow"]


def test_a_topic_that_nobody_knows_is_found_by_its_names() -> None:
    own = completed(
        load("topics: [{id: tea, zh: 茶与咖啡, en: Tea and coffee}]", "own"), load(SHIPPED, "s")
    )
    assert topic_of("手冲咖啡的水温应当在九十度上下，咖啡粉要新磨", own) == "tea"


def test_terms_of_ones_own_are_left_alone() -> None:
    own = completed(load("topics: [{id: flow, terms: [河流]}]", "own"), load(SHIPPED, "shipped"))
    assert topic_of("RealNVP 的耦合层每次只变换一半维度", own) == "other"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("topics: []", 1),
        ("topics:\n  - {id: a}\n  - {id: a}", 3),
        ("topics:\n  - {id: Bad Id}", 2),
        ("topics:\n  - id: a\n    terms:\n      - x: 4", 4),
        ("topics:\n  - id: a\n    term: [x]", 3),
        ("topics:\n  - id: a\n    terms:\n      4: x", 4),
        ("topics:\n  - id: a\n    terms:\n      3: [x]", 4),
        ("topics:\n  - id: a\ntags:\n  x: [y]", 4),
    ],
)
def test_a_broken_taxonomy_is_a_problem_with_its_line(text: str, line: int) -> None:
    with pytest.raises(KbError) as raised:
        load(text, "content/topics.yaml")
    assert [problem.place.line for problem in raised.value.problems] == [line]


def test_terms_may_stand_by_their_weight_and_tags_by_their_name() -> None:
    listed = load(
        "topics: [{id: sea, terms: [潮汐: 3, 浪]}]\n"
        "tags: [{tag: tide, zh: 潮汐, aliases: [tides, 海潮]}, {tag: surf, aliases: [浪花]}, {tag: wind}]",
        "t",
    )
    brief = load(
        "topics:\n  - id: sea\n    terms:\n      3: 潮汐\n      2: >-\n        浪\n"
        "tags:\n  tide: 潮汐; tides, 海潮\n  surf: ; 浪花\n  wind:\n",
        "t",
    )
    assert (brief.topics, brief.tags) == (listed.topics, listed.tags)


def test_a_spelling_of_two_brief_tags_is_a_problem_where_the_second_stands() -> None:
    with pytest.raises(KbError) as raised:
        load("topics: [{id: a}]\ntags:\n  RL: 强化学习\n  policy: 策略; pi, rl\n", "t")
    [problem] = raised.value.problems
    assert (problem.code, problem.place) == ("duplicate-tag", Place("t", 4, 19))


def test_the_shipped_taxonomy_has_the_topics_that_it_always_had() -> None:
    shipped = load(shipped_taxonomy().read_text("utf-8"), "topics.yaml")
    leaves = [topic for topic in shipped.topics if topic.id not in shipped.branches]
    assert (len(shipped.branches), len(leaves)) == (11, 47)
    assert all(topic.terms for topic in shipped.topics)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("topics: [{id: a, children: b}]", "children must be a list"),
        ("topics: b", "topics must be a list"),
        ("topics: [{zh: b}]", "id is missing here"),
    ],
)
def test_what_is_wrong_is_called_by_its_own_name(text: str, told: str) -> None:
    with pytest.raises(KbError) as raised:
        load(text, "t")
    [problem] = raised.value.problems
    assert problem.message.startswith(told)
    assert problem.hint
