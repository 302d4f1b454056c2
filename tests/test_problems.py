from kb.problems import Place, Problem, with_source


def source(text: str, line: int) -> str:
    return with_source(Problem("code", "fact", Place("a.md", line)), text).source


def test_a_problem_shows_the_line_that_an_editor_shows() -> None:
    assert source("one\u2028more\x0cstill\ntwo\n", 2) == "two"
    assert source("one\r\ntwo\r\n", 1) == "one"


def test_a_place_outside_of_the_text_shows_nothing() -> None:
    assert source("one\n", 0) == ""
    assert source("one\n", 9) == ""
