"""Are ranges and conditions read as RFC 9110 has them?"""

import pytest

from kb.serve.exchange import Sort, headers, judge

SORT = Sort("text/css; charset=utf-8", 10, 1_700_000_000, '"tag"')
DATE = "Tue, 14 Nov 2023 22:13:20 GMT"
EARLIER = "Tue, 14 Nov 2023 22:13:19 GMT"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("bytes=0-3", (206, 0, 4)),
        ("bytes=4-", (206, 4, 10)),
        ("bytes=-3", (206, 7, 10)),
        ("bytes=-99", (206, 0, 10)),
        ("bytes=8-99", (206, 8, 10)),
        ("BYTES = 0 - 0", (206, 0, 1)),
        ("bytes=10-", (416, 0, 0)),
        ("bytes=-0", (416, 0, 0)),
        ("bytes=999999999999999999-", (416, 0, 0)),
        ("bytes=5-2", (200, 0, 10)),
        ("bytes=-", (200, 0, 10)),
        ("bytes=a-b", (200, 0, 10)),
        ("bytes=--1", (200, 0, 10)),
        ("bytes=\u0661-", (200, 0, 10)),
        ("bytes=" + "9" * 5000 + "-", (200, 0, 10)),
        ("lines=0-1", (200, 0, 10)),
        ("bytes=0-1,4-5", (200, 0, 10)),
        ("", (200, 0, 10)),
    ],
)
def test_a_range_gets_its_part(asked: str, expected: tuple[int, int, int]) -> None:
    verdict = judge({"range": asked}, SORT)
    assert (verdict.status, verdict.start, verdict.end) == expected


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"if-none-match": '"tag"'}, 304),
        ({"if-none-match": '"other", W/"tag"'}, 304),
        ({"if-none-match": "*"}, 304),
        ({"if-none-match": '"other"'}, 200),
        ({"if-none-match": '"other"', "if-modified-since": DATE}, 200),
        ({"if-modified-since": DATE}, 304),
        ({"if-modified-since": EARLIER}, 200),
        ({"if-modified-since": "yesterday"}, 200),
        ({"if-modified-since": "Mon, 01 Jan 0001 00:00:00"}, 200),
        ({"range": "bytes=0-1", "if-range": '"tag"'}, 206),
        ({"range": "bytes=0-1", "if-range": DATE}, 206),
        ({"range": "bytes=0-1", "if-range": '"other"'}, 200),
        ({"range": "bytes=0-1", "if-none-match": '"tag"'}, 304),
    ],
)
def test_a_condition_decides_the_status(asked: dict[str, str], status: int) -> None:
    assert judge(asked, SORT).status == status


def test_an_empty_file_has_no_part() -> None:
    assert judge({"range": "bytes=0-"}, Sort("text/plain", 0, 0, '"e"')).status == 416


def test_a_part_says_which_it_is() -> None:
    assert headers(SORT, judge({"range": "bytes=2-4"}, SORT)) == {
        "etag": '"tag"',
        "last-modified": DATE,
        "accept-ranges": "bytes",
        "content-range": "bytes 2-4/10",
        "content-type": "text/css; charset=utf-8",
        "content-length": "3",
    }


def test_a_part_that_is_not_there_says_how_much_there_is() -> None:
    assert headers(SORT, judge({"range": "bytes=10-"}, SORT))["content-range"] == "bytes */10"


def test_what_has_not_changed_has_no_content() -> None:
    assert headers(SORT, judge({"if-none-match": '"tag"'}, SORT)) == {
        "etag": '"tag"',
        "last-modified": DATE,
        "accept-ranges": "bytes",
    }
