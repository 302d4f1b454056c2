"""Does kb say one thing as one, wherever it counts?"""

import re
from pathlib import Path

import pytest
from projects import Ran, kb, put

from kb.commands.check import Checked
from kb.counts import counted

ONE = {
    "content/articles/a.md": "---\ntitle: A\n---\n\n[x](https://a.test/) ![y](/y.png)\n",
    "content/transmissions/a.txt": "扩散模型从噪声开始,一步一步去噪,最后得到一张清晰的图像,学的是每一步...\n",
}
PLURALS = re.compile(
    r"(?<![\d.,])1 (?:\w+ )?(?:articles|files|records|transmissions|lines|links|pages|images|"
    r"anchors|groups|addresses|topics|characters|words|notes|warnings|errors|styles|others)\b"
)


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 entries"), (1, "1 entry"), (2, "2 entries"), (1234, "1,234 entries")],
)
def test_a_thing_is_said_as_many_as_it_is(number: int, said: str) -> None:
    assert counted(number, "entry", many="entries") == said


def test_what_has_no_other_plural_gets_an_s() -> None:
    assert (counted(1, "other file"), counted(3, "other file")) == ("1 other file", "3 other files")


def test_no_command_says_one_things(tmp_path: Path) -> None:
    put(tmp_path, ONE)
    commands = (
        *(("ingest",), ("build",), ("check",), ("topics", "preview"), ("topics", "suggest")),
        *(("explain", "扩散模型"), ("doctor",), ("export", "a.jsonl"), ("clean",)),
    )
    ran = {command[0]: kb(*command, folder=tmp_path) for command in commands}
    assert said(ran["ingest"]).startswith("1 transmission, 1 line: ")
    assert "\n1 article: 1 created" in said(ran["ingest"])
    assert said(ran["export"]).startswith("2 articles ")
    assert {name: PLURALS.findall(said(one)) for name, one in ran.items()} == {
        name: [] for name in ran
    }


def test_a_check_of_one_of_each_says_so() -> None:
    names = ("articles", "pages", "links", "anchors", "images", "files", "entries", "external")
    figures = dict.fromkeys((*names, "external_asked", "external_remembered"), 1)
    assert Checked((), figures).summary == (
        "checked 1 article and 1 page: 1 link, 1 anchor, 1 image, 1 style or script,"
        " 1 address in feeds and lists; 1 link to other hosts: asked 1, 1 remembered"
    )


def said(ran: Ran) -> str:
    return ran.stderr + ran.stdout
