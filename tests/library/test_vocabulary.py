import pytest

from kb.library.spelling import fold_spelling
from kb.library.taxonomy import load
from kb.problems import KbError, Place
from kb.project import shipped_taxonomy

TOPICS = "topics: [{id: models}]\n"


@pytest.mark.parametrize(
    ("tags", "place"),
    [
        ("- {tag: RL, zh: 强化学习}\n- {tag: policy, aliases: [a, rl]}\n", Place("t", 4, 30)),
        ("- {tag: RL, zh: 强化学习}\n- {tag: 强化 学习}\n", Place("t", 4, 9)),
        ("- {tag: RL}\n- {tag: x, zh: RL}\n", Place("t", 4, 16)),
        ("- {tag: RL}\n- {tag: R-L}\n", Place("t", 4, 9)),
    ],
)
def test_one_spelling_for_two_tags_is_a_problem_at_the_second(tags: str, place: Place) -> None:
    with pytest.raises(KbError) as caught:
        load(f"{TOPICS}tags:\n{tags}", "t")
    [problem] = caught.value.problems
    assert (problem.code, problem.place) == ("duplicate-tag", place)
    assert "line 3" in problem.message
    assert problem.source == tags.split("\n")[1]


def test_a_tag_may_name_itself_twice() -> None:
    found = load(f"{TOPICS}tags: [{{tag: LoRA, aliases: [lora, Lo-RA]}}]\n", "t")
    assert found.tags[0].aliases == ("lora", "Lo-RA")


def test_the_shipped_vocabulary_does_not_contradict_itself() -> None:
    load(shipped_taxonomy().read_text("utf-8"), "topics.yaml")


def test_signs_that_make_another_word_are_kept() -> None:
    assert len({fold_spelling(word) for word in ("C", "C++", "C#")}) == 3
    assert fold_spelling("Lo-RA") == fold_spelling("ｌｏ ｒａ")
