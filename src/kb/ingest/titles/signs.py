"""Which signs speak for or against a candidate in its opening?"""

from bisect import bisect_left
from functools import lru_cache
from typing import Final, NamedTuple

from kb.ingest.titles.candidates import Candidate
from kb.ingest.titles.form import form, parts
from kb.ingest.titles.groups import Group, Steps, group, of_bits
from kb.ingest.titles.known import Known, Standing
from kb.ingest.titles.mentions import MENTION, Places, mentioned, places
from kb.ingest.titles.outline import Outline
from kb.ingest.titles.text import Opening

_VOTES: Final = Steps("routes", 2, 3, 4, 5, 6)
_STARTS: Final = Steps("starts after", 1, 20, 60, 140, 260)
_TIMES: Final = Steps("times", 2, 3, 4)
_AGAIN: Final = Steps("share of words that come again", 0.3, 0.6, 1.0)
_LINES: Final = Steps("in short lines", 1, 2, 3)
_SHARE: Final = Steps("share of terms", 0.35, 0.6, 0.85)
_RANKS: Final = Steps("term ranks after", 1, 2, 3, 5)
_ORDERS: Final = Steps("terms before it", 1, 2, 3, 5)
_OFTEN: Final = Steps("term times", 2, 3, 4, 6)
_NEAR: Final = Steps("term near", 0.3, 0.6, 0.8, 1.0)
_IN_OTHERS: Final = Steps("term in others", 1, 3, 8, 20)
_AGAIN_AND_AGAIN: Final = 2

_PLACE: Final = (
    "opens the text after a number",
    "opens the text",
    "in the first sentence",
    "in the second half",
    "before and after trouble",
    "only after trouble",
    "in an announcement",
)
_ABSENT: Final = group(["not in the text"])
_CARRIER: Final = group(["is a carrier"])
_TAG: Final = group(["is a tag"])
_COMMON: Final = group(["words that come often"])
_TWO_TERMS: Final = group(["has two terms"])
_LEADS: Final = group(["starts with a term"])
_CLOSES: Final = group(["ends with a term"])
_IS_HEAD: Final = group(["is the heading"])
_IN_HEAD: Final = group(["in the heading"])
_OVER_HEAD: Final = group(["more than the heading"])
_NO_HEAD: Final = group(["not in the heading"])


class Shown(NamedTuple):
    """Which of KINDS a candidate is, and its signs, in groups that often recur."""

    kind: int
    groups: list[Group]

    @property
    def weight(self) -> float:
        """What all signs weigh together."""
        kind = self.kind
        return round(sum([weights[kind] for _, weights in self.groups]), 4)


def shown(candidate: Candidate, outline: Outline) -> Shown:
    """What a candidate shows, each sign once."""
    title, key, routes = candidate
    lower = title.lower()
    stands = places(outline.lower, lower)
    groups = [by(routes), _VOTES.upto(len(routes)), form(title)]
    groups += _repeated(lower, outline)
    if stands:
        groups.append(_mentioned(mentioned(stands, outline)))
        groups.append(_STARTS.upto(stands[0][0] - outline.offset))
        groups.append(_TIMES.upto(len(stands)))
        groups.append(_placed(_place(stands, outline)))
    else:
        groups.append(_ABSENT)
    if outline.head:
        groups.append(_headed(key, outline.head))
    if outline.opening.is_carrier(key):
        groups.append(_CARRIER)
    return _with_terms(key, stands, outline, groups)


def hint(candidate: Candidate, opening: Opening) -> float:
    """What the signs weigh that need no look at the text."""
    title, key, routes = candidate
    kind = 0 if key in opening.standing else 2
    weight = by(routes).weights[kind] + form(title).weights[kind]
    weight += _VOTES.upto(len(routes)).weights[kind]
    if kind == 0:
        weight += _standing(opening.standing[key]).weights[0]
        weight += _TAG.weights[0] if key in opening.lexicon.tags else 0.0
    return weight + (_CARRIER.weights[kind] if opening.is_carrier(key) else 0.0)


