"""Do the parsers that ask few rules find what markdown-it finds by asking all?"""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kb.markup.rules import parser, with_rules

SIGNS = (
    *("*", "**", "_", "~~", "`", "```", "[", "]", "](b)", "![", "<", ">", "&amp;", "\\", "$", "$$"),
    *(
        "http://a",
        ":",
        "[[",
        "]]",
        "[^a]",
        "[^a]: ",
        "[公式]",
        "> ",
        "- ",
        "1. ",
        "# ",
        "---",
        "===",
    ),
    *(
        "|",
        "|-|",
        "> | a |\n> |---|\n>",
        "| a |\n|---|",
        "\n",
        "\n\n",
        "    ",
        "\t",
        "  \n",
        ": ",
        "中",
        "，",
        "a",
        " ",
        "=",
        "+",
    ),
)
TEXTS = st.lists(st.sampled_from(SIGNS), max_size=30).map("".join)


def asking_all() -> MarkdownIt:
    markdown = MarkdownIt("zero")
    with_rules(markdown, trusted=True)
    return markdown


ASKING_ALL = asking_all()


def told(tokens: list[Any]) -> list[Any]:
    """What a token says; the depth of an inline token is not used, and texts may be split."""
    found: list[Any] = []
    for token in tokens:
        said = (token.type.removesuffix("_special"), token.tag, token.attrs, token.map, token.meta)
        inside = told(token.children or [])
        if said[0] == "text" and found and found[-1][0] == "text":
            found[-1] = (*found[-1][:-2], found[-1][-2] + token.content, inside)
        else:
            found.append((*said, token.content, inside))
    return found


@settings(max_examples=1500, deadline=None)
@given(TEXTS)
def test_the_tokens_are_those_of_markdown_it(text: str) -> None:
    assert told(parser(trusted=True).parse(text, {})) == told(ASKING_ALL.parse(text, {}))
