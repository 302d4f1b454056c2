import pytest

from kb.config import Cards, Check, Config, Markdown, Merge, load
from kb.problems import KbError, Place, Problem, Severity
from kb.routes import UrlStyle


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(KbError) as caught:
        load(text)
    return caught.value.problems


@pytest.mark.parametrize("text", ["", "# nothing\n", "~\n"])
def test_every_setting_has_a_default(text: str) -> None:
    assert load(text) == Config()


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("title: 夜航笔记", "夜航笔记"),
        ("description: Notes", "Notes"),
        ("author: A. Person", "A. Person"),
        ("language: en", "en"),
        ("cards: articles", Cards.ARTICLES),
        ("base_url: https://example.org/kb/", "https://example.org/kb"),
        ("urls: pretty", UrlStyle.PRETTY),
        ("source_url: 'https://example.org/edit/{path}'", "https://example.org/edit/{path}"),
        ("content: notes", "notes"),
        ("templates: theme", "theme"),
        ("static: files", "files"),
        ("output: out/site", "out/site"),
        ("page_size: 5", 5),
        ("feed_size: 6", 6),
        ("min_tag_articles: 2", 2),
        ("headers: [今日更新, NEWS]", ("今日更新", "NEWS")),
        ("markdown: {html: sanitized}", Markdown("sanitized")),
        (
            "check: {severity: {orphan: off, lonely-tag: error}, private_hosts: true}",
            Check((("orphan", None), ("lonely-tag", Severity.ERROR)), private_hosts=True),
        ),
        ("merge: {always: [[a, b]], never: [[c, d, e]]}", Merge((("a", "b"),), (("c", "d", "e"),))),
    ],
)
def test_a_setting_is_what_its_line_says(line: str, value: object) -> None:
    assert getattr(load(line), line.partition(":")[0]) == value


def test_every_setting_is_tried_above() -> None:
    [marker] = [m for m in test_a_setting_is_what_its_line_says.pytestmark if m.args]  # type: ignore[attr-defined]
    tried = {line.partition(":")[0] for line, _ in marker.args[1]}
    assert tried == set(Config.__dataclass_fields__) - {"places"}


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("title: [a]", "title must be a text"),
        ("markdown: raw", "must have `html`, such as {html: sanitized}"),
        ("markdown: {html: raw}", 'must have `html` as "off" or "sanitized", not \'raw\''),
        (
            "language: French",
            "language must be a language tag such as zh, en or pt-BR, not 'French'",
        ),
        ("base_url: example.org", "must be an address such as https://example.org/kb"),
        ("base_url: https://example.org/?a", "must be an address such as https://example.org/kb"),
        ("urls: ugly", 'urls must be "files" or "pretty", not \'ugly\''),
        ("source_url: https://example.org/", "must start with https:// and contain {path}"),
        ("output: ../site", "must be a folder inside the project, not '../site'"),
        ('output: "~/site"', "must be a folder inside the project, not '~/site'"),
        ("content: /tmp", "must be a folder inside the project, not '/tmp'"),
        ("page_size: 0", "must be a whole number from 1 to 999999, not '0'"),
        ("feed_size: many", "must be a whole number from 1 to 999999, not 'many'"),
        ("check: strict", "check must have `severity`, such as {severity: {orphan: off}}"),
        ("check: {severity: error}", "must have `severity` as `code: level` pairs"),
        ("check: {private_hosts: perhaps}", "as true or false, not 'perhaps'"),
        ("headers: NEWS", "must be a list of texts, such as [one, two]"),
    ],
)
def test_a_wrong_value_is_a_problem_at_its_place(line: str, fact: str) -> None:
    [problem] = problems_of(f"# settings\n{line}\n")
    assert problem.code == "invalid-setting"
    assert fact in problem.message
    assert problem.place == Place("kb.yaml", 2, line.index(":") + 3)
    assert problem.source == line


@pytest.mark.parametrize("always", ["[a, b]", "[a, x], [x, b]"], ids=["by itself", "by another"])
def test_ids_that_are_one_article_and_are_not_are_a_problem_with_line_and_hint(always: str) -> None:
    text = f"merge:\n  always: [{always}]\n  never:\n    - [c, d]\n    - [b, a]\n"
    [problem] = problems_of(text)
    assert problem.code == "invalid-setting"
    assert problem.message == 'merge makes "b" and "a" one article under `always` already'
    assert (problem.place.line, problem.hint) == (5, "take the two out of one of the lists")


def test_an_unknown_code_is_a_problem_that_knows_what_was_meant() -> None:
    [problem] = problems_of("check:\n  severity:\n    orphans: off\n")
    assert (problem.code, problem.place) == ("invalid-setting", Place("kb.yaml", 3, 5))
    assert problem.message == 'no problem has the code "orphans"'
    assert problem.hint == 'did you mean "orphan"?'


def test_an_unknown_level_is_a_problem_that_names_all() -> None:
    [problem] = problems_of("check: {severity: {orphan: never}}\n")
    assert problem.message == "check gives orphan the level 'never'"
    assert problem.hint == "levels are off, note, warning, error"


def test_an_unknown_setting_is_a_problem_that_knows_what_was_meant() -> None:
    [problem] = problems_of("title: A\nbase_ulr: https://example.org\n")
    assert (problem.code, problem.place) == ("unknown-setting", Place("kb.yaml", 2, 1))
    assert problem.hint == 'did you mean "base_url"?'
    assert problem.width == len("base_ulr")


def test_a_setting_like_no_other_gets_the_list() -> None:
    [problem] = problems_of("zzz: 1\n")
    assert problem.hint.startswith("settings are: title, description")


def test_all_problems_are_told_at_once() -> None:
    found = problems_of("urls: ugly\nlanguage: French\nzzz: 1\n")
    assert [problem.place.line for problem in found] == [1, 2, 3]


def test_settings_must_be_lines_of_keys_and_values() -> None:
    [problem] = problems_of("- title\n")
    assert (problem.code, problem.place) == ("invalid-config", Place("kb.yaml", 1, 1))


def test_a_setting_stands_once() -> None:
    assert problems_of("title: A\ntitle: B\n")[0].code == "duplicate-key"


def test_a_setting_knows_where_it_is_set() -> None:
    config = load("title: A\noutput: out\n")
    assert config.place("output") == Place("kb.yaml", 2, 9)
    assert config.place("static") == Place("kb.yaml")
