"""Does the documentation say what the code says, in both languages, without a problem?"""

import json
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import generate
import pytest
from projects import kb

from kb.cli import cli

DOCS = Path(__file__).parents[2] / "docs"
ARTICLES = DOCS / "content" / "articles"
KINDS = ("tutorial", "how-to", "reference", "explanation")
_FENCE = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINE = re.compile(r"(?:^|&& |\$\()(kb [^|>&)#]+?)(?=$|\s{2}| [|>&#]|\))", re.MULTILINE)


@pytest.fixture(scope="module")
def documentation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the documentation as `make docs` finds it, with what it generates."""
    root = tmp_path_factory.mktemp("docs")
    for name in ("content", "static", "templates"):
        shutil.copytree(DOCS / name, root / name)
    shutil.copy(DOCS / "kb.yaml", root)
    generate.write(root)
    return root


def written() -> list[Path]:
    return [path for kind in KINDS for path in sorted((ARTICLES / kind).glob("*.md"))]


def test_the_reference_says_what_the_code_says_now() -> None:
    pages, _ = generate.reference()

    stand = {
        path.relative_to(DOCS / "content").as_posix(): path.read_text("utf-8")
        for path in (ARTICLES / "reference").glob("*")
    }

    assert stand == pages, "run `make docs` and commit what it changes"


def test_every_sentence_of_the_code_is_there_in_chinese() -> None:
    _, lacking = generate.reference()

    assert lacking == frozenset(), "add them to docs/reference/zh.yaml"


def test_the_documentation_builds_without_a_problem(documentation: Path) -> None:
    ran = kb("build", "--strict", "--json", folder=documentation)

    assert (ran.code, json.loads(ran.stdout)["problems"], ran.stderr) == (0, [], "")


def test_every_page_links_to_itself_in_the_other_language(documentation: Path) -> None:
    listed: list[dict[str, Any]] = json.loads(kb("list", "--json", folder=documentation).stdout)
    langs = {article["slug"]: article["lang"] for article in listed}

    for path in written():
        front, body = path.read_text("utf-8").split("---\n\n", 1)
        slug = front.split("\nslug: ")[1].split("\n")[0]
        is_chinese = slug.startswith("zh-")
        other = slug.removeprefix("zh-") if is_chinese else f"zh-{slug}"
        assert body.startswith(f"*[[{other}|{'English' if is_chinese else '中文'}]]*\n"), path
        assert {langs[slug], langs[other]} == {"zh", "en"}


def test_every_text_beside_the_documentation_is_a_page_of_it(documentation: Path) -> None:
    notes = {path.name for path in DOCS.glob("*.md")}

    assert notes == {path.name for path in (documentation / "content/articles/notes").glob("*")}
    assert "decisions.md" in notes


def commands() -> Iterator[str]:
    """Every command of kb in an example for a shell."""
    for path in written():
        for block in _FENCE.findall(path.read_text("utf-8")):
            yield from (line.strip() for line in _LINE.findall(block))


def test_there_are_commands_in_the_examples() -> None:
    assert {"kb ingest --dry-run", "kb topics suggest"} <= set(commands())


@pytest.mark.parametrize("line", sorted(set(commands())))
def test_every_command_in_an_example_is_one_of_kbs(line: str) -> None:
    assert _unknown(cli, shlex.split(line)[1:]) == ""


def _unknown(command: click.Command, words: list[str]) -> str:
    """What click does not know of a command line, empty where it knows all."""
    context = click.Context(command)
    try:
        _, rest, _ = command.make_parser(context).parse_args(list(words))
    except click.UsageError as error:
        return error.format_message()
    if not isinstance(command, click.Group) or not rest:  # `kb --version` has nothing after it
        return ""
    inner = command.commands.get(rest[0])
    return _unknown(inner, rest[1:]) if inner else f"no command is called {rest[0]}"
