"""Why is a record what it is?"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from kb.folder import TRANSMISSIONS
from kb.ingest.classify import Verdict, classify
from kb.ingest.dumps import read_transmission
from kb.ingest.identity import Keyed, keyed
from kb.ingest.terms import lexicon_of, read
from kb.ingest.titles import Name, name
from kb.ingest.variants import Spot
from kb.library.ledger import Ledger, LedgerLine
from kb.library.ownership import is_machines
from kb.library.records import Record
from kb.library.taxonomy import Taxonomy
from kb.model import Article, ArticleId, Digest, Match, Sighting
from kb.project import Project, collect

FIELDS = ("title", "slug", "topic", "tags", "body")


@dataclass(frozen=True, slots=True)
class Seen:
    """A sighting, with the digest of its folded text, which a rule may name, and its characters.

    Both are empty if the dump is gone, or has another text there.
    """

    sighting: Sighting
    text: Digest | None = None
    characters: int = 0


@dataclass(frozen=True, slots=True)
class Explanation:
    """A record's sightings, how it would be named and filed now, and the owner of each field.

    `owners` are pairs of a field and `kb` or `you`.
    """

    article: Article
    seen: tuple[Seen, ...]
    name: Name
    verdict: Verdict
    owners: tuple[tuple[str, str], ...]


def explain(project: Project, record: Record, ledger: Ledger, topics: Taxonomy) -> Explanation:
    """The explanation of a record that ingest knows. Only the dumps that show it are read."""
    article = record.article
    sightings = tuple(_sightings(ledger, article.id))
    keys = {key for line in _lines(ledger, article.id) for key in line.keys}
    texts = _texts(project, sightings, keys)
    longest = _longest(texts.values()) or article.body
    found = name(longest, lexicon_of(topics))
    wrote = ledger[article.id].wrote
    return Explanation(
        article,
        tuple(
            Seen(sighting, text.digest, len(text.text)) if text else Seen(sighting)
            for sighting in sightings
            for text in (texts.get((sighting.transmission, sighting.line)),)
        ),
        found,
        classify(read(longest, found.title, topics, found.alternatives), topics),
        tuple((key, "kb" if is_machines(article, key, wrote) else "you") for key in FIELDS),
    )


def _texts(
    project: Project, sightings: Iterable[Sighting], keys: Container[Digest]
) -> dict[Spot, Keyed]:
    """The text of each sighting that stands in its dump still."""
    lines: defaultdict[str, set[int]] = defaultdict(set)
    for sighting in sightings:
        lines[sighting.transmission].add(sighting.line)
    paths = (project.content / TRANSMISSIONS / name for name in sorted(lines))
    dumps, _ = collect(partial(read_transmission, project), (p for p in paths if p.is_file()))
    spoken = {
        (dump.name, line.number): keyed(line.text.strip())
        for dump in dumps
        for line in dump.entries
        if line.number in lines[dump.name]
    }
    return {spot: text for spot, text in spoken.items() if text.digest in keys}


def _longest(texts: Iterable[Keyed]) -> str:
    """The text with the longest key, of those with one key the richest; empty if there is none."""
    ranked = sorted(texts, key=lambda found: (-len(found.key), found.digest))
    rich = [(len(found.text), found.text) for found in ranked if found.key == ranked[0].key]
    return max(rich)[1] if rich else ""


def _lines(ledger: Ledger, article: ArticleId) -> Iterator[LedgerLine]:
    """The line of an article, then those of what a rule merged into it."""
    yield ledger[article]
    yield from (line for line in ledger.values() if line.into == article)


def _sightings(ledger: Ledger, article: ArticleId) -> Iterator[Sighting]:
    """Those of an article, then those of what a rule merged into it."""
    own, *merged = _lines(ledger, article)
    yield from own.sightings
    for line in merged:
        yield from (replace(sighting, match=Match.RULE) for sighting in line.sightings)
