"""What do a project's texts hold, once each is read and checked?"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Generic

from kb.build.reading import Reading
from kb.build.texts import Texts
from kb.folder import ARTICLES, INTROS, PAGES
from kb.ingest.dumps import read_transmissions
from kb.library.assemble import (
    S,
    Said,
    Stock,
    assemble,
    check_record,
    refuse_repeats,
    repeated_aliases,
    repeated_slug,
    taken_addresses,
)
from kb.library.ledger import Ledger
from kb.library.library import Library
from kb.library.taxonomy import Taxonomy
from kb.model import Article, Transmission
from kb.problems import Place, Problem, Severity, did_you_mean, with_source
from kb.project import (
    Project,
    read_intros,
    read_ledger,
    read_pages,
    read_records,
    read_taxonomy,
)
from kb.routes import site_path


@dataclass(frozen=True, slots=True)
class Filed:
    """What ingest leaves to a build beside the records."""

    transmissions: tuple[Transmission, ...]
    taxonomy: Taxonomy
    ledger: Ledger


@dataclass(frozen=True, slots=True)
class Shelf:
    """The library, the readings that it stands on by path, and what is wrong with the texts."""

    library: Library
    readings: Mapping[str, Reading]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Stacks(Generic[S]):
    """What the files of the three folders say, and the articles' files that say nothing right."""

    articles: tuple[S, ...]
    pages: tuple[S, ...]
    intros: tuple[S, ...]
    broken: tuple[str, ...] = ()


def read_library(project: Project) -> tuple[Library, tuple[Problem, ...]]:
    """The library as the files say now, without broken records. Raises KbError for topics."""
    transmissions, problems = read_transmissions(project)
    filed = Filed(transmissions, read_taxonomy(project), read_ledger(project))
    found = read_records(project)
    pages, page_problems = read_pages(project)
    intros, intro_problems = read_intros(project)
    library, _, more = _shelved(_Stacks(found.found, pages, intros), filed, _none)
    texts = {record.article.path: record.text for record in (*found.found, *intros)}
    told = with_sources(more, texts.get)
    return library, (*problems, *found.problems, *page_problems, *intro_problems, *told)


def shelve(texts: Texts, filed: Filed, content: str, known: "_LastGood[Reading]") -> Shelf:
    """The library of the texts in the folder `content`.

    In the place of a broken one stands its last good reading in `known`.
    """
    found = {path: texts.found[path] for path in sorted(texts.found)}
    standing = {path: reading for path in sorted(texts.broken) if (reading := known(path))}
    stacks = _Stacks(
        tuple(_below(f"{content}/{ARTICLES}/", found)),
        tuple(_below(f"{content}/{PAGES}/", {**found, **standing})),
        tuple(_below(f"{content}/{INTROS}/", {**found, **standing})),
        tuple(path for path in texts.broken if path.startswith(f"{content}/{ARTICLES}/")),
    )
    library, kept, problems = _shelved(stacks, filed, known)
    faults = (problem for said in texts.broken.values() for problem in said.problems)
    readings = {reading.article.path: reading for reading in kept}
    return Shelf(library, readings, (*faults, *problems))


def with_sources(
    problems: Iterable[Problem], text: Callable[[str], str | None]
) -> tuple[Problem, ...]:
    """The problems with the lines that they name, out of the text of each file by path."""
    return tuple(
        problem if problem.source else with_source(problem, text(problem.place.path) or "")
        for problem in problems
    )


def noticed(shelf: Shelf) -> Iterator[Problem]:
    """What is wrong with the markup of the texts."""
    for path in sorted(shelf.readings):
        yield from shelf.readings[path].problems


_LastGood = Callable[[str], S | None]
"""What a file said when it was last good, if that is remembered."""


def _below(folder: str, found: Mapping[str, Reading]) -> Iterator[Reading]:
    return (reading for path, reading in found.items() if path.startswith(folder))


