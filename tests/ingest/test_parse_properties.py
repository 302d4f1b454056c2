"""Is any line of a dump lost, doubled, or read in two ways?"""

import re
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.ingest.parse import HEADERS, parse
from kb.model import LineKind, Reason

WORDS = (
    *HEADERS, "incoming transmission", "=== LATEST UPDATES ===", "1 2", "1 2 3 … 9", "« 1 2 3 »", "下一页",
    "上一页 1 2 下一页", "Next", "第 1 页 共 3 页", "page 1 of 9", "load more", "→", "...", "", "  ", "\u200b",
    "\ufeff", "\udc80 broken", "中文一行", "an excerpt", "2023", "💡", "\x0b", "\x85", "\u2028", "\x1c", "a\x0cb",
)  # fmt: skip
DUMPS = st.one_of(
    st.text(),
    st.lists(
        st.tuples(st.sampled_from(WORDS), st.sampled_from(("\n", "\r\n", "\r"))), max_size=12
    ).map(lambda lines: "".join(line + end for line, end in lines)),
)


def kinds(*lines: str) -> list[LineKind]:
    return [line.kind for line in parse("\n".join(lines), "a.txt", "utf-8").lines]


@settings(max_examples=500, deadline=None)
@given(DUMPS)
def test_the_lines_joined_are_the_dump(text: str) -> None:
    lines = parse(text, "a.txt", "utf-8").lines
    plain = re.sub("\r\n?", "\n", text)
    assert "\n".join(line.text for line in lines) == plain.removesuffix("\n")
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))


@settings(max_examples=300, deadline=None)
@given(DUMPS)
def test_a_line_is_quarantined_with_a_reason_and_no_other_has_one(text: str) -> None:
    for line in parse(text, "a.txt", "utf-8").lines:
        assert bool(line.reason) == (line.kind is LineKind.QUARANTINED)


@settings(max_examples=300, deadline=None)
@given(DUMPS)
def test_a_line_with_letters_is_never_blank(text: str) -> None:
    for line in parse(text, "a.txt", "utf-8").lines:
        assert line.kind is not LineKind.BLANK or not any(map(str.isalnum, line.text))


def test_a_dump_as_it_comes_has_four_classes() -> None:
    found = kinds("INCOMING TRANSMISSION", "", "LATEST UPDATES", "一段摘录...", "1 2 3 … 9")
    assert found == [
        LineKind.HEADER, LineKind.BLANK, LineKind.HEADER, LineKind.ENTRY, LineKind.PAGER,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        *(
            "1 2",
            "1 2 3 … 9",
            "« 1 2 3 »",
            "1 2 3 ... 12",
            "下一页",
            "上一页 1 2 下一页",
            "Page 2 of 9",
        ),
        *(
            "第 1 页 共 3 页",
            "加载更多",
            "Older posts",
            "Previous | Next",
            "← 1 2 3 →",
            "pages: 1, 2",
        ),
        *(
            "第 1 / 9 页",
            "< 1 2 3 >",
            "1 | 2 | 3",
            "Page 1 of 9",
            "‹ Prev 1 2 … 9 Next ›",
            "共 12 页",
        ),
        *("[1] [2] [3]", "– 1 –", "1/9", "▶ 下一页", "最后一页", "More…", "« Older posts"),
        *(
            "首页 上一页 1 2 下一页 尾页",
            "共12页 到第 3 页 确定",
            "10 条/页",
            "显示第 1-10 条,共 120 条",
        ),
        "Showing 1–10 of 120 results",
    ],
)
def test_a_pager_is_no_entry(line: str) -> None:
    assert kinds(line) == [LineKind.PAGER]


@pytest.mark.parametrize(
    "line",
    [
        *("第 2 页的算法", "更多示例", "Page 3 table", "Next.js", "top 10", "first", "pagetwo"),
        "下一页怎么写",
        "More is different: a note",
        "第1章 绪论",
        "1. 数组",
        "page fault 的处理",
        "B",
        "七",
    ],
)
def test_an_entry_that_looks_like_a_pager_is_an_entry(line: str) -> None:
    assert kinds(line) == [LineKind.ENTRY]


