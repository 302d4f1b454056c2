"""What does a text of the project say, and what HTML is it?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b

from kb.build.fingerprints import code
from kb.library.ownership import value_digest
from kb.library.records import Record, parse
from kb.markup import Markup, render, render_with_html
from kb.model import Article, Digest
from kb.pages.brief import Brief, brief
from kb.problems import Place, Problem


@dataclass(frozen=True, slots=True)
class Reading:
    """What is kept of a text that was read: its article without the body, and its brief.

    `key` is the digest of all that the markup was made from, `digest` that of the body, which
    begins at the character `start` of the text; `problems` are those of the markup.
    """

    article: Article
    places: Mapping[str, Place]
    key: str
    digest: Digest
    start: int
    brief: Brief
    problems: tuple[Problem, ...]


def key_of(text: str, path: str, *, trusted: bool, html: bool) -> str:
    """The digest of all that a text's reading is made from."""
    parts = (code(), path, str(trusted), str(html), text)
    return blake2b("\0".join(parts).encode(errors="surrogatepass"), digest_size=16).hexdigest()


def reading_of(
    text: str, path: str, *, trusted: bool | None = None, html: bool = False
) -> tuple[Reading, Markup]:
    """The reading of a text in the file `path`, and its markup, with `html` in it if trusted.

    Where nobody knows yet whether a person wrote it, one with an id is taken for a transmission's.
    Raises KbError for a record that is broken.
    """
    record = parse(text, path)
    article = record.article
    is_trusted = not article.id if trusted is None else trusted
    key = key_of(text, path, trusted=is_trusted, html=html)
    body, line, title = article.body, article.body_line, article.title
    if html and is_trusted:
        markup = render_with_html(body, path=path, first_line=line, title=title)
    else:
        markup = render(body, path=path, first_line=line, title=title, trusted=is_trusted)
    reading = Reading(
        replace(article, body="", is_trusted=is_trusted),
        record.places,
        key,
        value_digest(article.body),
        len(record.text) - len(article.body),
        brief(markup, key),
        markup.problems,
    )
    return reading, markup


def record_of(reading: Reading, text: str) -> Record:
    """The record that was read in a text."""
    article = replace(reading.article, body=text[reading.start :])
    return Record(article, reading.places, text)
