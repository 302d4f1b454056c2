"""Do all encodings of a dump give the same entries, and bytes that are no text a problem?"""

from time import process_time

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


TRADITIONAL = "索引是用來加速查詢的結構,寫入的時候需要維護,所以不是越多越好。我們先看它如何把隨機的讀取變成順序的讀取...\n"
JAPANESE = "索引は検索を速くするための構造です。書き込みのたびに更新されるので、多ければ良いとは言えません...\n"
KOREAN = "인덱스는 검색을 빠르게 하기 위한 구조이다. 쓰기를 할 때마다 갱신되므로 많을수록 좋은 것은 아니다.\n"


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (TRADITIONAL, "big5", "big5"),
        (TRADITIONAL, "gb18030", "gb18030"),
        (JAPANESE, "cp932", "shift_jis"),
        (JAPANESE, "euc_jp", "euc-jp"),
        (KOREAN, "cp949", "euc-kr"),
    ],
)
def test_bytes_that_several_encodings_allow_are_read_in_the_one_that_makes_sense(
    text: str, codec: str, name: str
) -> None:
    assert decode(text.encode(codec), "a.txt") == (text, name)


def test_a_few_chinese_characters_are_read_as_gb18030() -> None:
    text = "LATEST UPDATES\n堆排序\n"
    assert decode(text.encode("gb18030"), "a.txt") == (text, "gb18030")


def test_a_broken_line_of_gb18030_does_not_take_the_others_with_it() -> None:
    broken = DUMP.encode("gb18030").replace("落盘".encode("gb18030"), b"\xff\xff")
    text, encoding = decode(broken, "a.txt")
    kinds = [line.kind for line in parse(text, "a.txt", encoding).lines]
    assert encoding == "gb18030"
    assert kinds.count(LineKind.QUARANTINED) == 1
    assert kinds.count(LineKind.ENTRY) == 1


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_half_a_character_and_a_lone_surrogate_cost_one_line(codec: str) -> None:
    content = (DUMP + "坏\ud800行\n").encode(codec, "surrogatepass")[:-1]
    text, encoding = decode(content, "a.txt")
    lines = parse(text, "a.txt", encoding).lines
    assert [line.text for line in lines if line.kind is LineKind.ENTRY] == ENTRIES
    assert [line.kind for line in lines].count(LineKind.QUARANTINED) == 1


def test_a_zero_byte_does_not_make_utf_16_of_utf_8() -> None:
    assert decode(DUMP.encode() + b"a\x00b\n", "a.txt") == (f"{DUMP}a\x00b\n", "utf-8")
    assert decode(b"a\x00b\nan excerpt of few bytes\n", "a.txt")[1] == "utf-8"


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_ten_megabytes_are_read_in_seconds(codec: str) -> None:
    content = (DUMP * 40_000).encode(codec)
    started = process_time()
    assert decode(content, "a.txt")[1] == codec
    assert process_time() - started < 5


GERMAN = "Die Größe des Index hängt von der Länge der Schlüssel ab.\nFür kurze Wörter genügt er.\n"
FRENCH = (
    "L’index accélère la lecture, mais chaque écriture coûte : il est créé à part.\nÇa dépend.\n"
)
RUSSIAN = "Индекс нужен для быстрого поиска, но каждая запись обновляет его снова.\n"


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (GERMAN, "latin-1", "windows-1252"),
        (GERMAN, "cp1252", "windows-1252"),
        (FRENCH, "cp1252", "windows-1252"),
        (RUSSIAN, "cp1251", "cp1251"),
    ],
)
def test_european_letters_are_not_taken_for_chinese(text: str, codec: str, name: str) -> None:
    assert decode(text.encode(codec), "a.txt") == (text, name)


@pytest.mark.parametrize("codec", ["gb18030", "big5", "cp932", "latin-1"])
def test_a_line_in_another_encoding_costs_that_line_in_the_smallest_dump(codec: str) -> None:
    other = {"latin-1": GERMAN.splitlines()[0], "cp932": JAPANESE.strip()}.get(codec, "繁體的一行")
    content = b"LATEST UPDATES\n" + "堆排序不稳定\n".encode() + other.encode(codec) + b"\n"
    text, encoding = decode(content, "a.txt")
    kinds = [line.kind for line in parse(text, "a.txt", encoding).lines]
    assert encoding == "utf-8"
    assert kinds == [LineKind.HEADER, LineKind.ENTRY, LineKind.QUARANTINED]


def test_two_bytes_that_are_nothing_cost_one_line_of_english() -> None:
    content = b"A heap is a tree in an array.\nIts root is the least.\nBroken \x81\xff line.\n"
    text, encoding = decode(content, "a.txt")
    kinds = [line.kind for line in parse(text, "a.txt", encoding).lines]
    assert kinds == [LineKind.ENTRY, LineKind.ENTRY, LineKind.QUARANTINED]
