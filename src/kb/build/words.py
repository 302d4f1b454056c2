"""Which interface words does a file of the theme give, and can each be filled in?"""

from collections.abc import Iterator, Mapping
from string import Formatter

from kb.marked_yaml import Mapping as YamlMapping
from kb.marked_yaml import Node, Scalar, parse
from kb.problems import KbError, Place, Problem, with_source


def parse_words(text: str, path: str, known: Mapping[str, str]) -> dict[str, str]:
    """The words in the text of a words/….yaml by their key. Raises KbError with every wrong one.

    A word may name the values that the word of its key in `known` names, as `{n}`.
    """
    root = parse(text, path)
    if root is None:
        return {}
    if not isinstance(root, YamlMapping):
        raise KbError(_problem("the words must be `key: text` lines", root.place, text))
    problems = [
        _problem(f"{key} {fact}", node.place, text)
        for key, node in root.entries.items()
        if (fact := _fault(node, known.get(key)))
    ]
    if problems:
        raise KbError(problems)
    return {key: node.text for key, node in root.entries.items() if isinstance(node, Scalar)}


def _problem(fact: str, place: Place, text: str) -> Problem:
    hint = "write {{ and }} for braces that are meant"
    return with_source(Problem("broken-words", fact, place, hint), text)


def _fault(node: Node, known: str | None) -> str:
    if not isinstance(node, Scalar):
        return "must be a text"
    try:
        named = set(_values(node.text))
        allowed = named if known is None else set(_values(known))
    except ValueError as error:
        return f"cannot be filled in: {error}"
    strange = sorted(named - allowed)
    return f"has no value {{{strange[0]}}}" if strange else ""


def _values(word: str) -> Iterator[str]:
    """The names between braces. Raises ValueError where braces are something else."""
    for _, name, form, conversion in Formatter().parse(word):
        if name is not None:
            if form or conversion or not name.isidentifier():
                raise ValueError("a name in braces, such as {n}, is all that may stand there")
            yield name