@pytest.mark.parametrize(
    "line",
    [
        *(
            "LATEST UPDATES",
            "incoming transmission:",
            "=== LATEST UPDATES ===",
            "ＬＡＴＥＳＴ ＵＰＤＡＴＥＳ",
        ),
        *("INCOMING TRANSMISSION #42", "INCOMING TRANSMISSION 2026-05-01", "** Latest Updates **"),
        "INCOMING TRANSMISSION — LATEST UPDATES",
    ],
)
def test_half_a_header_or_a_decorated_one_is_a_header(line: str) -> None:
    assert kinds(line) == [LineKind.HEADER]


@pytest.mark.parametrize("line", ["latest updates on caches", "LATEST UPDATE", "transmission"])
def test_an_entry_that_looks_like_a_header_is_an_entry(line: str) -> None:
    assert kinds(line) == [LineKind.ENTRY]


def test_several_listings_in_one_file_have_their_own_headers_and_pagers() -> None:
    listing = ("INCOMING TRANSMISSION", "", "LATEST UPDATES", "一段摘录", "1 2")
    found = kinds(*listing, "", "", "\ufeffINCOMING TRANSMISSION", *listing[1:])
    assert found.count(LineKind.HEADER) == 4
    assert found.count(LineKind.PAGER) == 2
    assert found.count(LineKind.ENTRY) == 2


@pytest.mark.parametrize("piece", [" ", "[", "\\", "1. ", "$", "。", "1 ", "第", "\u200b", "\x00"])
def test_a_line_of_ten_megabytes_is_read_in_seconds(piece: str) -> None:
    text = piece * (10_000_000 // len(piece))
    started = process_time()
    assert len(parse(text, "a.txt", "utf-8").lines) == 1
    assert process_time() - started < 5


def test_a_line_without_letters_or_with_broken_bytes_is_quarantined() -> None:
    lines = parse("💡 …… ！\n\udc80\udcff 文", "a.txt", "utf-8").lines
    assert [line.kind for line in lines] == [LineKind.QUARANTINED] * 2
    assert lines[0].reason is Reason.WORDLESS


def test_further_headers_may_be_named() -> None:
    (line,) = parse("最新 文章", "a.txt", "utf-8", headers=("最新文章", "最新 文章")).lines
    assert line.kind is LineKind.HEADER


@pytest.mark.parametrize(
    "line", ["第" * 119 + "x", "共页第" * 39 + "x", "page" * 29 + "!", "of" * 59 + "x"]
)
def test_a_line_that_is_nearly_a_pager_takes_no_time(line: str) -> None:
    started = process_time()
    assert kinds(line) == [LineKind.ENTRY]
    assert process_time() - started < 1


@pytest.mark.parametrize(
    "line",
    ["2024-03-05", "2024年3月", "2024 年 3 月 5 日 星期二", "March 2024", "5th May 2024 12:30", "Mon, 3/5/2024"],
)  # fmt: skip
def test_a_date_alone_is_quarantined_as_one(line: str) -> None:
    [found] = parse(line, "a.txt", "utf-8").lines
    assert (found.kind, found.reason) == (LineKind.QUARANTINED, Reason.DATE)


@pytest.mark.parametrize(
    "line",
    ["LATEST UPDATES · MARCH 2024", "LATEST UPDATES 2024年3月", "Tue 5 Mar 2024 - Latest updates"],
)
def test_a_header_may_have_a_date(line: str) -> None:
    assert kinds(line) == [LineKind.HEADER]


@pytest.mark.parametrize(
    "line", ["May we merge?", "2024年3月我们换了存储", "LATEST UPDATES Marching"]
)
def test_words_beside_a_date_are_an_entry(line: str) -> None:
    assert kinds(line) == [LineKind.ENTRY]
