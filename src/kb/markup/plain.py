"""What are the words of a run of inline tokens, without their markup?"""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from kb.markup.characters import joins_without_space
from kb.markup.tex_words import readable

_SILENT = {"footnote_ref", "footnote_anchor", "checkbox", "html_inline"}


def plain(tokens: Sequence[Token]) -> str:
    """The words of `tokens`: formulas as a reader would type them, images as their alt text."""
    if len(tokens) == 1 and tokens[0].type == "text":
        return tokens[0].content
    return "".join(words(tokens))


def words(tokens: Sequence[Token]) -> Iterator[str]:
    """The words of each of `tokens`."""
    for index, token in enumerate(tokens):
        if token.type in ("softbreak", "hardbreak"):
            yield "" if is_seamless(tokens, index) else " "
        else:
            yield _words(token)


def is_seamless(tokens: Sequence[Token], index: int) -> bool:
    """Whether the line break at `index` stands between Chinese characters and needs no space."""
    return joins_without_space(_edge(tokens, index, -1), _edge(tokens, index, 1))


def _words(token: Token) -> str:
    if token.type in ("formula", "display_formula"):
        return readable(token.content)
    if token.type == "wikilink":
        return token.content or token.meta["target"] or token.meta["anchor"]
    if token.type == "image":
        return plain(token.children or [])
    return "" if token.type in _SILENT else token.content


def _edge(tokens: Sequence[Token], index: int, step: int) -> str:
    """The nearest character before (step -1) or after (1) the token at `index`."""
    position = index + step
    while 0 <= position < len(tokens):
        words = _words(tokens[position])
        if words:
            return words[-1 if step < 0 else 0]
        if tokens[position].type in ("softbreak", "hardbreak", "image"):
            return ""
        position += step
    return ""
