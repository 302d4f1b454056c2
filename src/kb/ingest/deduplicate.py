"""Which entries are sightings of one article?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter

from kb.ingest.identity import HEAD, article_id, digest, fold
from kb.ingest.similarity import TextIndex, compare
from kb.library.ledger import Ledger
from kb.model import ArticleId, Digest, Match, Sighting, Transmission

Spot = tuple[str, int]
"""A transmission's name and a line number."""


@dataclass(frozen=True, slots=True)
class Group:
    """The visible sightings of one article and its texts as they arrived, by folded key."""

    id: ArticleId
    texts: Mapping[str, str]
    sightings: tuple[Sighting, ...]

    @property
    def longest(self) -> tuple[str, str]:
        """The folded key and the text of the longest variant."""
        return max(self.texts.items(), key=_richness)

    @property
    def keys(self) -> tuple[Digest, ...]:
        """The digests of all folded keys, sorted."""
        return tuple(sorted(map(digest, self.texts)))


def group(
    transmissions: Iterable[Transmission], ledger: Ledger, bodies: Mapping[ArticleId, str]
) -> tuple[Group, ...]:
    """The articles that all entries are sightings of, sorted by id.

    Entries that the ledger knows stay with their article; the others join the article whose
    longest text contains them, longest first, or begin a new one. `bodies` are the texts of known
    articles, for those whose dumps are gone.
    """
    spots, texts = _variants(transmissions)
    owners = _known(texts, ledger)
    index = _index_of_known(owners, ledger, bodies)
    fresh: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted(texts.keys() - owners.keys(), key=lambda key: (-len(key), key)):
        found = index.find(key)
        owner = found[0] if found else key
        if not found:
            index.add(key, key)
        if owner in ledger:
            owners[key] = ArticleId(owner)
        else:
            fresh[owner].append(key)
    owners |= _named(fresh, ledger)
    return tuple(_groups(owners, texts, spots))


def _variants(
    transmissions: Iterable[Transmission],
) -> tuple[dict[str, list[Spot]], dict[str, str]]:
    spots: defaultdict[str, list[Spot]] = defaultdict(list)
    texts: dict[str, str] = {}
    for transmission in transmissions:
        for line in transmission.entries:
            key, text = fold(line.text) or line.text.strip(), line.text.strip()
            spots[key].append((transmission.name, line.number))
            texts[key] = max(texts.get(key, text), text, key=lambda text: (len(text), text))
    return spots, texts


def _known(texts: Iterable[str], ledger: Ledger) -> dict[str, ArticleId]:
    by_digest = {key: line.id for line in ledger.values() for key in line.keys}
    return {key: by_digest[known] for key in texts if (known := digest(key)) in by_digest}


def _index_of_known(
    owners: Mapping[str, ArticleId], ledger: Ledger, bodies: Mapping[ArticleId, str]
) -> TextIndex[str]:
    # What a person made of an article stands for it only where no dump has its text any more.
    longest: dict[ArticleId, str] = {}
    for key, article in owners.items():
        longest[article] = max(longest.get(article, ""), key, key=lambda key: (len(key), key))
    for article in ledger:
        if article in bodies and article not in longest:
            longest[article] = fold(bodies[article])
    index = TextIndex[str]()
    for article in sorted(longest):
        index.add(article, longest[article])
    return index


def _named(fresh: Mapping[str, list[str]], ledger: Ledger) -> dict[str, ArticleId]:
    taken = set(ledger)
    owners: dict[str, ArticleId] = {}
    for owner in sorted(fresh):
        article = article_id(fresh[owner], taken)
        taken.add(article)
        owners |= dict.fromkeys(fresh[owner], article)
    return owners


def _groups(
    owners: Mapping[str, ArticleId], texts: Mapping[str, str], spots: Mapping[str, list[Spot]]
) -> Iterator[Group]:
    keys: defaultdict[ArticleId, list[str]] = defaultdict(list)
    for key, article in owners.items():
        keys[article].append(key)
    for article in sorted(keys):
        found = {key: texts[key] for key in sorted(keys[article])}
        yield Group(article, found, tuple(_sightings(found, spots)))


def _sightings(texts: Mapping[str, str], spots: Mapping[str, list[Spot]]) -> Iterator[Sighting]:
    longest = max(texts.items(), key=_richness)[0]
    ordered = sorted(((spot, key) for key in texts for spot in spots[key]), key=itemgetter(0))
    seen: dict[str, None] = {}
    for (name, number), key in ordered:
        if not seen:
            match, score = Match.FIRST, 1.0
        elif key in seen or len(key) < HEAD:
            match, score = Match.EXACT, 1.0
        else:
            match, score = compare(key, longest if key != longest else next(iter(seen)))
        seen[key] = None
        yield Sighting(name, number, match, round(score, 3))


def _richness(variant: tuple[str, str]) -> tuple[int, int, str]:
    key, text = variant
    return len(key), len(text), text
