"""What is in an article's Markdown twin?"""

import re
from collections.abc import Mapping

from kb.library.headings import heading_lines
from kb.library.records import split
from kb.library.spelling import fold_spelling
from kb.model import Article
from kb.pages.context import Context
from kb.pages.machine_views import TwinView
from kb.routes import relative_url

# Code first: what it holds is shown, not linked.
_WIKILINK = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,})(?s:.*?)(?:^ {0,3}(?P=fence)|\Z)"
    r"|(?P<ticks>`+)(?!`)(?s:.*?)(?<!`)(?P=ticks)(?!`)"
    r"|(?P<embed>!?)\[\[(?P<target>[^\[\]\n|#\\]+)(?:#(?P<anchor>[^\[\]\n|\\]*))?"
    r"(?:\\?\|(?P<label>[^\[\]\n]*))?\]\]",
    re.MULTILINE,
)
_SIZE = re.compile(r"\s*\d+(?:\s*[x×]\s*\d+)?\s*")
_BRACKET = re.compile(r"[\[\]]")


def twin_view(context: Context, article: Article) -> TwinView:
    """What an article's twin shows."""
    brief = context.briefs[article.path]
    targets = dict.fromkeys(reference.target for reference in brief.references)
    links = tuple((target, *_twin_of(context, article, target)) for target in targets)
    return TwinView(article.title, article.path, brief.key, links)


def _twin_of(context: Context, article: Article, target: str) -> tuple[str, str]:
    paths, links = context.paths, context.reader.links
    here = paths.twin(article)
    other = context.library.find(target) or context.library.find(target.rstrip("#"))
    if other:
        return other.title, relative_url(paths.twin(other), here, paths.style)
    file = "" if target.startswith("/") else links.file(target)
    return "", relative_url(file, here, paths.style) if file else ""


def twin(view: TwinView, file: str) -> str:
    """The article as Markdown, from the text of its file: its title, its text, linked to twins."""
    _, body = split(file, view.source)
    text = _without_title(view.title, body)
    links = {target: (title, url) for target, title, url in view.links}
    if links and "[[" in text:
        text = _WIKILINK.sub(lambda found: _linked(links, found), text)
    return f"# {view.title}\n\n{text.strip()}\n"


def _without_title(title: str, body: str) -> str:
    """The text without a first heading that says the title once more."""
    first = next(heading_lines(body), None)
    if first is None or fold_spelling(first.words) != fold_spelling(title):
        return body
    return body[: first.start] + body[first.end :].lstrip("\n")


def _linked(links: Mapping[str, tuple[str, str]], found: re.Match[str]) -> str:
    """A link to the twin of the article that a wikilink names, else the words of the wikilink.

    What is none of the targets of the text's links stands in code or in a formula.
    """
    target = (found["target"] or "").strip().removesuffix(".md")
    if target not in links and found["anchor"] == "":
        target += "#"
    if not target or target not in links or (found["embed"] and not links[target][1]):
        return found.group()
    title, url = links[target]
    if url and not title:
        return _file(found, target, url)
    title = title if url else target
    label = found["label"] or (f"{title} › {found['anchor']}" if found["anchor"] else title)
    return f"[{_BRACKET.sub(_escaped, label)}]({url})" if url else label


def _file(found: re.Match[str], name: str, url: str) -> str:
    """A link to a file of static/, or the picture; Markdown has no sizes."""
    words = (found["label"] or "").partition("|")[0].rstrip("\\")
    label = name if not words or _SIZE.fullmatch(words) else words
    return f"{found['embed']}[{_BRACKET.sub(_escaped, label)}]({url})"


def _escaped(bracket: re.Match[str]) -> str:
    return f"\\{bracket.group()}"
