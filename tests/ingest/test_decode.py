"""Do all encodings of a dump give the same entries, and bytes that are no text a problem?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.ingest.decode import decode
from kb.ingest.parse import parse
from kb.model import LineKind
from kb.problems import KbError

DUMP = (
    "INCOMING TRANSMISSION\n\nLATEST UPDATES\n"
    "内存表用跳表实现,写入和查找都是对数时间;写满之后转为只读,由后台线程落盘...\n"
    "Compaction 把几个有序文件合成一个,代价是写放大:同一条数据要被重写好几次——约 10 次。\n"
    "1 2\n"
)
ENTRIES = [line.text for line in parse(DUMP, "a.txt", "utf-8").entries]
ENDS = {"LF": "\n", "CRLF": "\r\n", "CR": "\r"}
CODECS = {
    "UTF-8": ("utf-8", "utf-8"),
    "UTF-8 with BOM": ("utf-8-sig", "utf-8"),
    "UTF-16 with BOM": ("utf-16", "utf-16"),
    "UTF-16 LE": ("utf-16-le", "utf-16-le"),
    "UTF-16 BE": ("utf-16-be", "utf-16-be"),
    "UTF-32 with BOM": ("utf-32", "utf-32"),
    "GB18030": ("gb18030", "gb18030"),
}


def outcome(content: bytes) -> str:
    """What becomes of the bytes: `text`, or the codes of the problems."""
    try:
        decode(content, "a.txt")
    except KbError as error:
        return " ".join(problem.code for problem in error.problems)
    return "text"


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize(("codec", "name"), CODECS.values(), ids=CODECS)
def test_every_encoding_of_a_dump_gives_the_same_entries(codec: str, name: str, end: str) -> None:
    text, encoding = decode(DUMP.replace("\n", end).encode(codec), "a.txt")
    assert [line.text for line in parse(text, "a.txt", encoding).entries] == ENTRIES
    assert encoding == name


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(), st.text().map(lambda text: text.encode("utf-16-le", "replace"))))
def test_any_bytes_are_text_or_a_problem(content: bytes) -> None:
    assert outcome(content) in {"text", "unreadable-transmission"}


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff")))
def test_utf_8_is_read_as_it_is(text: str) -> None:
    assert decode(text.encode(), "a.txt") == (text, "utf-8")


@pytest.mark.parametrize(
    "content",
    [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), b"\xff\xfe\x00", b"\x00" * 64],
    ids=["an image", "half a character", "nothing but zeros"],
)
def test_what_is_no_text_is_a_problem_that_names_the_file(content: bytes) -> None:
    with pytest.raises(KbError) as caught:
        decode(content, "content/transmissions/a.txt")
    (problem,) = caught.value.problems
    assert problem.code == "unreadable-transmission"
    assert problem.place.path == "content/transmissions/a.txt"
    assert problem.hint


def test_one_broken_line_does_not_take_the_others_with_it() -> None:
    broken = DUMP.encode().replace("落盘".encode(), b"\xe8\x90\xff")
    text, encoding = decode(broken, "a.txt")
    kinds = [line.kind for line in parse(text, "a.txt", encoding).lines]
    assert kinds.count(LineKind.QUARANTINED) == 1
    assert kinds.count(LineKind.ENTRY) == 1


def test_an_empty_file_is_an_empty_text() -> None:
    assert decode(b"", "a.txt") == ("", "utf-8")
