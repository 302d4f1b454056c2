"""Which part of a file does a request want, and with which status?"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import formatdate, parsedate_to_datetime
from http import HTTPStatus

# 18 digits are more than any file has, and few enough for int() to be quick.
_RANGE = re.compile(r"(?i:bytes)\s*=\s*(?P<first>[0-9]{0,18})\s*-\s*(?P<last>[0-9]{0,18})")


@dataclass(frozen=True, slots=True)
class Sort:
    """What HTTP says about a file.

    `size` in bytes, `modified` in whole seconds since 1970, `etag` with its quotes.
    """

    media_type: str
    size: int
    modified: int
    etag: str

    @property
    def last_modified(self) -> str:
        """The time of the last change as an HTTP date."""
        return formatdate(self.modified, usegmt=True)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The status of the answer, and the bytes from `start` to before `end` that it carries."""

    status: HTTPStatus
    start: int
    end: int


def judge(asked: Mapping[str, str], sort: Sort) -> Verdict:
    """What to answer to a GET with these headers (RFC 9110, sections 13 and 14).

    Several ranges at once and ranges that cannot be read get the whole file, as section 14.2
    allows.
    """
    if _is_unchanged(asked, sort):
        return Verdict(HTTPStatus.NOT_MODIFIED, 0, 0)
    found = _RANGE.fullmatch(asked.get("range", "").strip())
    if found is None or not _may_part(asked, sort):
        return Verdict(HTTPStatus.OK, 0, sort.size)
    return _part(found["first"], found["last"], sort.size)


def headers(sort: Sort, verdict: Verdict) -> dict[str, str]:
    """The headers that go with a verdict."""
    same = {"etag": sort.etag, "last-modified": sort.last_modified, "accept-ranges": "bytes"}
    match verdict.status:
        case HTTPStatus.NOT_MODIFIED:
            return same
        case HTTPStatus.PARTIAL_CONTENT:
            same["content-range"] = f"bytes {verdict.start}-{verdict.end - 1}/{sort.size}"
        case HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            same["content-range"] = f"bytes */{sort.size}"
    return same | {
        "content-type": sort.media_type,
        "content-length": str(verdict.end - verdict.start),
    }


def _is_unchanged(asked: Mapping[str, str], sort: Sort) -> bool:
    known = asked.get("if-none-match")
    if known is not None:
        tags = [tag.strip().removeprefix("W/") for tag in known.split(",")]
        return "*" in tags or sort.etag in tags
    since = _seconds(asked.get("if-modified-since"))
    return since is not None and sort.modified <= since


def _may_part(asked: Mapping[str, str], sort: Sort) -> bool:
    condition = asked.get("if-range")
    return condition is None or condition in (sort.etag, sort.last_modified)


def _part(first: str, last: str, size: int) -> Verdict:
    if not first and not last:
        return Verdict(HTTPStatus.OK, 0, size)
    start = int(first) if first else max(0, size - int(last))
    end = min(size, int(last) + 1) if first and last else size
    if first and last and int(last) < int(first):
        return Verdict(HTTPStatus.OK, 0, size)
    if start >= end:
        return Verdict(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, 0, 0)
    return Verdict(HTTPStatus.PARTIAL_CONTENT, start, end)


def _seconds(date: str | None) -> float | None:
    try:
        return parsedate_to_datetime(date).timestamp() if date else None
    except (TypeError, ValueError, OverflowError):
        return None
