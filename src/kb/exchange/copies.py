"""What of an article travels from one project to another?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kb.exchange.paths import below, unsafe_path
from kb.library.ledger import Ledger, LedgerLine
from kb.library.records import Record, parse
from kb.model import NOBODY, ArticleId
from kb.problems import KbError, Place, Problem

ARTICLES = "articles/"


@dataclass(frozen=True, slots=True)
class Copy:
    """An article on its way: its file, and what the ledger knows of it.

    `path` is the file's below content/articles, `text` is all of it, with its own line ends.
    `record` is None for an article that a person deleted: the ledger's line travels alone, so that
    it stays deleted. `place` is where the copy stands in what is imported, `was` the digest of the
    record's text when it was exported, empty where that is not known.
    """

    path: str
    text: str
    record: Record | None
    line: LedgerLine | None
    place: Place
    was: str = ""

    @property
    def id(self) -> ArticleId:
        """The article's id, empty where it has none."""
        return self.record.article.id if self.record else self.line.id if self.line else NOBODY


def copies(
    records: Iterable[Record],
    folder: str,
    texts: Mapping[str, str],
    ledger: Ledger,
    lost: frozenset[ArticleId],
) -> tuple[Copy, ...]:
    """A copy of every record by its path, then one of each that a person deleted by its id.

    `folder` is that of the articles, `texts` are the files' own by the path of the record, `lost`
    the ids in files that cannot be parsed: they are not deleted, and do not travel.
    """
    kept = tuple(
        Copy(
            below(record.article.path, folder),
            texts[record.article.path],
            record,
            ledger.get(record.article.id),
            Place(record.article.path),
        )
        for record in sorted(records, key=lambda record: record.article.path)
    )
    gone = sorted(ledger.keys() - {copy.id for copy in kept} - lost)
    return (*kept, *(Copy("", "", None, ledger[article], Place(article)) for article in gone))


def arrived(path: str, text: str, line: LedgerLine | None, place: Place) -> Copy:
    """The copy of a file that came in as `text`. Raises KbError for what makes it no record."""
    problem = unsafe_path(path, place)
    if problem:
        raise KbError(problem)
    try:
        text.encode()
        record = parse(text, ARTICLES + path)
    except UnicodeEncodeError as error:
        fact = f"{error.object[error.start]!r} is half a character"
        raise KbError(Problem("broken-text", fact, place, "remove it")) from None
    except KbError as error:
        raise KbError(moved(problem, place) for problem in error.problems) from None
    if line and line.id != record.article.id:
        fact = f'the ledger\'s line is of "{line.id}", the front matter has "{record.article.id}"'
        raise KbError(Problem("wrong-id", fact, place, "an id is never changed: put it back"))
    return Copy(path, text, record, line, place)


def moved(problem: Problem, place: Place) -> Problem:
    """A problem of a record's text, at the place where the text came from."""
    if place.line:
        return replace(problem, place=place, source="")
    return replace(problem, place=replace(problem.place, path=place.path))
