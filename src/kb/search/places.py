"""Where in the index of a site does a document or a term stand?"""

from collections.abc import Iterable

BLOCK = 4
"""Slots of one text block: a query loads some ten of them, for one document each."""
SHARE = 8
"""Slots for each shard: one has some 4 KB compressed where an article has 3 or 4 KB."""
FEWEST = 16
PREFIX = 3
"""Letters by which words share a shard, so that what begins a word is found in one."""
SHARD_FOLDER = "search/t/"
BLOCK_FOLDER = "search/d/"
MULTIPLIER = 0x9E3779B1  # the golden ratio, D. E. Knuth, The Art of Computer Programming 3, 6.4
MIX = 15
_BITS = 0xFFFFFFFF


def spread(text: str) -> int:
    """A hash of 32 bits by the text's code points."""
    found = 0
    for character in text:
        found = (found ^ ord(character)) * MULTIPLIER & _BITS
        found ^= found >> MIX
    return found


def capacity_of(count: int) -> int:
    """The slots for so many documents: a power of two, a quarter of them empty at least."""
    capacity = FEWEST
    while capacity * 3 < count * 4:
        capacity *= 2
    return capacity


def slots(keys: Iterable[str]) -> dict[str, int]:
    """The slot of each document by its key.

    A function of the set of keys, in which few move when one comes or goes: each stands where its
    hash says, or in the next free place after that.
    """
    ordered = sorted((spread(key), key) for key in set(keys))
    last = capacity_of(len(ordered)) - 1
    taken: dict[int, str] = {}
    for place, key in ordered:
        slot = place & last
        while slot in taken:
            slot = (slot + 1) & last
        taken[slot] = key
    return {key: slot for slot, key in taken.items()}


def shards_of(capacity: int) -> int:
    """How many shards there are for so many slots."""
    return capacity // SHARE


def shard_of(term: str, shards: int) -> int:
    """The shard in which a term stands."""
    return spread(term[: PREFIX + 1] if term[0] == "W" else term) & (shards - 1)


def shard_path(shard: int) -> str:
    """The file of a shard, from the root of the site."""
    return f"{SHARD_FOLDER}{shard:x}.js"


def block_path(block: int) -> str:
    """The file of a text block, from the root of the site."""
    return f"{BLOCK_FOLDER}{block:x}.js"


def block_of(path: str) -> int:
    """The number of the text block in a file."""
    return int(path.removeprefix(BLOCK_FOLDER).removesuffix(".js"), 16)
