"""How are the stars of a disc spread evenly, however many they are?"""

from functools import cache
from math import sqrt

TURN = (-0.7373688780783197, 0.6754902942615238)
"""Cosine and sine of the golden angle, by which each next seed is turned (Vogel, 1979)."""
HALF = 0.4
"""How far the first seed of several lies from the middle, in seeds: about as the others do."""


@cache
def sunflower(seeds: int) -> str:
    """A path with a point for each seed, ten units being the distance of two.

    The path of fewer seeds is the beginning of that of more, so that many compress to little.
    """
    (cosine, sine), x, y, path = TURN, 1.0, 0.0, []
    at = 0, 0
    for seed in range(seeds):
        far = 10 * sqrt(seed + HALF) if seeds > 1 else 0
        now = round(far * x), round(far * y)
        path.append(f"m{now[0] - at[0]} {now[1] - at[1]}h0")
        at = now
        x, y = x * cosine - y * sine, x * sine + y * cosine
    return "".join(path)
