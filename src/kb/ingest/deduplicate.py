"""Which texts are sightings of one article?"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from operator import itemgetter

from kb.ingest.identity import HEAD, article_id, digest, keyed
from kb.ingest.placing import Placement, placed
from kb.ingest.rules import Rules, names_of
from kb.ingest.similarity import compare
from kb.ingest.variants import Variants
from kb.library.ledger import Ledger
from kb.model import NOBODY, ArticleId, Digest, Match, Sighting

_Owners = dict[int, ArticleId]
_Scores = Mapping[int, Placement]


@dataclass(frozen=True, slots=True)
class Group:
    """The visible texts of one article, by number, and where they stand.

    `keys` are the digests of the folded texts, sorted; `longest` is the number of the longest.
    A rule merged the group `into` another article; from a parted one (`is_parted`) a rule took
    texts away.
    """

    id: ArticleId
    texts: tuple[int, ...]
    keys: tuple[Digest, ...]
    sightings: tuple[Sighting, ...]
    longest: int
    into: ArticleId = NOBODY
    is_parted: bool = False


def group(
    variants: Variants,
    ledger: Ledger,
    bodies: Mapping[ArticleId, str],
    rules: Rules | None = None,
) -> tuple[Group, ...]:
    """The articles that all texts are sightings of, sorted by id.

    Texts that the ledger knows stay with their article; the others join the article whose longest
    text contains them, longest first, or begin a new one. `bodies` are the texts of known articles,
    for those whose dumps are gone; they are added to `variants`. `rules` part and merge.
    """
    rules = rules or Rules()
    seen = [number for number in variants if variants.spots(number)]
    known = _known(seen, variants, ledger)
    owners = _kept(known, variants, rules)
    parted = {article for number, article in known.items() if number not in owners}
    parted |= {line.into for line in ledger.values() if rules.target(line.id) != line.into}
    silent = _silent(known, variants, ledger, bodies)
    owners |= {number: silent[number] for number in seen if number in silent}
    owners |= _continued(
        [n for n in seen if n not in owners], set(owners.values()), variants, ledger
    )
    fresh = [number for number in seen if number not in owners]
    scores: dict[int, Placement] = {}
    if fresh:
        scores = placed(fresh, _anchors(owners, variants) | silent, variants, rules)
        owners |= _named(scores, ledger, variants)
    groups = _groups(owners, variants, scores)
    marked = [replace(found, is_parted=found.id in parted) for found in groups]
    return _merged(marked, rules, variants, ledger)


def _known(seen: list[int], variants: Variants, ledger: Ledger) -> _Owners:
    found: _Owners = {}
    here = {variants.digest(number): number for number in seen}
    for line in ledger.values():
        for key in line.keys:
            if key in here:
                found[here[key]] = line.id
    return found


def _kept(known: _Owners, variants: Variants, rules: Rules) -> _Owners:
    """The known texts without those that a rule takes from their article."""
    if not rules.never:
        return dict(known)
    by_article: defaultdict[ArticleId, list[int]] = defaultdict(list)
    for number in known:
        by_article[known[number]].append(number)
    kept: _Owners = {}
    for article, numbers in by_article.items():
        names = {str(article)}
        for number in sorted(numbers, key=variants.rank):
            own = names_of(number, variants)
            if not rules.are_apart(own, names):
                names |= own
                kept[number] = article
    return kept


def _silent(
    known: _Owners, variants: Variants, ledger: Ledger, bodies: Mapping[ArticleId, str]
) -> _Owners:
    """The bodies, as texts, of the articles whose dumps are gone.

    What a person made of an article stands for it only where no dump has its text any more, and
    not where a rule took that very text from it.
    """
    heard = set(known.values())
    found: _Owners = {}
    for article in sorted(ledger.keys() & bodies.keys() - heard):
        body = keyed(bodies[article])
        number = variants.numbered(body.digest)
        if number is None:
            number = variants.add(body)
        if number not in known:
            found.setdefault(number, article)
    return found


def _continued(
    fresh: list[int], heard: Container[ArticleId], variants: Variants, ledger: Ledger
) -> _Owners:
    """The texts that begin with one of an article whose dumps are gone.

    All that is left of its texts are digests; of a longer cut, one of the beginnings has it.
    """
    found: _Owners = {}
    for number in fresh:
        line = ledger.get(variants.own_id(number))
        if line and line.id not in heard and variants.length(number) >= HEAD:
            key = variants.key(number)
            beginnings = (digest(key[:length]) for length in range(HEAD, len(key)))
            if any(beginning in line.keys for beginning in beginnings):
                found[number] = line.id
    return found


def _anchors(owners: _Owners, variants: Variants) -> _Owners:
    """The longest text of each known article, which stands for it."""
    longest: dict[ArticleId, int] = {}
    for number, article in owners.items():
        longest[article] = min(longest.get(article, number), number, key=variants.rank)
    return {longest[article]: article for article in sorted(longest)}


def _named(scores: _Scores, ledger: Ledger, variants: Variants) -> _Owners:
    """The article of each placed text; those that begin one get an id.

    Of texts that begin alike the first in the order of their signs has the id: where they are cut
    is nothing.
    """
    owners: _Owners = {number: place.article for number, place in scores.items() if place.article}
    begun: defaultdict[int, list[int]] = defaultdict(list)
    for number, place in scores.items():
        if not place.article:
            begun[place.anchor].append(number)
    own = {anchor: min(map(variants.own_id, texts)) for anchor, texts in begun.items()}
    many = Counter(own.values())

    def order(anchor: int) -> tuple[ArticleId, str]:
        return own[anchor], variants.key(anchor) if many[own[anchor]] > 1 else ""

    taken = set(ledger)
    for anchor in sorted(begun, key=order):
        texts = begun[anchor]
        article = article_id(map(variants.own_id, texts), map(variants.key, texts), taken)
        taken.add(article)
        owners |= dict.fromkeys(texts, article)
    return owners


def _groups(owners: _Owners, variants: Variants, scores: _Scores) -> Iterator[Group]:
    numbers: defaultdict[ArticleId, list[int]] = defaultdict(list)
    for number, article in owners.items():
        numbers[article].append(number)
    for article in sorted(numbers):
        texts = tuple(sorted(numbers[article], key=variants.digest))
        longest = min(texts, key=variants.rank)
        keys = tuple(map(variants.digest, texts))
        yield Group(article, texts, keys, _sightings(texts, longest, variants, scores), longest)


def _sightings(
    texts: tuple[int, ...], longest: int, variants: Variants, scores: _Scores
) -> tuple[Sighting, ...]:
    ordered = sorted(
        ((spot, number) for number in texts for spot in variants.spots(number)), key=itemgetter(0)
    )
    found: list[Sighting] = []
    seen: set[int] = set()
    for (name, line), number in ordered:
        if not found:
            match, score = Match.FIRST, 1.0
        elif number in seen or variants.length(number) < HEAD:
            match, score = Match.EXACT, 1.0
        else:
            other = longest if number != longest else ordered[0][1]
            match, score = _matched(number, other, variants, scores)
        seen.add(number)
        found.append(Sighting(name, line, match, score))
    return tuple(found)


def _matched(number: int, other: int, variants: Variants, scores: _Scores) -> tuple[Match, float]:
    for one, two in ((number, other), (other, number)):
        if one in scores and scores[one].anchor == two:
            return scores[one].match, round(scores[one].score, 3)
    match, score = compare(variants.key(number), variants.key(other))
    return match, round(score, 3)


def _merged(
    groups: list[Group], rules: Rules, variants: Variants, ledger: Ledger
) -> tuple[Group, ...]:
    """The groups after the rules that merge; the texts of a merged one count for the other."""
    by_id = {found.id: found for found in groups}
    for found in groups:
        target = rules.target(found.id)
        if target != found.id and (target in by_id or target in ledger):
            by_id[found.id] = replace(found, into=target)
        if target != found.id and target in by_id:
            longest = min(by_id[target].longest, found.longest, key=variants.rank)
            by_id[target] = replace(by_id[target], longest=longest)
    return tuple(by_id.values())