def _shelved(
    stacks: _Stacks[S], filed: Filed, known: _LastGood[S]
) -> tuple[Library, tuple[S, ...], tuple[Problem, ...]]:
    """The library, what of the stacks it stands on, and what is wrong with them."""
    taxonomy = filed.taxonomy
    good, problems = _good(stacks, known, taxonomy)
    kept, repeats = _unrepeated(good, known)
    by_topic, doubles = _by_topic(intro.article for intro in stacks.intros)
    stock = Stock(
        tuple(said.article for said in kept), tuple(said.article for said in stacks.pages), by_topic
    )
    library = assemble(stock, filed.transmissions, taxonomy, filed.ledger)
    all_problems = (
        *(*problems, *repeats, *repeated_aliases(kept), *taken_addresses(kept, filed.ledger)),
        *(*doubles, *_stray(stacks.intros, taxonomy)),
    )
    return library, (*kept, *stacks.pages, *stacks.intros), all_problems


def _by_topic(intros: Iterable[Article]) -> tuple[dict[str, Article], tuple[Problem, ...]]:
    """The introductions that are no drafts by their topic, and a problem for each second one."""
    found: dict[str, Article] = {}
    problems = []
    for article in sorted(intros, key=lambda intro: intro.path):
        name = Path(article.path).stem
        if name in found:
            fact = f'{found[name].path} introduces the topic "{name}" already'
            hint = "join the two texts in one file"
            problems.append(Problem("duplicate-introduction", fact, Place(article.path), hint))
        elif not article.draft:
            found[name] = article
    return found, tuple(problems)


def _none(_path: str) -> None:
    """Nothing is remembered."""


def _stray(intros: Iterable[Said], taxonomy: Taxonomy) -> Iterable[Problem]:
    """A warning for each introduction whose file is not named after a topic."""
    for intro in intros:
        name = Path(intro.article.path).stem
        if name not in taxonomy.by_id:
            fact = f'no topic is called "{name}", so this introduction is shown nowhere'
            hint = did_you_mean(name, taxonomy.by_id) or "name the file after a topic's id"
            place = Place(intro.article.path)
            yield Problem("unknown-topic", fact, place, hint, Severity.WARNING)


def dead_addresses(shelf: Shelf, published: Container[str]) -> Iterable[Problem]:
    """A warning for each link from the site's root (`/about.html`) to no published path."""
    for path in sorted(shelf.readings):
        for reference in shelf.readings[path].brief.references:
            if reference.target.startswith("/") and site_path(reference.target) not in published:
                fact = f"the site has no {site_path(reference.target)}"
                hint = "a link that begins with / names a page by its path in the site, or a file"
                place = Place(path, reference.line)
                yield Problem("dead-link", fact, place, hint, Severity.WARNING)


def _good(
    stacks: _Stacks[S], known: _LastGood[S], taxonomy: Taxonomy
) -> tuple[tuple[S, ...], tuple[Problem, ...]]:
    """The articles that are right, the last good ones of those that are not, and the problems."""
    good: dict[str, S] = {}
    problems: list[Problem] = []
    broken = list(stacks.broken)
    for said in stacks.articles:
        found = check_record(said, taxonomy)
        problems += found
        if found:
            broken.append(said.article.path)
        else:
            good[said.article.path] = said
    before = ((path, known(path)) for path in sorted(broken))
    good |= {path: old for path, old in before if old is not None}
    return tuple(good.values()), tuple(problems)


def _unrepeated(
    found: Iterable[S], known: _LastGood[S]
) -> tuple[tuple[S, ...], tuple[Problem, ...]]:
    """Those with an id and a slug of their own; ingest tells of the repeated ids."""

    def had(field: str, said: S) -> bool:
        old = known(said.article.path)
        return bool(old and getattr(old.article, field) == getattr(said.article, field))

    unique, copies = refuse_repeats(found, lambda article: article.id, partial(had, "id"))
    kept, repeats = refuse_repeats(unique, lambda article: article.slug, partial(had, "slug"))
    taken = {name for said in kept for name in (said.article.id, said.article.slug)} - {""}
    olds = (known(said.article.path) for said, _ in (*copies, *repeats))
    back = (old for old in olds if old and not {old.article.id, old.article.slug} & taken)
    problems = tuple(repeated_slug(said, first) for said, first in repeats)
    return tuple(sorted((*kept, *back), key=lambda said: said.article.path)), problems
