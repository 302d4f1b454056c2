import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.ingest.classify import classify
from kb.ingest.terms import read
from kb.library.spelling import fold_spelling
from kb.library.taxonomy import Taxonomy, load
from kb.project import shipped_taxonomy

SHIPPED = load(shipped_taxonomy().read_text("utf-8"), "topics.yaml")
SMALL = load(
    """
topics:
  - {id: agents, terms: [ReAct: 3, 智能体: 3, 行动]}
  - {id: pages, terms: [React: 3, 组件]}
  - {id: sea, zh: 海洋, terms: [潮汐: 3, 海浪: 2, 水: 1, C++]}
  - {id: trees, terms: [linked list: 3]}
  - {id: library, terms: [LinkedList: 3]}
""",
    "small",
)
WORDS = st.sampled_from(
    [
        "潮汐",
        "潮 汐",
        "ＲｅＡｃｔ",
        "re-act",
        "LinkedLists",
        "c＋＋",
        "水",
        "\ud800",
        "𝑥",
        "ﬁ",
        "…",
        "İ",
        "\u200b",
    ]
)
TEXTS = st.lists(st.one_of(st.text(max_size=6), WORDS), max_size=30).map("".join)


def topic_of(text: str, title: str = "", taxonomy: Taxonomy = SHIPPED) -> str:
    return classify(read(text, title, taxonomy), taxonomy).topic


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        (
            "每一步往照片里掺一点高斯噪声,再训练网络把噪声预测出来,这就是 DDPM 的全部秘密。",
            "diffusion",
        ),
        ("可逆网络的雅可比行列式要好算,标准化流才训得动。", "flow"),
        ("把注意力分块装进片上缓存,读写次数少了,FlashAttention 就快了。", "efficient-attention"),
        ("小模型先起草五个词,大模型一次验证:投机解码不改变输出分布。", "inference-acceleration"),
        ("只训练两个低秩矩阵,原来的权重冻住,LoRA 微调就这么省。", "fine-tuning"),
        ("门控网络给每个词挑两个专家,负载均衡损失不让它总挑同一个。", "moe"),
        (
            "奖励模型被钻了空子,分数还在涨,人却不再喜欢它的回答: reward hacking 又来了。",
            "alignment",
        ),
        ("智能体先想一步,再调用工具,看到结果接着想,这是 ReAct 的循环。", "rag-agents"),
        ("显存只放得下四条样本,于是用梯度累积凑出大的批。", "training-memory"),
        (
            "An all-reduce over a ring sends each chunk twice around the GPUs.",
            "distributed-training",
        ),
        ("召回先捞出几百个物品,精排再用点击率模型排出先后,推荐系统大多如此。", "classic-ml"),
        ("花粉在水里走得毫无章法,维纳把布朗运动写成了随机过程。", "math-probability"),
        ("图卷积把邻居节点的特征加起来,再乘一个矩阵。", "dl-basics"),
        ("NameNode 记着每个数据块放在哪些 DataNode 上。", "hadoop"),
        ("临时节点随会话消失,ZooKeeper 的分布式锁靠的正是这一点。", "data-infra"),
        ("线程池满了以后,任务先进队列,再由拒绝策略处理。", "java-concurrency"),
        ("泛型在编译之后就被擦除, List<String> 与 List<Integer> 是同一个类。", "java-language"),
        (
            "给你一个整数数组 nums ,请你返回其中第二大的数。 示例 1: 输入: nums = [3,1,2]",
            "leetcode",
        ),
        ("MySQL 的联合索引按最左前缀匹配,跳过第一列就用不上。", "other"),
        ("三次握手为什么不是两次? TCP 的双方都要确认对方收得到。", "other"),
        ("CSS 里让一个盒子水平垂直居中,弹性布局只要两行。", "other"),
        ("A pod that keeps restarting: read its events with kubectl first.", "other"),
        ("Rust 的借用检查不让两处同时改一个变量。", "other"),
        ("语音识别里输出比输入短得多, CTC 用空白符把它们对齐。", "other"),
    ],
)
def test_an_opening_goes_to_the_topic_of_its_field(text: str, topic: str) -> None:
    assert topic_of(text) == topic


def test_a_text_that_says_nothing_is_other_and_for_a_person_to_look_at() -> None:
    verdict = classify(read("今天天气不错,午饭吃了面。", "", SMALL), SMALL)
    assert (verdict.topic, verdict.is_sure, verdict.evidence) == ("other", False, ())


def test_what_topics_spell_differently_is_decided_by_the_spelling_in_the_text() -> None:
    assert topic_of("ReAct 与 思考", taxonomy=SMALL) == "agents"
    assert topic_of("React 与 思考", taxonomy=SMALL) == "pages"
    assert topic_of("a linked list", taxonomy=SMALL) == "trees"
    assert topic_of("a LinkedList", taxonomy=SMALL) == "library"


def test_the_title_outweighs_what_the_text_says_in_passing() -> None:
    text = "说到组件,先看海浪与组件"
    assert topic_of(text, "海浪", SMALL) == "sea"
    assert topic_of(text, "组件", SMALL) == "pages"


def test_a_title_that_a_text_might_have_outweighs_what_it_says_in_passing() -> None:
    text = "说到组件,先看海浪"
    assert classify(read(text, "", SMALL), SMALL).topic == "pages"
    assert classify(read(text, "", SMALL, ("海浪",)), SMALL).topic == "sea"


def test_two_topics_that_are_close_are_for_a_person_to_look_at() -> None:
    verdict = classify(read("潮汐与智能体", "", SMALL), SMALL)
    assert (verdict.topic, verdict.runner_up, verdict.is_sure) == ("sea", "agents", False)


def test_a_faint_hint_is_for_a_person_to_look_at() -> None:
    verdict = classify(read("先行动", "", SMALL), SMALL)
    assert (verdict.topic, verdict.runner_up, verdict.is_sure) == ("agents", "other", False)


def test_a_name_in_a_longer_latin_word_is_not_seen() -> None:
    assert topic_of("reacting to a reaction", taxonomy=SMALL) == "other"
    assert topic_of("two Reacts", taxonomy=SMALL) == "pages"


@given(TEXTS, TEXTS)
def test_evidence_stands_in_the_text(text: str, title: str) -> None:
    reading = read(text, title, SMALL)
    for item in classify(reading, SMALL).evidence:
        assert fold_spelling(text[item.start : item.end]) == fold_spelling(item.term)
    for hit in reading.hits:
        assert fold_spelling(text[hit.start : hit.end]) == hit.key


@given(TEXTS)
def test_the_same_text_has_the_same_verdict(text: str) -> None:
    assert classify(read(text, "", SMALL), SMALL) == classify(read(text, "", SMALL), SMALL)


@pytest.mark.parametrize("unit", ["GAN", "潮", "a-", "((((", "İ", "𝑥", "\ud800", "Spark SQL "])
def test_a_hostile_text_takes_no_longer_than_any_of_its_length(unit: str) -> None:
    start = time.process_time()
    topic_of(unit * (100_000 // len(unit)))
    assert time.process_time() - start < 2


def test_every_term_of_the_shipped_taxonomy_is_found_in_itself() -> None:
    terms = [term.text for topic in SHIPPED.topics for term in topic.terms]
    unseen = [
        term
        for term in terms
        if fold_spelling(term) not in {hit.key for hit in read(term, "", SHIPPED).hits}
    ]
    assert unseen == []


def test_the_shipped_taxonomy_stays_small() -> None:
    path = Path(str(shipped_taxonomy()))
    assert path.stat().st_size < 400_000
