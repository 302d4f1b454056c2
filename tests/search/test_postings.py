"""Are postings after a change those that would be written of the whole?"""

from hypothesis import given
from hypothesis import strategies as st

from kb.search.postings import ALPHABET, amended, read, written

SLOTS = st.integers(0, 5000)
IMPACTS = st.integers(0, 7)
POSTINGS = st.dictionaries(SLOTS, IMPACTS)


@given(POSTINGS)
def test_what_is_written_is_read(postings: dict[int, int]) -> None:
    assert read(written(postings)) == postings


@given(POSTINGS)
def test_postings_need_no_escape(postings: dict[int, int]) -> None:
    assert set(written(postings)) <= set(ALPHABET)
    assert not set(ALPHABET) & set('"\\<')


@given(POSTINGS, st.one_of(SLOTS, st.integers(0, 9)), st.one_of(IMPACTS, st.none()))
def test_a_change_leaves_what_the_whole_would_be(
    postings: dict[int, int], slot: int, impact: int | None
) -> None:
    now = {number: found for number, found in postings.items() if number != slot}
    now |= {} if impact is None else {slot: impact}
    assert amended(written(postings), slot, impact) == written(now)


@given(POSTINGS.filter(bool), st.data())
def test_a_document_that_goes_takes_its_number_with_it(
    postings: dict[int, int], data: st.DataObject
) -> None:
    slot = data.draw(st.sampled_from(sorted(postings)))
    left = {number: impact for number, impact in postings.items() if number != slot}
    assert amended(written(postings), slot, None) == written(left)
