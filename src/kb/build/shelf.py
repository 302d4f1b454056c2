"""What do a project's texts hold, once each is read, checked and rendered?"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from itertools import islice
from pathlib import Path

from kb.build.fingerprints import code
from kb.build.memo import Made, Memo, encoded
from kb.cores import Cores
from kb.ingest.dumps import read_transmissions
from kb.library.assemble import (
    Texts,
    assemble,
    check_record,
    refuse_repeats,
    repeated_aliases,
    repeated_slug,
    taken_addresses,
)
from kb.library.ledger import Ledger
from kb.library.library import Library
from kb.library.records import Record, parse
from kb.library.taxonomy import Taxonomy
from kb.markup import render
from kb.model import Article, Transmission
from kb.pages.brief import Brief
from kb.problems import Place, Problem, Severity, did_you_mean
from kb.project import (
    Project,
    read_intros,
    read_ledger,
    read_pages,
    read_records,
    read_taxonomy,
)
from kb.routes import site_path

TASK = 50
"""Texts that one task renders: about a tenth of a second."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The library, the text of each of its files by path, and what is wrong with them."""

    library: Library
    texts: Mapping[str, str]
    problems: tuple[Problem, ...]


LastGood = Callable[[str], str | None]
"""The last good text of a file, if one is remembered."""


@dataclass(frozen=True, slots=True)
class Filed:
    """What ingest leaves to a build beside the records."""

    transmissions: tuple[Transmission, ...]
    taxonomy: Taxonomy
    ledger: Ledger


@dataclass(frozen=True, slots=True)
class Rendered:
    """The brief of each file's markup by path, and what is wrong with the texts."""

    briefs: Mapping[str, Brief]
    problems: tuple[Problem, ...]


def read_library(project: Project) -> tuple[Library, tuple[Problem, ...]]:
    """The library as the files say now, without broken records. Raises KbError for topics."""
    transmissions, problems = read_transmissions(project)
    filed = Filed(transmissions, read_taxonomy(project), read_ledger(project))
    shelf = read_shelf(project, filed, _none)
    return shelf.library, (*problems, *shelf.problems)


def read_shelf(project: Project, filed: Filed, known: LastGood) -> Shelf:
    """Read all texts; in the place of a broken record stands its last good text in `known`."""
    taxonomy = filed.taxonomy
    found = read_records(project)
    pages, page_problems = read_pages(project)
    intros, intro_problems = read_intros(project)
    good, problems = _good(found.found, found.paths, known, taxonomy)
    kept, repeats = _unrepeated(good, known)
    pages += _standing_in(page_problems, known)
    intros += _standing_in(intro_problems, known)
    by_topic, doubles = _by_topic(intros)
    library = assemble(Texts(kept, pages, by_topic), filed.transmissions, taxonomy, filed.ledger)
    texts = {record.article.path: record.text for record in (*kept, *pages, *intros)}
    all_problems = (
        *(*found.problems, *problems, *repeats, *repeated_aliases(kept)),
        *taken_addresses(kept, filed.ledger),
        *(*page_problems, *intro_problems, *doubles, *_stray(intros, taxonomy)),
    )
    return Shelf(library, texts, all_problems)


def _by_topic(intros: Iterable[Record]) -> tuple[dict[str, Article], tuple[Problem, ...]]:
    """The introductions that are no drafts by their topic, and a problem for each second one."""
    found: dict[str, Article] = {}
    problems = []
    for intro in sorted(intros, key=lambda intro: intro.article.path):
        name, article = Path(intro.article.path).stem, intro.article
        if name in found:
            fact = f'{found[name].path} introduces the topic "{name}" already'
            hint = "join the two texts in one file"
            problems.append(Problem("duplicate-introduction", fact, Place(article.path), hint))
        elif not article.draft:
            found[name] = article
    return found, tuple(problems)


def _none(_path: str) -> None:
    """Nothing is remembered."""


def _stray(intros: Iterable[Record], taxonomy: Taxonomy) -> Iterable[Problem]:
    """A warning for each introduction whose file is not named after a topic."""
    for intro in intros:
        name = Path(intro.article.path).stem
        if name not in taxonomy.by_id:
            fact = f'no topic is called "{name}", so this introduction is shown nowhere'
            hint = did_you_mean(name, taxonomy.by_id) or "name the file after a topic's id"
            place = Place(intro.article.path)
            yield Problem("unknown-topic", fact, place, hint, Severity.WARNING)


