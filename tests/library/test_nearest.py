"""Is the name found that someone meant?"""

import pytest

from kb.library.nearest import nearest

NAMES = (
    "attention",
    "attention-sink",
    "LoRA：只训练一个低秩的增量",
    "q-learning",
    "扩散模型",
    "vae",
)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("atention", "attention"),
        ("Attention Sinks", "attention-sink"),
        ("q learn", "q-learning"),
        ("扩散模形", "扩散模型"),
        ("va", "vae"),
        ("sql", None),
        ("", None),
    ],
)
def test_the_nearest_name_is_the_one_that_was_meant(word: str, expected: str | None) -> None:
    assert nearest([word], NAMES).get(word) == expected


def test_one_pass_answers_for_many_words() -> None:
    assert nearest(["vea", "扩散", "x"], NAMES) == {"vea": "vae", "扩散": "扩散模型"}
