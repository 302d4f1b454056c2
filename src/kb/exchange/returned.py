"""Which articles does an exported folder bring back, as it was or as it was edited since?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from kb.counts import counted
from kb.exchange.copies import ARTICLES, Copy, arrived, moved
from kb.exchange.cut import cut
from kb.exchange.folder import legal_tags, shown_head
from kb.exchange.links import restored, restored_where_kept
from kb.exchange.sidecar import Listing, Stage, digest
from kb.library.records import parse, with_field
from kb.model import NOBODY, ArticleId
from kb.problems import KbError, Place, Problem

_Match: TypeAlias = tuple[Listing, str | None]
"""A listing, and the name of the file that it tells of."""


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
    comes back. But where an export was not finished, it may be the export that has not written it.
    """
    listed = tuple(listings)
    known = _matched(files, listed)
    copies: list[Copy] = []
    problems: list[Problem] = []
    for listing, name in _current(known, files):
        try:
            if name is not None:
                place = Place(f"{source}/{name}")
                text = _text(files[name], listing, place)
                copy = arrived(listing.path, text, listing.ledger, place)
                copies.append(replace(copy, was=listing.record))
            elif listing.ledger and listing.stage is Stage.SETTLED:
                copies.append(Copy("", "", None, listing.ledger, Place(sidecar)))
        except KbError as error:
            problems += error.problems
    found = {name for _, name in known} | {listing.file for listing in listed}
    problems += _unfinished(known, sidecar)
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


def _matched(files: Mapping[str, bytes], listings: tuple[Listing, ...]) -> tuple[_Match, ...]:
    free = files.keys() - {listing.file for listing in listings}
    by_bytes = {digest(files[name]): name for name in sorted(free, reverse=True)}
    by_id = {found: name for name in sorted(free, reverse=True) if (found := _id(files[name]))}
    holders = _holders(files, listings)
    matched: list[_Match] = []
    for listing in listings:
        if holders.get(listing.file) is listing:
            matched.append((listing, listing.file))
            continue
        article = listing.ledger.id if listing.ledger else NOBODY
        names = (by_bytes.get(listing.digest), by_id.get(article))
        here = next((name for name in names if name in free), None)
        free -= {here}  # no file is two articles
        matched.append((listing, here))
    return tuple(matched)


def _holders(files: Mapping[str, bytes], listings: tuple[Listing, ...]) -> dict[str, Listing]:
    """What each listed file is: of two listings, the one whose bytes or whose id it has."""
    found: dict[str, list[Listing]] = {}
    for listing in listings:
        if listing.file in files:
            found.setdefault(listing.file, []).append(listing)
    return {
        name: claims[0] if len(claims) == 1 else _holder(files[name], claims)
        for name, claims in found.items()
    }


def _holder(content: bytes, claims: Iterable[Listing]) -> Listing:
    is_of, article = digest(content), _id(content)

    def likeness(listing: Listing) -> tuple[bool, bool, bool]:
        is_article = listing.ledger is not None and listing.ledger.id == article
        return listing.digest == is_of, is_article, listing.stage is Stage.COMING

    return max(claims, key=likeness)


def _current(known: Iterable[_Match], files: Mapping[str, bytes]) -> tuple[_Match, ...]:
    """The matches without the files that an export had yet to remove when it had the new ones."""
    matches = tuple(known)
    come = {listing.article for listing, name in matches if name and listing.stage is Stage.COMING}
    return tuple(
        (listing, name)
        for listing, name in matches
        if not (
            name
            and listing.stage is Stage.GOING
            and listing.article in come
            and digest(files[name]) == listing.digest
        )
    )


def _unfinished(known: Iterable[_Match], sidecar: str) -> tuple[Problem, ...]:
    """The problem of a folder whose export died."""
    matches = tuple(known)
    at_work = {listing.article for listing, _ in matches if listing.stage is not Stage.SETTLED}
    if not at_work:
        return ()
    missing = len(at_work - {listing.article for listing, name in matches if name})
    lost = counted(missing, "article is", many="articles are")
    fact = f"the export into this folder was not finished, and {lost} not in it"
    hint = "export again, then import; what is not there is not taken for deleted"
    return (Problem("unfinished-export", fact, Place(sidecar), hint),)


def _id(content: bytes) -> ArticleId:
    try:
        return parse(content.decode(), "note.md").article.id
    except (KbError, UnicodeDecodeError):
        return NOBODY


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