def render_shelf(shelf: Shelf, memo: Memo, workers: Cores) -> Rendered:
    """The brief of every text's markup; what `memo` has from the same input is not made again."""
    library = shelf.library
    everything = (*library.articles, *library.pages, *library.intros.values())
    keys = {article.path: _key(article) for article in everything}
    new = (article for article in everything if keys[article.path] not in memo.briefs)
    tasks = _batches((keys[article.path], *_input(article)) for article in new)
    for made in workers.map(_rendered, tasks):
        memo.add(made)
    noted = {path: memo.briefs[key] for path, key in keys.items()}
    briefs = {path: brief for path, (brief, _) in noted.items()}
    noticed = (problem for _, problems in noted.values() for problem in problems)
    return Rendered(briefs, (*noticed, *_dead_links(library, briefs)))


def dead_addresses(briefs: Mapping[str, Brief], published: Container[str]) -> Iterable[Problem]:
    """A warning for each link from the site's root (`/about.html`) to no published path."""
    for path in sorted(briefs):
        for reference in briefs[path].references:
            if reference.target.startswith("/") and site_path(reference.target) not in published:
                fact = f"the site has no {site_path(reference.target)}"
                hint = "a link that begins with / names a page by its path in the site, or a file"
                place = Place(path, reference.line)
                yield Problem("dead-link", fact, place, hint, Severity.WARNING)


def _good(
    records: Iterable[Record],
    paths: Iterable[str],
    known: LastGood,
    taxonomy: Taxonomy,
) -> tuple[tuple[Record, ...], tuple[Problem, ...]]:
    """The records that are right, the last good ones of those that are not, and the problems."""
    good: dict[str, Record] = {}
    problems: list[Problem] = []
    for record in records:
        found = check_record(record, taxonomy)
        problems += found
        if not found:
            good[record.article.path] = record
    for path in sorted(set(paths) - good.keys()):
        if (text := known(path)) is not None:
            good[path] = parse(text, path)
    return tuple(good.values()), tuple(problems)


def _unrepeated(
    records: Iterable[Record], known: LastGood
) -> tuple[tuple[Record, ...], tuple[Problem, ...]]:
    """The records with an id and a slug of their own; ingest tells of the repeated ids."""

    def last_good(record: Record) -> Record | None:
        path = record.article.path
        text = known(path)
        return None if text is None else parse(text, path)

    def had(field: str, record: Record) -> bool:
        old = last_good(record)
        return bool(old and getattr(old.article, field) == getattr(record.article, field))

    unique, copies = refuse_repeats(records, lambda article: article.id, partial(had, "id"))
    kept, repeats = refuse_repeats(unique, lambda article: article.slug, partial(had, "slug"))
    taken = {name for record in kept for name in (record.article.id, record.article.slug)} - {""}
    olds = (last_good(record) for record, _ in (*copies, *repeats))
    back = (old for old in olds if old and not {old.article.id, old.article.slug} & taken)
    problems = tuple(repeated_slug(record, first) for record, first in repeats)
    return tuple(sorted((*kept, *back), key=lambda record: record.article.path)), problems


def _standing_in(problems: Iterable[Problem], known: LastGood) -> tuple[Record, ...]:
    """The last good records of files that cannot be parsed now."""
    broken = sorted({problem.place.path for problem in problems})
    return tuple(parse(text, path) for path in broken if (text := known(path)) is not None)


_Input = tuple[str, str, int, str, bool]
"""Body, path, first line, title, and whether the text is trusted."""
_Task = tuple[tuple[str, str, str, int, str, bool], ...]
"""Keys, each with the input."""


def _input(article: Article) -> _Input:
    return article.body, article.path, article.body_line, article.title, article.is_trusted


def _key(article: Article) -> str:
    parts = (code(), *map(str, _input(article)))
    return blake2b("\0".join(parts).encode(errors="surrogatepass"), digest_size=16).hexdigest()


def _batches(items: Iterable[tuple[str, str, str, int, str, bool]]) -> Iterator[_Task]:
    rest = iter(items)
    while task := tuple(islice(rest, TASK)):
        yield task


def _rendered(task: _Task) -> tuple[Made, ...]:
    return tuple(
        encoded(key, render(body, path=path, first_line=line, title=title, trusted=trusted))
        for key, body, path, line, title, trusted in task
    )


def _dead_links(library: Library, briefs: Mapping[str, Brief]) -> Iterable[Problem]:
    for path in sorted(briefs):
        for reference in briefs[path].references:
            if not reference.target.startswith("/") and library.find(reference.target) is None:
                fact = f'no article is called "{reference.target}"'
                hint = "a link names an article by its slug, title, alias or file"
                place = Place(path, reference.line)
                yield Problem("dead-link", fact, place, hint, Severity.WARNING)
