"""Does code fall into the tokens that Pygments itself would find?"""

import random
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import pytest
from pygments.lexers import get_lexer_by_name

from kb.markup.lexing import Run, runs

LANGUAGES = (
    *("python", "java", "javascript", "typescript", "go", "rust", "sql", "bash", "html", "css"),
    *("json", "yaml", "toml", "ini", "xml", "kotlin", "scala", "csharp", "c", "cpp", "cuda"),
    *("php", "ruby", "lua", "swift", "haskell", "docker", "diff", "make", "tex", "r", "matlab"),
)
SIGNS = (
    *"()[]{}<>\"'`#/\\*-+=!?.,;:@$%^&|~_ \n\t09azAZ中",
    *("if ", "def f", "/*", "*/", "<!--", "-->", '"""', "0x1f", "1e5", "class A", "<?php", "?>"),
    *("{{", "}}", "\n\n", "    ", "SELECT ", "FROM ", "//", "--", "fn ", "let ", "true", "null"),
)


def samples() -> list[str]:
    """Python, and signs in any order, long enough for rules to be joined."""
    chance = random.Random(1)  # noqa: S311 - no secret
    noise = ["".join(chance.choices(SIGNS, k=400)) for _ in range(8)]
    return [Path(__file__).read_text("utf-8"), *noise]


def joined(found: Iterable[Run]) -> list[Run]:
    """The texts of one name joined, without what is empty."""
    shown = (run for run in found if run[1])
    return [(n, "".join(text for _, text in run)) for n, run in groupby(shown, itemgetter(0))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_joined_rules_find_the_tokens_of_pygments(language: str) -> None:
    lexer = get_lexer_by_name(language)
    for code in samples():
        own = ((str(kind), text) for _, kind, text in lexer.get_tokens_unprocessed(code))
        assert joined(runs(lexer, code, str)) == joined(own)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_character_of_the_code_is_lost(language: str) -> None:
    lexer = get_lexer_by_name(language)
    for code in samples():
        assert "".join(text for _, text in runs(lexer, code, str)) == code


def test_a_lexer_that_never_ends_leaves_the_rest_as_it_stands() -> None:
    code = '{"a": "b", ?>}\n<!-- "c"'
    assert "".join(text for _, text in runs(get_lexer_by_name("mcschema"), code, str)) == code
