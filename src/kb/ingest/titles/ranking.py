"""Which of the candidates stands as the title, and which are the next best?"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import exp
from typing import Final

from kb.ingest.titles.candidates import Candidate, candidates
from kb.ingest.titles.form import units
from kb.ingest.titles.outline import Outline, outline
from kb.ingest.titles.routes import ROUTES
from kb.ingest.titles.signs import by, shown
from kb.ingest.titles.text import Opening
from kb.ingest.titles.weights import WEIGHTS

_VOTERS: Final = 12
"""The best candidates, which say how well each other agrees with them."""
_AGREE: Final = 0.6
"""The F1 of two titles' words from which they are as good as one."""
_WITHIN: Final = 1.0
"""What a candidate may weigh less than the heaviest, and still be chosen for those that agree."""
_SPREAD: Final = 0.7
_BY_OTHERS: Final = 0.7
_ORDER: Final = {route.name: number for number, route in enumerate(ROUTES)}


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate, which of `KINDS` it is, and what its signs weigh."""

    candidate: Candidate
    kind: int
    weight: float


def ranked(opening: Opening) -> tuple[Ranked, ...]:
    """The candidates for an opening, best first: those with which the likely ones agree.

    Each is as likely as the exponential of its weight; it stands for the share of likelihood of
    those candidates that have most of its words (minimum Bayes risk).
    """
    seen = outline(opening)
    weighed = [_weighed(candidate, seen) for candidate in candidates(opening)]
    if not weighed:
        return ()
    weighed.sort(key=lambda one: (-one.weight, one.candidate.title))
    voters = weighed[:_VOTERS]
    agreed = shares([one.weight for one in voters], [units(one.candidate.title) for one in voters])
    order = sorted(range(len(voters)), key=lambda number: (-agreed[number], number))
    return (*(voters[number] for number in order), *weighed[_VOTERS:])


def strongest(one: Ranked) -> str:
    """The route to a candidate that weighs most; of two the one that is tried first."""
    return max(
        one.candidate.routes, key=lambda name: (_weight(one.kind, by((name,))), -_ORDER[name])
    )


def _weighed(candidate: Candidate, seen: Outline) -> Ranked:
    found = shown(candidate, seen)
    weight = sum([_weight(found.kind, group) for group in found.signs])
    return Ranked(candidate, found.kind, round(weight, 4))


@lru_cache(maxsize=8192)
def _weight(kind: int, group: tuple[str, ...]) -> float:
    """What the signs of a group weigh together for a candidate of a kind."""
    return sum(WEIGHTS[sign][kind] for sign in group if sign in WEIGHTS)


def shares(weights: Sequence[float], words: Sequence[tuple[str, ...]]) -> list[float]:
    """For each candidate, best first, how likely it and those that agree with it are."""
    likely = [exp((weight - weights[0]) / _SPREAD) for weight in weights]
    agreed = list(likely)
    sets = [frozenset(some) for some in words]
    for one, other in combinations(range(len(sets)), 2):
        shared = 2 * len(sets[one] & sets[other])
        if shared >= _AGREE * (len(sets[one]) + len(sets[other])):
            agreed[one] += likely[other]
            agreed[other] += likely[one]
    return [
        round(_BY_OTHERS * agreed[one] + (1 - _BY_OTHERS) * likely[one], 4)
        if weights[0] - weights[one] <= _WITHIN
        else 0.0
        for one in range(len(weights))
    ]
