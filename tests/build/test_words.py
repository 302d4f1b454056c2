"""Can a project say some interface words otherwise without losing the rest?"""

from collections.abc import Callable
from pathlib import Path

import pytest
from projects import Files, built

from kb.build.theme import read_theme
from kb.problems import KbError, Place, Problem
from kb.project import open_project

Project = Callable[[Files], Path]


def home(root: Path) -> str:
    built(root)
    return (root / "site/index.html").read_text("utf-8")


def problems_of(root: Path) -> tuple[Problem, ...]:
    with pytest.raises(KbError) as caught:
        built(root)
    return caught.value.problems


def test_one_word_in_the_language_of_the_site_changes_that_word(project: Project) -> None:
    files = {"kb.yaml": "language: en\n", "templates/words/en.yaml": "search: Subjects\n"}
    page = home(project(files))
    assert "Subjects" in page
    assert "Latest updates" in page


def test_words_of_another_language_change_nothing(project: Project) -> None:
    page = home(project({"templates/words/en.yaml": "search: Subjects\n"}))
    assert "Subjects" not in page
    assert "最近更新" in page


def test_a_chinese_site_keeps_its_own_words(project: Project) -> None:
    page = home(project({"templates/words/zh.yaml": "search: 题材\n"}))
    assert "题材" in page
    assert "最近更新" in page


@pytest.mark.parametrize(
    ("line", "column", "fact"),
    [
        ('topics: "{"', 9, "topics cannot be filled in: "),
        ("topics: a }", 9, "topics cannot be filled in: "),
        ("articles_many: '{} of them'", 16, "articles_many cannot be filled in: a name in braces"),
        ("articles_many: '{n:d}'", 16, "articles_many cannot be filled in: a name in braces"),
        ("articles_many: '{n.x}'", 16, "articles_many cannot be filled in: a name in braces"),
        ("articles_many: '{count} in all'", 16, "articles_many has no value {count}"),
        ("topics: [a]", 9, "topics must be a text"),
    ],
)
def test_a_word_that_cannot_be_filled_in_is_a_problem_at_its_place(
    project: Project, line: str, column: int, fact: str
) -> None:
    root = project({"templates/words/zh.yaml": f"tags: 标签\n{line}\n"})
    [problem] = problems_of(root)
    assert problem.code == "broken-words"
    assert problem.place == Place("templates/words/zh.yaml", 2, column)
    assert problem.source == line
    assert problem.message.startswith(fact)


def test_braces_that_are_meant_are_written_twice(project: Project) -> None:
    assert "{话题}" in home(project({"templates/words/zh.yaml": "search: '{{话题}}'\n"}))


def test_words_that_are_no_lines_are_a_problem(project: Project) -> None:
    [problem] = problems_of(project({"templates/words/zh.yaml": "- a\n"}))
    assert (problem.code, problem.place.line) == ("broken-words", 1)


@pytest.mark.parametrize(
    "text", ["{{ page.title|safe }}", "{{ page.title|forceescape }}", "{{ [1]|random }}"]
)
def test_a_template_has_no_way_around_escaping_and_no_chance(project: Project, text: str) -> None:
    [problem] = problems_of(project({"templates/page.html": text, "content/pages/a.md": "Text.\n"}))
    assert (problem.code, problem.place) == ("broken-template", Place("templates/page.html", 1))


def test_a_shipped_template_is_named_by_its_path_in_the_theme(project: Project) -> None:
    theme = read_theme(open_project(project({"templates/parts/nav.html": ""})))
    assert theme.files["tags.html"].path == "kb:tags.html"
    assert theme.files["parts/tags.html"].path == "kb:parts/tags.html"
    assert theme.files["parts/nav.html"].path == "templates/parts/nav.html"
