"""What does kb explain say of an article that no dump holds?"""

import json
from collections.abc import Callable
from pathlib import Path

from projects import Files, Ran

Run = Callable[..., Ran]
FILES = {"content/articles/a.md": "---\ntitle: A title\n---\n\nText.\n"}


def test_an_article_of_ones_own_is_ones_own(project: Callable[[Files], Path], run: Run) -> None:
    project(FILES)
    ran = run("explain", "a title")
    assert ran == Ran(
        0, "A title  content/articles/a.md\nwritten by hand: all of it is yours\n", ""
    )


def test_a_program_is_told_so_too(project: Callable[[Files], Path], run: Run) -> None:
    project(FILES)
    ran = run("explain", "a", "--json")
    found = json.loads(ran.stdout)
    assert ran.code == 0
    assert found["article"]["title"] == "A title"
    assert (found["seen"], found["name"], found["verdict"]) == ([], None, None)
    assert {owner for _, owner in found["owners"]} == {"you"}
