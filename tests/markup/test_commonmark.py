"""Do the examples of CommonMark's specification become what it says, but for named differences?"""

from urllib.parse import quote

import pytest
from commonmark import Example, examples, shape

from kb.markup import Reference, Target, assemble, render

DIFFERENCES = {
    "raw HTML is text: a project may let an allow-list of it through": {
        *(21, 31, 201, *range(148, 192), 308, 309, 344, 475, 476, 477, 491, 494, 524, 536),
        *(*range(613, 618), 623, *range(625, 632), 642, 643),
    },
    r"\[…\] holds a formula": {12},
    "[[…]] links to an article": {548, 559, 590},
    "a link without words shows the title of its article": {484},
    "a heading without words is left out: nothing could lead to it": {79},
    "a bare address is a link": {602, 608, 611},
    "a link leads to http, https, mailto or tel, or into the site": {596, 598, 599, 601},
}
NAMED = frozenset[int]().union(*DIFFERENCES.values())


def to_itself(reference: Reference) -> Target:
    """Each link within the site leads to where it says."""
    path = quote(reference.target, safe="/:?#[]@!$&'()*+,;=%~")
    return Target(path + (f"#{reference.anchor}" if reference.anchor else ""), reference.target)


def is_as_specified(example: Example) -> bool:
    html = assemble(render(example.text, path="a.md"), to_itself)
    return shape(html) == shape(example.html)


def test_the_whole_specification_is_read() -> None:
    assert len(examples()) == 652
    assert len(NAMED) == 85


@pytest.mark.parametrize("example", examples(), ids=lambda example: f"{example.number}")
def test_an_example_is_as_specified_unless_it_is_named(example: Example) -> None:
    assert is_as_specified(example) is (example.number not in NAMED)
