"""How does a list of contents show a heading that holds a formula?"""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from kb.markup.characters import escape_text
from kb.markup.math import MathError, mathml
from kb.markup.model import Html
from kb.markup.plain import words

_FORMULAS = {"formula", "display_formula"}


def label(tokens: Sequence[Token]) -> Html:
    """The words of a heading with its formulas set among them; nothing where it has none."""
    if not any(token.type in _FORMULAS for token in tokens):
        return Html("")
    return Html("".join(_parts(tokens)))


def _parts(tokens: Sequence[Token]) -> Iterator[str]:
    for token, said in zip(tokens, words(tokens), strict=True):
        yield (token.type in _FORMULAS and _formula(token.content)) or escape_text(said)


def _formula(tex: str) -> str:
    """The formula without its source, which the heading itself has; nothing if it cannot be set."""
    try:
        html = mathml(tex.strip(), is_display=False)
    except MathError:
        return ""
    return f"{html.partition('<annotation')[0]}</semantics></math>"
