"""What does a shard of the index hold, and what is it after some documents changed?"""

from collections.abc import Mapping

import msgspec

from kb.search.blocks import script, value_in
from kb.search.postings import amended

Change = Mapping[int, int | None]
"""The impact of a term by slot, None where a document has lost the term."""


def shard_bytes(number: int, lists: Mapping[str, str]) -> bytes:
    """The file of a shard: the written postings of each of its terms."""
    return script(f"t/{number:x}", {term: lists[term] for term in sorted(lists)})


def lists_in(content: bytes) -> dict[str, str]:
    """The written postings by term of a shard's file."""
    return msgspec.json.decode(value_in(content), type=dict[str, str])


def patched(content: bytes, number: int, changes: Mapping[str, Change]) -> bytes:
    """The file of a shard after these changes of its terms."""
    lists = lists_in(content)
    for term, change in changes.items():
        left = lists.pop(term, "")
        for slot, impact in change.items():
            left = amended(left, slot, impact)
        if left:
            lists[term] = left
    return shard_bytes(number, lists)
