"""Which of many names did someone mean who misspelt one?"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from kb.library.spelling import fold_spelling

MOST_COMPARED = 8
"""Names that are compared letter by letter with a word: those that share most pairs of letters."""
LEAST_ALIKE = 0.6


def nearest(words: Iterable[str], names: Iterable[str]) -> Mapping[str, str]:
    """For each word the name most like it, if any is: one pass over all names for all words."""
    wanted: defaultdict[str, list[str]] = defaultdict(list)
    for word in dict.fromkeys(words):
        for pair in _pairs(word):
            wanted[pair].append(word)
    shared: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name in names if wanted else ():
        for pair in _pairs(name):
            for word in wanted.get(pair, ()):
                shared[word][name] += 1
    found = {word: _closest(word, counts) for word, counts in shared.items()}
    return {word: name for word, name in found.items() if name}


def _pairs(name: str) -> set[str]:
    """The pairs of letters that follow one another, the first and the last with the name's ends."""
    folded = f"\0{fold_spelling(name)}\0"
    return {folded[n : n + 2] for n in range(len(folded) - 1)}


def _closest(word: str, counts: Counter[str]) -> str:
    from difflib import SequenceMatcher  # slow to load, and seldom asked

    def alike(name: str) -> tuple[float, float]:
        """How much of it is the same, and then with case and hyphens."""
        pairs = (fold_spelling(word), fold_spelling(name)), (word, name)
        folded, exact = (SequenceMatcher(None, *pair).ratio() for pair in pairs)
        return folded, exact

    ranked = sorted(counts, key=lambda name: (-counts[name] / (len(name) + len(word)), name))
    best = max(ranked[:MOST_COMPARED], key=alike)
    return best if alike(best)[0] >= LEAST_ALIKE else ""
