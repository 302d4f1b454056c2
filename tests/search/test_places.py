"""Do documents keep their slots, and do terms share the shards evenly?"""

from collections import Counter
from itertools import product

from kb.search.places import BLOCK, block_of, block_path, capacity_of, shard_of, slots

NAMES = [f"articles/attention-attention-{number:05}" for number in range(1000)]


def test_each_document_has_a_slot_of_its_own() -> None:
    found = slots(NAMES)
    assert len(set(found.values())) == 1000
    assert set(found.values()) <= set(range(capacity_of(1000)))


def test_slots_do_not_depend_on_the_order_of_documents() -> None:
    assert slots(reversed(NAMES)) == slots(NAMES)


def test_few_documents_move_when_one_comes() -> None:
    before, after = slots(NAMES), slots([*NAMES, "articles/new"])
    assert sum(before[name] != after[name] for name in NAMES) < 10


def test_pairs_share_the_shards_evenly() -> None:
    characters = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动abcdefghij ."
    counts = Counter(shard_of(a + b, 64) for a, b in product(characters, characters))
    assert len(counts) == 64
    assert max(counts.values()) < 2 * len(characters) ** 2 / 64


def test_a_block_has_a_path_and_a_path_its_block() -> None:
    assert block_path(300 // BLOCK) == "search/d/4b.js"
    assert block_of("search/d/4b.js") == 75
