import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.library.fields import READERS
from kb.library.records import Record, compose, parse, with_body, with_field
from kb.problems import KbError, Place, Problem

WORDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=30)
LINES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
BODIES = st.text(st.characters(exclude_categories=("Cc", "Cs")) | st.just("\n"))
FIELDS = st.fixed_dictionaries(
    {"title": LINES, "topic": LINES, "tags": st.lists(LINES, unique=True).map(tuple)},
    optional={
        "description": LINES,
        "lang": st.sampled_from(["zh", "en"]),
        "date": st.dates().map(lambda day: day.isoformat()),
        "draft": st.booleans(),
        "truncated": st.booleans(),
    },
)


def read(text: str) -> Record:
    return parse(text, "content/articles/a.md")


def problem_of(text: str) -> Problem:
    with pytest.raises(KbError) as caught:
        read(text)
    [problem] = caught.value.problems
    return problem


@given(FIELDS, BODIES)
def test_a_record_that_is_written_is_read_as_it_was(fields: dict[str, object], body: str) -> None:
    record = read(compose(fields.items(), body))
    found = {key: getattr(record.article, key) for key in fields}
    assert found == fields
    assert record.article.body.strip() == body.removeprefix("\ufeff").strip()


@given(FIELDS, BODIES, LINES)
def test_one_field_changes_and_all_others_stay(
    fields: dict[str, object], body: str, title: str
) -> None:
    record = read(compose(fields.items(), body))
    found = read(with_field(record, "title", title)).article
    assert found.title == title
    assert {key: getattr(found, key) for key in fields if key != "title"} == {
        key: value for key, value in fields.items() if key != "title"
    }
    assert found.body == record.article.body


@given(FIELDS, BODIES, BODIES)
def test_the_body_changes_and_the_fields_stay(
    fields: dict[str, object], body: str, other: str
) -> None:
    text = with_body(compose(fields.items(), body), other)
    found = read(text)
    assert {key: getattr(found.article, key) for key in fields} == fields
    assert found.article.body.strip() == other.strip()


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("# The title\n\nText.\n", "The title"),
        ("Text first.\n\n# The title #\n", "The title"),
        ("\n\n## The title\n\nText.\n", "The title"),
        ("## Part\n\n# The title\n", "Part"),
        ("Text.\n\n## Part\n", "a"),
        ("```sh\n# install it\n```\n\nText.\n", "a"),
        ("Text.\n\n~~~\n# no\n~~~\n\n# Yes\n", "Yes"),
        ("````\n```\n# no\n````\n\n# Yes\n", "Yes"),
        ("```\n# never closed\n", "a"),
        ("`` `a` ``\n\n# Yes\n", "Yes"),
        ("# **LoRA** and $x$\n", "LoRA and x"),
        ("# [LoRA](lora.md) in `C#`\n", "LoRA in C#"),
        ("# 低秩 {#rank}\n", "低秩"),
        ("#tag\n", "a"),
    ],
)
def test_a_text_without_a_title_is_named_by_its_heading(body: str, title: str) -> None:
    assert read(body).article.title == title


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-03-14", "2026-03-14"),
        ("'2026-03-14'", "2026-03-14"),
        ("2026-03-14 10:00:00", "2026-03-14"),
        ("2026-03-14T10:00:00Z", "2026-03-14"),
    ],
)
def test_a_date_is_a_day(written: str, day: str) -> None:
    assert read(f"---\ndate: {written}\n---\n").article.date == day


@pytest.mark.parametrize(
    "written", ["20260314", "2026-W01-1", "2026-02-30", "2026-3-14", "2026-03-141", "14.3.2026"]
)
def test_another_way_to_write_a_date_is_a_problem(written: str) -> None:
    problem = problem_of(f"---\ntitle: A\ndate: {written}\n---\n")
    assert problem.place == Place("content/articles/a.md", 3, 7)
    assert problem.message == f"date must be a date such as 2026-03-14, not {written!r}"


def test_unknown_keys_are_kept_with_their_values() -> None:
    record = read("---\ntitle: A\nlevel: 2\nseen: 2026-03-14\nby: {name: B, tags: [x, 1.5]}\n---\n")
    assert record.article.extra == {
        "level": 2,
        "seen": "2026-03-14",
        "by": {"name": "B", "tags": ["x", 1.5]},
    }


@pytest.mark.parametrize("key", READERS)
def test_no_field_takes_a_mapping(key: str) -> None:
    problem = problem_of(f"---\n{key}: {{a: b}}\n---\n")
    assert (problem.code, problem.place.line) == ("invalid-field", 2)


def test_a_comment_after_a_block_list_survives_a_new_list() -> None:
    text = "---\ntitle: x\ntags:\n  - a\n  - b\n# mine\nlang: zh\n---\n\nbody\n"
    changed = with_field(parse(text, "x.md"), "tags", ("c",))
    assert changed == "---\ntitle: x\ntags: [c]\n# mine\nlang: zh\n---\n\nbody\n"


@pytest.mark.parametrize("line", ["id: a\t", "tags: [a, b?  c]", 'description: "a\x85b"'])
def test_what_one_reader_of_yaml_takes_and_another_refuses_is_kept_beside_a_new_field(
    line: str,
) -> None:
    changed = with_field(parse(f"---\n{line}\ntitle: x\n---\n\nbody\n", "x.md"), "title", "z")
    assert changed == f"---\n{line}\ntitle: z\n---\n\nbody\n"
