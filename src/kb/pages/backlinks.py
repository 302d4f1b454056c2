"""Which texts link to an article, and in which sentences?"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kb.markup import Reference, Sentence
from kb.model import Article, Slug
from kb.pages.bodies import shown_title
from kb.pages.context import Context
from kb.pages.links import Place
from kb.pages.parts import Link
from kb.pages.views import Backlink

MOST_SENTENCES = 2
"""Sentences of one text that are shown; whoever wants more goes there."""
OVERLAP = 12
"""Characters by which a sentence is told from another."""


@dataclass(slots=True)
class _Mentions:
    """The sentences of one text in which it links to one article."""

    sentences: list[Sentence] = field(default_factory=list)
    is_embed: bool = False

    def add(self, reference: Reference, place: Place) -> None:
        sentence = reference.sentence
        if reference.is_embed:
            self.is_embed = True
        elif len(self.sentences) < MOST_SENTENCES and (sentence.before or sentence.after):
            words = sentence.words or shown_title(place, reference)
            if not any(_is_same(shown, sentence) for shown in self.sentences):
                self.sentences.append(Sentence(sentence.before, words, sentence.after))


def _is_same(first: Sentence, second: Sentence) -> bool:
    """Whether a second link stands in the sentence of a first, by the words around both."""
    before, after = first.before.lstrip("…")[-OVERLAP:], second.after.rstrip("…")[:OVERLAP]
    return before in second.before and after in first.after


def backlinks(context: Context) -> dict[Slug, tuple[Backlink, ...]]:
    """The texts that link to each article: articles by slug, free pages, introductions."""
    found: dict[Slug, list[Backlink]] = {}
    for article, path in _sources(context):
        for slug, mentions in _mentions(context, article).items():
            link = Link(article.title, path)
            sentences = dict.fromkeys(mentions.sentences)
            backlink = Backlink(link, article.lang, tuple(sentences), mentions.is_embed)
            found.setdefault(slug, []).append(backlink)
    return {slug: tuple(links) for slug, links in found.items()}


def _sources(context: Context) -> Iterator[tuple[Article, str]]:
    library, paths = context.library, context.paths
    for article in library.articles:
        yield article, paths.article(article)
    for page in library.pages:
        yield page, paths.page(page.slug)
    for topic, intro in sorted(library.intros.items()):
        if library.under(topic):
            name = context.topic_link(topic).label
            yield replace(intro, title=name), paths.topic(topic)


def _mentions(context: Context, article: Article) -> dict[Slug, _Mentions]:
    links = context.reader.links
    found: dict[Slug, _Mentions] = {}
    for reference in context.briefs[article.path].references:
        place = links.place(reference)
        if place and place.article.path != article.path:
            found.setdefault(place.article.slug, _Mentions()).add(reference, place)
    return found
