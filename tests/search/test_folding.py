"""Is what a reader types folded like the text that it is from?"""

from hypothesis import given
from hypothesis import strategies as st

from kb.search.blocks import Document
from kb.search.folding import fold
from kb.search.terms import terms

TEXTS = st.text('ab 模型\n\t.，。ＡWßΣς𠮷ﬁ①é-<"\\\u200b\u3000', max_size=30)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_a_folded_text_has_no_capital_of_ascii_and_single_blanks(text: str) -> None:
    folded = fold(text)
    assert not any("A" <= character <= "Z" for character in folded)
    assert folded.split(" ") == folded.split() or not folded


@given(TEXTS, st.data())
def test_each_part_of_a_text_has_terms_of_the_text_alone(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    part = fold(text[start : start + data.draw(st.integers(0, 6))])
    pairs = {part[at : at + 2] for at in range(len(part) - 1)}
    alone = {character for character in part if character > "\x7f"}
    document = Document("a.html", "Title", "zh", text)
    assert pairs | alone <= terms(document).keys()