@lru_cache(maxsize=8192)
def _mentioned(bits: int) -> Group:
    return of_bits(MENTION, bits)


@lru_cache(maxsize=128)
def _placed(bits: int) -> Group:
    return of_bits(_PLACE, bits)


@lru_cache(maxsize=4096)
def by(routes: tuple[str, ...]) -> Group:
    """The signs that some routes proposed a candidate."""
    return group(f"by {route}" for route in routes)


def _place(places: Places, outline: Outline) -> int:
    """The bits of where a candidate is mentioned."""
    first, last = places[0][0], places[-1][0]
    bits = (4 if first < outline.first_end else 0) | (8 if last > outline.half else 0)
    if first <= outline.offset:
        bits |= 1 if outline.opening.numbered else 2
    if first >= outline.trouble:
        bits |= 32
    elif last > outline.trouble:
        bits |= 16
    for one, end in outline.announced:
        for at, _ in places:
            if one < at < end:
                return bits | 64
    return bits


def _repeated(lower: str, outline: Outline) -> list[Group]:
    """How much of a candidate's words comes again, and in short lines."""
    lines = _LINES.upto(outline.headlines.count(lower))
    own, times = parts(lower), outline.pieces
    again = [count for part in own if part in times and (count := times[part]) > 1]
    if not again:
        return [lines]
    groups = [lines, _AGAIN.upto(len(again) / len(own))]
    if 2 * len([count for count in again if count > _AGAIN_AND_AGAIN]) > len(own):
        groups.append(_COMMON)
    return groups


def _with_terms(key: str, stands: Places, outline: Outline, groups: list[Group]) -> Shown:
    """With what the lexicon knows of a candidate, or of the terms in it."""
    opening = outline.opening
    own = opening.standing.get(key)
    if own:
        groups.append(_standing(own))
        if key in opening.lexicon.tags:
            groups.append(_TAG)
        return Shown(0, groups)
    inside = _inside(key, stands, outline)
    if not inside:
        return Shown(2, groups)
    groups += _of_phrase(stands, inside, outline)
    return Shown(1, groups)


def _of_phrase(stands: Places, inside: list[Known], outline: Outline) -> list[Group]:
    """What the lexicon knows of the terms inside a candidate: of the one that ranks best."""
    standing = outline.opening.standing
    ranked = {standing[hit.key].rank: hit.key for hit in inside}
    groups = [_standing(standing[ranked[min(ranked)]])]
    if len(ranked) > 1:
        groups.append(_TWO_TERMS)
    if stands:
        start, end = stands[0]
        start, end = start - outline.offset, end - outline.offset
        groups.append(_SHARE.upto(sum([last - at for _, at, last in inside]) / (end - start)))
        if inside[0].start == start:
            groups.append(_LEADS)
        if inside[-1].end == end:
            groups.append(_CLOSES)
    return groups


def _standing(one: Standing) -> Group:
    return _stands(one.rank, one.order, one.times, _NEAR.reached(one.near), one.general)


@lru_cache(maxsize=8192)
def _stands(rank: int, order: int, times: int, near: int, general: int) -> Group:
    """The signs of a standing, which is near by so many steps."""
    steps = (_RANKS.upto(rank), _ORDERS.upto(order), _OFTEN.upto(times), _NEAR.groups[near])
    return group([sign for some in (*steps, _IN_OTHERS.upto(general)) for sign in some.signs])


def _inside(title: str, stands: Places, outline: Outline) -> list[Known]:
    """The known terms inside the first mention, or anywhere in a title that is not in the text."""
    known = outline.opening.known
    if not stands:
        first = {hit.key: hit for hit in reversed(known)}
        return [hit for key, hit in first.items() if key in title]
    start, end = stands[0]
    at = bisect_left(outline.starts, start - outline.offset)
    end -= outline.offset
    found = []
    while at < len(known) and known[at].end <= end:
        found.append(known[at])
        at += 1
    return found


def _headed(key: str, head: str) -> Group:
    if key == head:
        return _IS_HEAD
    if key in head:
        return _IN_HEAD
    return _OVER_HEAD if head in key else _NO_HEAD
