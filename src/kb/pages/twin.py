"""What is in an article's Markdown twin?"""

import re
from collections.abc import Container

from kb.library.headings import heading_lines
from kb.library.spelling import fold_spelling
from kb.model import Article
from kb.pages.context import Context
from kb.routes import relative_url

# Code first: what it holds is shown, not linked.
_WIKILINK = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,})(?s:.*?)(?:^ {0,3}(?P=fence)|\Z)"
    r"|(?P<ticks>`+)(?!`)(?s:.*?)(?<!`)(?P=ticks)(?!`)"
    r"|(?P<embed>!?)\[\[(?P<target>[^\[\]\n|#\\]+)(?:#(?P<anchor>[^\[\]\n|\\]*))?"
    r"(?:\\?\|(?P<label>[^\[\]\n]*))?\]\]",
    re.MULTILINE,
)
_BRACKET = re.compile(r"[\[\]]")


def twin(context: Context, article: Article) -> str:
    """The article as Markdown: its title, then its text, linked to other twins."""
    body = _without_title(article)
    known = {reference.target for reference in context.markups[article.path].references}
    if known and "[[" in body:
        body = _WIKILINK.sub(lambda found: _linked(context, article, known, found), body)
    return f"# {article.title}\n\n{body.strip()}\n"


def _without_title(article: Article) -> str:
    """The text without a first heading that says the title once more."""
    first = next(heading_lines(article.body), None)
    if first is None or fold_spelling(first.words) != fold_spelling(article.title):
        return article.body
    return article.body[: first.start] + article.body[first.end :].lstrip("\n")


def _linked(context: Context, article: Article, known: Container[str], found: re.Match[str]) -> str:
    """A link to the twin of the article that a wikilink names, else the words of the wikilink.

    What is none of the `known` targets of the text's links stands in code or in a formula.
    """
    target = (found["target"] or "").strip().removesuffix(".md")
    other = context.library.find(target)
    if not target or target not in known or (found["embed"] and other is None):
        return found.group()
    title = other.title if other else target
    label = found["label"] or (f"{title} › {found['anchor']}" if found["anchor"] else title)
    if other is None:
        return label
    paths = context.paths
    url = relative_url(paths.twin(other), paths.twin(article), paths.style)
    return f"[{_BRACKET.sub(_escaped, label)}]({url})"


def _escaped(bracket: re.Match[str]) -> str:
    return f"\\{bracket.group()}"
