"""Which articles does an exported folder bring back, as it was or as it was edited since?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kb.exchange.copies import ARTICLES, Copy, arrived, cut, digest, moved
from kb.exchange.folder import Listing, legal_tags, shown_head
from kb.exchange.links import restored, restored_where_kept
from kb.library.records import parse, with_field
from kb.model import ArticleId
from kb.problems import KbError, Place, Problem


@dataclass(frozen=True, slots=True)
class Returned:
    """The copies that the sidecar knows, the files that it does not, and what is wrong."""

    copies: tuple[Copy, ...]
    strangers: tuple[str, ...]
    problems: tuple[Problem, ...]


def returned(
    files: Mapping[str, bytes], listings: Iterable[Listing], source: str, sidecar: str
) -> Returned:
    """What the files of the folder `source` are, by their name in it.

    A file is found under its name, else by its bytes, else by the id in its front matter, so that
    it may be moved. Where a listed file is gone, a person deleted it: the ledger's line alone
    comes back.
    """
    known = _matched(files, tuple(listings))
    copies: list[Copy] = []
    problems: list[Problem] = []
    for listing, name in known:
        try:
            if name is None and listing.ledger:
                copies.append(Copy("", "", None, listing.ledger, Place(sidecar)))
            elif name is not None:
                place = Place(f"{source}/{name}")
                text = _text(files[name], listing, place)
                copies.append(arrived(listing.path, text, listing.ledger, place))
        except KbError as error:
            problems += error.problems
    found = {name for _, name in known}
    return Returned(tuple(copies), tuple(sorted(files.keys() - found)), tuple(problems))


def decoded_text(content: bytes, place: Place) -> str:
    """The text of a file. Raises KbError where it is not UTF-8."""
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        fact = "this file is not UTF-8"
        raise KbError(
            Problem("not-utf-8", fact, replace(place, line=line), "save it as UTF-8")
        ) from None


def _matched(
    files: Mapping[str, bytes], listings: tuple[Listing, ...]
) -> list[tuple[Listing, str | None]]:
    free = files.keys() - {listing.file for listing in listings}
    by_bytes = {digest(files[name]): name for name in sorted(free, reverse=True)}
    by_id = {found: name for name in sorted(free, reverse=True) if (found := _id(files[name]))}
    matched: list[tuple[Listing, str | None]] = []
    for listing in listings:
        article = listing.ledger.id if listing.ledger else None
        names = (listing.file, by_bytes.get(listing.digest), by_id.get(article or _NONE))
        here = next((name for name in names if name in files), None)
        if here != listing.file:  # no file is two articles
            here = here if here in free else None
            free -= {here}
        matched.append((listing, here))
    return matched


_NONE = ArticleId("")


def _id(content: bytes) -> ArticleId:
    try:
        return parse(content.decode(), "note.md").article.id
    except (KbError, UnicodeDecodeError):
        return _NONE


def _text(content: bytes, listing: Listing, place: Place) -> str:
    """The text of the record that a file was exported from, with the edits since."""
    text = decoded_text(content, place)
    try:
        head, body = cut(text)
    except KbError as error:
        raise KbError(moved(problem, place) for problem in error.problems) from None
    if digest(content) == listing.digest:
        return (head if listing.head is None else listing.head) + restored(body, listing.swaps)
    body = restored_where_kept(body, listing.swaps)
    return head + body if listing.head is None else _with_head(head, body, listing)


def _with_head(head: str, body: str, listing: Listing) -> str:
    """The text with the record's own front matter, or its own tags, where nobody touched them."""
    own = listing.head or ""
    try:
        original = parse(own + body, ARTICLES + listing.path)
        edited = parse(head + body, ARTICLES + listing.path)
    except KbError:
        return head + body
    if shown_head(original) == head:
        return own + body
    tags = original.article.tags
    if edited.article.tags == legal_tags(tags) != tags:
        return with_field(edited, "tags", tags)
    return head + body
