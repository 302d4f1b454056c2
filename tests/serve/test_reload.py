"""Do pages learn what they need, and nothing that breaks them?"""

import json
from dataclasses import replace

import pytest

from kb.problems import Place, Problem, Severity
from kb.serve.outcome import Outcome
from kb.serve.reload import State, after, carets, inject, message

STATE = State("run", pages=3, styles=7, built=True)
TAG = b'<script src="/__kb/reload.js" defer data-page="run.3" data-style="run.7"></script>\n'
PROBLEM = Problem(
    code="unknown-topic",
    message='no topic is called "difusion"',
    place=Place("content/articles/flow.md", 4, 8),
    hint='did you mean "diffusion"?',
    source="topic: difusion",
    width=8,
)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (b"<body>x</body></html>", b"<body>x" + TAG + b"</body></html>"),
        (b"<BODY>x</BODY>", b"<BODY>x" + TAG + b"</BODY>"),
        (b"<pre>&lt;/body></pre>", b"<pre>&lt;/body></pre>" + TAG),
        (b"</body> in a script</body>", b"</body> in a script" + TAG + b"</body>"),
        (b"", TAG),
    ],
)
def test_the_script_stands_at_the_end_of_the_body(page: bytes, expected: bytes) -> None:
    assert inject(page, STATE) == expected


def test_a_change_gives_pages_another_name() -> None:
    state = after(State("run"), Outcome(changed=True))
    assert (state.page, state.style, state.built) == ("run.1", "run.0", True)


def test_a_change_of_styles_leaves_pages_as_they_are() -> None:
    state = after(State("run"), Outcome(changed=True, only_styles=True))
    assert (state.page, state.style) == ("run.0", "run.1")


def test_a_rebuild_that_changed_nothing_only_says_what_is_wrong() -> None:
    state = after(STATE, Outcome(changed=False, problems=(PROBLEM,)))
    assert state == replace(STATE, problems=(PROBLEM,))


def test_problems_go_with_the_next_good_build() -> None:
    assert after(replace(STATE, problems=(PROBLEM,)), Outcome(changed=False)) == STATE


def test_a_message_tells_all_of_a_problem() -> None:
    lines = message(replace(STATE, problems=(PROBLEM,))).decode().splitlines()
    assert lines[0] == "retry: 500"
    assert lines[2] == ""
    assert json.loads(lines[1].removeprefix("data: ")) == {
        "page": "run.3",
        "style": "run.7",
        "problems": [
            {
                "severity": "error",
                "code": "unknown-topic",
                "place": "content/articles/flow.md:4:8",
                "message": 'no topic is called "difusion"',
                "line": "4",
                "source": "topic: difusion",
                "carets": "       ^^^^^^^^",
                "hint": 'did you mean "diffusion"?',
            }
        ],
        "more": 0,
    }


def test_a_message_is_one_line_of_ascii_whatever_a_problem_holds() -> None:
    odd = replace(PROBLEM, message="a\n\nb\r\udc80\u2028", severity=Severity.WARNING)
    assert message(replace(STATE, problems=(odd,))).count(b"\n") == 3


def test_a_flood_of_problems_is_counted_not_shown() -> None:
    told = message(replace(STATE, problems=(PROBLEM,) * 60)).decode().splitlines()[1]
    state = json.loads(told.removeprefix("data: "))
    assert (len(state["problems"]), state["more"]) == (50, 10)


@pytest.mark.parametrize(
    ("source", "column", "width", "expected"),
    [
        ("topic: difusion", 8, 8, "       ^^^^^^^^"),
        ("主题: x", 5, 1, "\u3000\u3000  ^"),
        ("a主题", 2, 2, " \uff3e\uff3e"),
        ("\tx", 2, 1, "\t^"),
        ("ab", 3, 1, "  ^"),
        ("ab", 1, 9, "^^"),
        ("ab", 0, 1, ""),
        ("", 1, 1, ""),
    ],
)
def test_carets_stand_below_their_place(
    source: str, column: int, width: int, expected: str
) -> None:
    problem = replace(PROBLEM, source=source, place=Place("a", 1, column), width=width)
    assert carets(problem) == expected
