"""Which files are the index of some documents?

The shortest way to say it; kb.search.bulk makes the same shards of many documents in less time.
"""

from collections import defaultdict
from collections.abc import Mapping

from kb.search.blocks import Document, block_bytes
from kb.search.places import BLOCK, block_path, capacity_of, shard_of, shard_path, shards_of, slots
from kb.search.postings import written
from kb.search.shards import shard_bytes
from kb.search.terms import terms


def index(documents: Mapping[str, Document]) -> dict[str, bytes]:
    """Shards and text blocks by their path in the site, for documents by their lasting keys."""
    places = slots(documents)
    by_slot = {slot: documents[key] for key, slot in places.items()}
    shards = shards_of(capacity_of(len(places)))
    made = {shard_path(n): content for n, content in term_shards(by_slot, shards).items()}
    return blocks(by_slot) | made


def blocks(documents: Mapping[int, Document]) -> dict[str, bytes]:
    """The text blocks of documents by slot."""
    found: defaultdict[int, dict[int, Document]] = defaultdict(dict)
    for slot, document in documents.items():
        found[slot // BLOCK][slot] = document
    return {block_path(number): block_bytes(number, inside) for number, inside in found.items()}


def term_shards(documents: Mapping[int, Document], shards: int) -> dict[int, bytes]:
    """All shards of documents by slot, the empty ones too, by number."""
    postings: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for slot, document in documents.items():
        for term, impact in terms(document).items():
            postings[term][slot] = impact
    lists: dict[int, dict[str, str]] = {number: {} for number in range(shards)}
    for term, found in postings.items():
        lists[shard_of(term, shards)][term] = written(found)
    return {number: shard_bytes(number, lists[number]) for number in range(shards)}
