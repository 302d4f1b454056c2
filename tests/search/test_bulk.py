"""Are the shards of many documents those that the plain way makes of them?"""

from hypothesis import given
from hypothesis import strategies as st

from kb.search.blocks import Document
from kb.search.bulk import buckets_of, encoded, lists, runs, shards_in
from kb.search.index import term_shards
from kb.search.places import shards_of
from kb.search.shards import shard_bytes

TEXTS = st.one_of(
    st.text(max_size=40),
    st.text("ab模型 \n.，Ａß𠮷W", max_size=40),
    st.sampled_from(["模型" * 9, "a", "", "transformer", "x" * 40, "\0a\0"]),
)
DOCUMENTS = st.builds(
    Document,
    url=st.just("x.html"),
    title=TEXTS,
    lang=st.just("zh"),
    text=TEXTS,
    topics=st.lists(st.sampled_from(["ml", "db"]), max_size=2).map(tuple),
    tags=st.lists(TEXTS, max_size=2).map(tuple),
    headings=st.lists(st.tuples(st.just("h"), TEXTS), max_size=2).map(tuple),
)
CAPACITIES = st.sampled_from([16, 64, 2048])


def in_bulk(documents: dict[int, Document], capacity: int, share: int) -> dict[int, bytes]:
    """The shards by number, made in runs of a few documents each."""
    shards, slots = shards_of(capacity), sorted(documents)
    parts = [slots[at : at + share] for at in range(0, len(slots), share)]
    found = [runs({slot: documents[slot] for slot in part}, shards) for part in parts]
    made = {}
    for bucket in range(buckets_of(shards)):
        inside = lists((encoded(part[bucket]) for part in found), shards)
        assert inside.keys() <= set(shards_in(bucket, shards))
        for number in shards_in(bucket, shards):
            made[number] = shard_bytes(number, inside.get(number, {}))
    return made


@given(data=st.data(), capacity=CAPACITIES, share=st.integers(1, 4))
def test_many_documents_have_the_shards_of_a_few(
    data: st.DataObject, capacity: int, share: int
) -> None:
    slots = st.integers(0, capacity - 1)
    documents = data.draw(st.dictionaries(slots, DOCUMENTS, min_size=1, max_size=6))
    assert in_bulk(documents, capacity, share) == term_shards(documents, shards_of(capacity))
