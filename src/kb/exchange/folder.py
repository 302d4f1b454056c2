"""How does a library look as a folder of Markdown that other tools read?

One file an article, in folders by topic, named by its title. Its front matter is the record's own;
what other tools need is added or bent: a title, the slug (Hugo makes the address of it), and tags
without spaces (Obsidian allows none). All that would be lost stands in the sidecar, a hidden file
that Obsidian, Hugo and Zensical pass over: so a file that nobody touched comes back byte for byte.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kb.exchange import links
from kb.exchange.copies import Copy
from kb.exchange.cut import cut
from kb.exchange.links import Seat
from kb.exchange.names import folded, readable, unique
from kb.exchange.sidecar import Listing, digest, text_digest
from kb.library.library import Library
from kb.library.records import Record, with_field
from kb.library.taxonomy import OTHER, Taxonomy
from kb.model import Article

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Note:
    """A file of the exported folder."""

    listing: Listing
    content: bytes


def arrange(copies: Iterable[Copy], taxonomy: Taxonomy) -> tuple[Note, ...]:
    """The files of the folder, and a listing alone for each article that a person deleted."""
    everything = tuple(copies)
    seats = _seats(everything, taxonomy)
    articles = tuple(copy.record.article for copy in everything if copy.record)
    library = Library(tuple(sorted(articles, key=_slug)), (), (), taxonomy, {}, {})
    by_path = {copy.record.article.path: seats[copy.path] for copy in everything if copy.record}

    def find(name: str) -> Seat | None:
        article = library.find(name)
        return by_path[article.path] if article else None

    gone = (copy for copy in everything if copy.record is None)
    return (
        *(
            _note(copy, copy.record, seats[copy.path].file, find)
            for copy in everything
            if copy.record
        ),
        *(Note(Listing("", "", "", (), copy.line), b"") for copy in gone),
    )


def shown_head(record: Record) -> str | None:
    """The front matter that other tools get, None where it is the record's own."""
    text = record.text
    for key, value in (
        ("title", record.article.title),
        ("slug", record.article.slug),
        ("tags", legal_tags(record.article.tags)),
    ):
        is_told = value == getattr(record.article, key) and (key in record.places or not value)
        if not is_told:
            text = with_field(replace(record, text=text), key, value)
    return None if text == record.text else cut(text)[0]


def legal_tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Tags as Obsidian allows them: without spaces. kb takes both spellings for one tag."""
    return tuple(_SPACES.sub("-", tag) for tag in tags)


def _seats(copies: Iterable[Copy], taxonomy: Taxonomy) -> dict[str, Seat]:
    """The file of each record by its path; names are unique in the whole folder, for Obsidian.

    Of records with one title the first keeps it, drafts after the others.
    """
    taken: set[str] = set()
    seats: dict[str, Seat] = {}
    for copy in sorted(copies, key=lambda copy: bool(copy.record and copy.record.article.draft)):
        if copy.record:
            article = copy.record.article
            name = unique(readable(article.title, article.slug), article.slug, taken)
            taken.add(folded(name))
            seats[copy.path] = Seat(f"{_folder(article, taxonomy)}/{name}.md", article.title)
    return seats


def _folder(article: Article, taxonomy: Taxonomy) -> str:
    topic = taxonomy.by_id.get(article.topic)
    return "/".join((*topic.parents, topic.id)) if topic else OTHER


def _note(copy: Copy, record: Record, file: str, find: links.Find) -> Note:
    own, body = cut(copy.text)
    head = shown_head(record)
    shown, swaps = links.exported(body, file, find)
    content = f"{own if head is None else head}{shown}".encode()
    listing = Listing(
        file,
        digest(content),
        copy.path,
        swaps,
        copy.line,
        None if head is None else own,
        record=text_digest(copy.text),
    )
    return Note(listing, content)


def _slug(article: Article) -> str:
    return article.slug
