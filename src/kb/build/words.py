"""Which interface words does a file of the theme give, and can each be filled in?"""

from collections.abc import Iterator, Mapping
from string import Formatter

from kb.build.speech import FORMS, MONTHS, rule
from kb.marked_yaml import Mapping as YamlMapping
from kb.marked_yaml import Node, Scalar, parse
from kb.problems import KbError, Place, Problem, with_source

DATES = ("date", "date_month", "date_day")
"""Words that say a day, a month, and a day without its year."""
_PARTS_OF_DATES = frozenset(("y", "m", "d", "mm", "dd", "month"))


def joined(fallback: Mapping[str, str], spoken: Mapping[str, str]) -> dict[str, str]:
    """The words of a language, with those of another in place of what it lacks.

    A count that the language says in one form has that one in all cases.
    """
    forms: dict[str, str] = {}
    for key, word in spoken.items():
        if key.endswith("_many"):
            forms |= {key.removesuffix("many") + form: word for form in FORMS}
    return {**fallback, **{k: w for k, w in forms.items() if k in fallback}, **spoken}


def lacking(fallback: Mapping[str, str], spoken: Mapping[str, str]) -> tuple[str, ...]:
    """The words that a language lacks."""
    said = joined(dict.fromkeys(fallback, ""), spoken)
    return tuple(key for key in fallback if key not in spoken and not said[key])


def parse_words(text: str, path: str, known: Mapping[str, str]) -> dict[str, str]:
    """The words in the text of a words/….yaml by their key. Raises KbError with every wrong one.

    A word may name the values that the word of its key in `known` names, as `{n}`.
    """
    root = parse(text, path)
    if root is None or (isinstance(root, Scalar) and root.is_null):
        return {}
    if not isinstance(root, YamlMapping):
        raise KbError(_problem("the words must be `key: text` lines", root.place, text))
    problems = [
        _problem(f"{key} {fact}", node.place, text)
        for key, node in root.entries.items()
        if (fact := _fault(key, node, known))
    ]
    if problems:
        raise KbError(problems)
    return {key: node.text for key, node in root.entries.items() if isinstance(node, Scalar)}


def _problem(fact: str, place: Place, text: str) -> Problem:
    hint = "write {{ and }} for braces that are meant"
    return with_source(Problem("broken-words", fact, place, hint), text)


def _fault(key: str, node: Node, known: Mapping[str, str]) -> str:
    if not isinstance(node, Scalar):
        return "must be a text"
    try:
        if key == "plural_rule":
            rule(node.text)
        named = set(_values(node.text))
        allowed = _allowed(key, known)
    except ValueError as error:
        return f"cannot be filled in: {error}"
    if key.startswith("month_names") and len(node.text.split(", ")) != MONTHS:
        return "must be 12 names with a comma and a space between them"
    if key == "plural_forms" and not {"many"} <= set(node.text.split()) <= set(FORMS):
        return f"must be some of {' '.join(FORMS)}, and many among them"
    if allowed is None:
        return ""
    strange = sorted(named - allowed)
    return f"has no value {{{strange[0]}}}" if strange else ""


def _allowed(key: str, known: Mapping[str, str]) -> frozenset[str] | None:
    """The values that a word may name, None where that is not known."""
    if key in DATES:
        return _PARTS_OF_DATES
    stem, _, form = key.rpartition("_")
    other = f"{stem}_many" if form in FORMS else ""
    word = known.get(key, known.get(other))
    return None if word is None else frozenset(_values(word))


def _values(word: str) -> Iterator[str]:
    """The names between braces. Raises ValueError where braces are something else."""
    for _, name, form, conversion in Formatter().parse(word):
        if name is not None:
            if form or conversion or not name.isidentifier():
                raise ValueError("a name in braces, such as {n}, is all that may stand there")
            yield name
