"""Do the examples in docstrings say what is so?"""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

import kb

SOURCES = Path(kb.__file__).parent


def with_examples() -> list[str]:
    paths = (p for p in sorted(SOURCES.rglob("*.py")) if ">>> " in p.read_text("utf-8"))
    return [".".join(("kb", *p.relative_to(SOURCES).with_suffix("").parts)) for p in paths]


@pytest.mark.parametrize("module", with_examples())
def test_the_examples_of_a_module_hold(module: str) -> None:
    outcome = doctest.testmod(import_module(module))
    assert (outcome.failed, outcome.attempted > 0) == (0, True)


def test_there_are_examples() -> None:
    assert "kb.routes" in with_examples()
