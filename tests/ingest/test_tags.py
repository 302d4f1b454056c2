import pytest

from kb.ingest.tags import tag
from kb.ingest.terms import read
from kb.library.taxonomy import Taxonomy, load
from kb.project import shipped_taxonomy

SHIPPED = load(shipped_taxonomy().read_text("utf-8"), "topics.yaml")
SMALL = load(
    """
topics:
  - id: learning
    zh: 学习
    terms: [学习: 1]
    children:
      - {id: agents, terms: [ReAct: 3, GRPO: 3, 奖励: 2, 奖励模型: 2, 模型: 1]}
  - {id: pages, terms: [React: 3]}
tags:
  learning: 学习
  GRPO: ; group relative policy optimization
  reward: 奖励
  reward model: 奖励模型
  model: 模型
  React:
""",
    "small",
)


def tags_of(text: str, topic: str, title: str = "", taxonomy: Taxonomy = SMALL) -> tuple[str, ...]:
    return tag(read(text, title, taxonomy), topic, taxonomy)


def test_any_spelling_of_a_tag_gives_the_canonical_one_once() -> None:
    text = "ｇｒｐｏ,也就是 Group Relative Policy Optimization"
    assert tags_of(text, "agents") == ("GRPO",)


def test_a_tag_inside_a_longer_one_is_not_seen() -> None:
    assert tags_of("奖励模型,还是奖励模型", "agents") == ("reward model",)


def test_a_mere_carrier_is_no_tag() -> None:
    assert tags_of("一篇文章很长很长,到了后来才提到模型" * 2, "pages") == ()


def test_the_name_of_the_branch_is_a_tag_where_the_text_says_it() -> None:
    assert "learning" in tags_of("学习,学习 GRPO", "agents")
    assert "learning" not in tags_of("学习,学习 React", "pages")


def test_what_is_written_as_another_word_is_not_the_tag() -> None:
    assert tags_of("ReAct 让智能体交替思考与行动", "agents") == ()
    assert tags_of("React 的组件", "pages") == ("React",)


def test_a_name_that_nobody_listed_is_a_tag_when_it_recurs() -> None:
    text = "ZephyrNet 很快。ZephyrNet 也很小。"
    assert tags_of(text, "pages") == ()
    assert tags_of(text + "ZephyrNet 还便宜。", "pages") == ("ZephyrNet",)
    assert tags_of("IO 与 IO 与 IO 与 IO", "pages") == ()


def test_there_are_at_most_six() -> None:
    text = "DDPM DDIM NCSN EDM DPM-Solver LCM SMLD score matching Langevin dynamics"
    assert len(tags_of(text, "diffusion", taxonomy=SHIPPED)) == 6


@pytest.mark.parametrize(
    ("text", "topic", "tags"),
    [
        (
            "投机解码让小模型起草, KV 缓存照旧",
            "inference-acceleration",
            {"speculative decoding", "KV cache"},
        ),
        (
            "事务的隔离级别越高,幻读越少, MySQL 靠间隙锁",
            "other",
            {"MySQL", "phantom read", "gap lock"},
        ),
        (
            "Lambda 架构用 Kafka 接消息,两条路都算一遍",
            "streaming",
            {"Kafka", "Lambda architecture"},
        ),
        ("双塔召回之后是精排,最后才看点击率", "classic-ml", {"two-tower model"}),
    ],
)
def test_the_shipped_vocabulary_names_what_an_editor_would(
    text: str, topic: str, tags: set[str]
) -> None:
    assert tags <= set(tags_of(text, topic, taxonomy=SHIPPED))
