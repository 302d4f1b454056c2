"""Which of the candidates stands as the title, and which are the next best?"""

from collections.abc import Sequence
from math import exp
from typing import Final, NamedTuple

from kb.ingest.titles.candidates import Candidate, candidates
from kb.ingest.titles.form import units
from kb.ingest.titles.outline import outline
from kb.ingest.titles.routes import ROUTES
from kb.ingest.titles.signs import by, hint, shown
from kb.ingest.titles.text import Opening

LIKELY: Final = 14
"""The candidates that are looked at in the text: those with the best hints."""
VOTERS: Final = 12
"""The best candidates, which say how well each other agrees with them."""
_AGREE: Final = 0.6
"""The F1 of two titles' words from which they are as good as one."""
_WITHIN: Final = 1.0
"""What a candidate may weigh less than the heaviest, and still be chosen for those that agree."""
_SPREAD: Final = 0.7
_BY_OTHERS: Final = 0.7
_ORDER: Final = {route.name: number for number, route in enumerate(ROUTES)}


class Ranked(NamedTuple):
    """What the signs of a candidate weigh, the candidate, and which of `KINDS` it is."""

    weight: float
    candidate: Candidate
    kind: int


def ranked(opening: Opening) -> tuple[Ranked, ...]:
    """The candidates for an opening, best first: those with which the likely ones agree.

    Each is as likely as the exponential of its weight; it stands for the share of likelihood of
    those candidates that have most of its words (minimum Bayes risk).
    """
    found = candidates(opening)
    if len(found) > LIKELY:
        found = tuple(sorted(found, key=lambda one: -hint(one, opening))[:LIKELY])
    seen = outline(opening)
    weighed = []
    for candidate in found:
        signs = shown(candidate, seen)
        weighed.append(Ranked(signs.weight, candidate, signs.kind))
    weighed.sort(key=lambda one: (-one.weight, one.candidate.title))
    voters = weighed[:VOTERS]
    agreed = shares([one.weight for one in voters], [units(one.candidate.title) for one in voters])
    order = sorted(range(len(voters)), key=lambda number: (-agreed[number], number))
    return (*(voters[number] for number in order), *weighed[VOTERS:])


def strongest(one: Ranked) -> str:
    """The route to a candidate that weighs most; of two the one that is tried first."""
    return max(
        one.candidate.routes, key=lambda name: (by((name,)).weights[one.kind], -_ORDER[name])
    )


def shares(weights: Sequence[float], words: Sequence[frozenset[str]]) -> list[float]:
    """For each candidate, best first, how likely it and those that agree with it are."""
    likely = [exp((weight - weights[0]) / _SPREAD) for weight in weights]
    return [
        round(_BY_OTHERS * _agreed(one, likely, words) + (1 - _BY_OTHERS) * likely[one], 4)
        if weights[0] - weights[one] <= _WITHIN
        else 0.0
        for one in range(len(weights))
    ]


def _agreed(one: int, likely: Sequence[float], words: Sequence[frozenset[str]]) -> float:
    """How likely a candidate is, with those that have most of its words."""
    total, own = likely[one], words[one]
    for other, their in enumerate(words):
        if other != one and 2 * len(own & their) >= _AGREE * (len(own) + len(their)):
            total += likely[other]
    return total
