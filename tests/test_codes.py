"""Is every problem that kb can tell of in the list of codes, as it matters there?"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import kb
from kb.codes import CODES, by_code, graded
from kb.pages import faults
from kb.problems import Place, Problem, Severity

SOURCES = Path(kb.__file__).parent
MAKERS = {"Problem", "warn", "_warning", "_Sort"}
"""What is called with a code first."""


def nodes() -> Iterator[ast.AST]:
    for path in sorted(SOURCES.rglob("*.py")):
        yield from ast.walk(ast.parse(path.read_text("utf-8")))


def raised() -> set[str]:
    """Each code that a call is given, that a variable called `code` has, or a table of faults."""
    found: set[str] = set(faults._FACTS)
    for node in nodes():
        if isinstance(node, ast.Call) and name_of(node.func) in MAKERS:
            found.update(texts(node.args[:1]))
        if isinstance(node, ast.keyword) and node.arg == "code":
            found.update(texts([node.value]))
        if isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in node.args.args][-len(node.args.defaults) :]
            pairs = zip(names, node.args.defaults, strict=False)
            found.update(texts([default for name, default in pairs if name == "code"]))
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple):
            values = getattr(node.value, "elts", [])
            named = zip(node.targets[0].elts, values, strict=False)
            found.update(texts([value for target, value in named if name_of(target) == "code"]))
    return found


def texts(values: list[ast.expr]) -> list[str]:
    constants = [value for value in values if isinstance(value, ast.Constant)]
    return [value.value for value in constants if isinstance(value.value, str)]


def name_of(node: ast.expr) -> str:
    return getattr(node, "id", "") or getattr(node, "attr", "")


def test_every_code_that_is_raised_is_listed_and_every_listed_one_is_raised() -> None:
    assert raised() == set(by_code())


def test_a_code_is_listed_once_and_explained_in_a_sentence() -> None:
    assert len(CODES) == len(by_code())
    assert [code for code in CODES if not re.fullmatch(r"[A-Z`0-9k].*\.", code.meaning)] == []


def test_a_problem_matters_as_much_as_a_person_says() -> None:
    orphan = Problem("orphan", "fact", Place("a.md"), severity=Severity.WARNING)
    slug = Problem("duplicate-slug", "fact", Place("b.md"))

    raised, _ = graded((orphan, slug), (("orphan", Severity.ERROR),))
    assert raised.severity is Severity.ERROR
    assert list(graded((orphan, slug), (("orphan", None),))) == [slug]
