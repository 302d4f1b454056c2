import pytest

from kb.library.ledger import LedgerLine, parse, render
from kb.model import ArticleId
from kb.problems import KbError, Place


def line(article: str) -> bytes:
    return render({ArticleId(article): LedgerLine(ArticleId(article), (), (), (), {})})


def test_a_ledger_is_read_as_it_was_written() -> None:
    assert list(parse(line("a") + b"\n" + line("b"), "ledger.jsonl")) == ["a", "b"]


def test_an_article_has_one_line() -> None:
    with pytest.raises(KbError) as caught:
        parse(line("a") + line("b") + line("a"), "ledger.jsonl")
    [problem] = caught.value.problems
    assert (problem.code, problem.place) == ("broken-ledger", Place("ledger.jsonl", 3, 1))


def test_a_line_that_is_no_line_of_a_ledger_is_a_problem() -> None:
    with pytest.raises(KbError) as caught:
        parse(line("a") + b"{}\n", "ledger.jsonl")
    assert caught.value.problems[0].place == Place("ledger.jsonl", 2, 1)
