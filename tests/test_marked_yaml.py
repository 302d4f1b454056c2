import random

import pytest

from kb.marked_yaml import Mapping, Scalar, parse, plain
from kb.problems import KbError, Place, Problem


def problem_of(text: str, first_line: int = 1) -> Problem:
    with pytest.raises(KbError) as caught:
        parse(text, "a.yaml", first_line)
    [problem] = caught.value.problems
    return problem


def node(text: str) -> Mapping:
    found = parse(text, "a.yaml")
    assert isinstance(found, Mapping)
    return found


def test_an_empty_text_has_no_node() -> None:
    assert parse("", "a.yaml") is None
    assert parse("# a comment\n", "a.yaml") is None


def test_every_value_and_key_knows_its_place() -> None:
    found = node("title: A\ntags:\n  - one\n")
    assert found.keys["tags"] == Place("a.yaml", 2, 1)
    assert found.entries["title"] == Scalar("A", plain=True, place=Place("a.yaml", 1, 8))


def test_places_count_from_the_first_line_of_the_file() -> None:
    found = parse("title: A\n", "a.md", first_line=2)
    assert isinstance(found, Mapping)
    assert found.keys["title"] == Place("a.md", 2, 1)


def test_a_line_ends_where_an_editor_ends_it() -> None:
    found = node('title: "one\u2028two\x85three"\ntopic: x\n')
    assert found.keys["topic"] == Place("a.yaml", 2, 1)
    assert found.entries["title"].place.line == 1


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        ("1.5", 1.5),
        ("true", True),
        ("no", False),
        ("~", None),
        ('"1"', "1"),
        ("'no'", "no"),
        ("word", "word"),
        ("2026-03-14", "2026-03-14"),
        ("2026-03-14 10:20:30", "2026-03-14T10:20:30"),
        ("2026-13-45", "2026-13-45"),
        ("18446744073709551615", 18446744073709551615),
        ("18446744073709551616", "18446744073709551616"),
        ("[1, [a, {b: 2}]]", [1, ["a", {"b": 2}]]),
    ],
)
def test_a_value_is_what_yaml_says_and_a_date_is_a_text(text: str, value: object) -> None:
    assert plain(node(f"key: {text}").entries["key"]) == value


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: 1\na: 2\n", "duplicate-key", Place("a.yaml", 2, 1)),
        ("a: &x 1\n", "broken-yaml", Place("a.yaml", 1, 4)),
        ("a: !!python/name:os.system x\n", "broken-yaml", Place("a.yaml", 1, 4)),
        ("a: 1\n---\nb: 2\n", "broken-yaml", Place("a.yaml", 2, 1)),
        ("? [a]\n: 1\n", "broken-yaml", Place("a.yaml", 1, 3)),
        ("a: [1, 2\n", "broken-yaml", Place("a.yaml", 1, 4)),
        ("a: " + "[" * 20 + "]" * 20, "broken-yaml", Place("a.yaml", 1, 20)),
    ],
)
def test_what_is_no_plain_yaml_is_a_problem_with_its_place(
    text: str, code: str, place: Place
) -> None:
    found = problem_of(text)
    assert (found.code, found.place) == (code, place)


def test_a_problem_shows_its_line() -> None:
    assert problem_of("a: 1\nb: 2\na: 3\n").source == "a: 3"
    assert problem_of("a: 1\na: 2\n", first_line=2).place.line == 3


def test_a_character_that_yaml_forbids_is_a_problem() -> None:
    assert problem_of("a: \x00").code == "broken-yaml"


def written(chance: random.Random) -> str:
    """A front matter, in kb's own form or nearly."""

    def value(signs: str) -> str:
        text = "".join(chance.choices(signs, k=chance.randrange(6)))
        return chance.choice([f'"{text}"', text])

    def item(_: int) -> str:
        listed = ", ".join(value("a1 中.-_/") for _ in range(chance.randrange(4)))
        either = f"[{listed}]", value("a1 中.-_/"), value("a :,#]'\\é-")
        return f"{chance.choice(['title', 'tags', 'a_b'])}: {chance.choice(either)}\n"

    return "".join(map(item, range(chance.randrange(1, 4))))


def said(text: str) -> object:
    try:
        return parse(text, "a.md", first_line=2)
    except KbError:
        return None


def test_the_form_that_kb_writes_says_what_it_says_to_a_reader_of_yaml() -> None:
    chance = random.Random(1)  # noqa: S311 - no secret
    texts = [written(chance) for _ in range(3000)]
    by_yaml = [said(f"{text}# which is not of that form\n") for text in texts]
    assert [said(text) for text in texts] == by_yaml
    assert sum(node is not None for node in by_yaml) > 1000
