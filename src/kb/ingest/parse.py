"""Which class does each line of a dump end in? Every line has exactly one."""

import re
import unicodedata
from collections.abc import Iterator

from kb.model import Line, LineKind, Reason, Transmission

HEADERS = ("INCOMING TRANSMISSION", "LATEST UPDATES")

_LINE_END = re.compile(r"\r\n|\r|\n")
_PAGER_WORDS = (
    r"上一页|下一页|上页|下页|首页|尾页|末页|页码|跳转|跳至|加载更多|查看更多|prev(?:ious)?|next|"
    r"first|last|older|newer|posts?|pages?|of|共|第|页|条|load more|more"
)
# Possessive: no line can be read in two ways, so none takes long.
_PAGER = re.compile(
    rf"(?:{_PAGER_WORDS}|[\d\s.…·•|/\\,:<>«»‹›←→⟨⟩【】\[\]()（）-])++", re.IGNORECASE
)
_PAGER_CORE = re.compile(r"\d|上一?页|下一?页|prev|next|older|newer|more|更多", re.IGNORECASE)
_INVISIBLE = dict.fromkeys(map(ord, "\u200b‌‍⁠﻿­"))
_UNDECODED = re.compile("[\ud800-\udfff]")


def parse(text: str, name: str, encoding: str, headers: tuple[str, ...] = ()) -> Transmission:
    """The transmission in the text of a dump; `headers` are further lines that are headers."""
    known = frozenset(_bare(header) for header in (*HEADERS, *headers))
    return Transmission(name, encoding, tuple(_lines(text, known)))


def _lines(text: str, headers: frozenset[str]) -> Iterator[Line]:
    parts = _LINE_END.split(text)
    if parts[-1] == "":
        parts.pop()
    for number, part in enumerate(parts, 1):
        kind, reason = _kind(part, headers)
        yield Line(number, kind, part, reason)


def _kind(line: str, headers: frozenset[str]) -> tuple[LineKind, Reason | None]:
    seen = line.translate(_INVISIBLE).strip()
    if not seen:
        return LineKind.BLANK, None
    if _bare(seen) in headers:
        return LineKind.HEADER, None
    if len(seen) <= 120 and _PAGER.fullmatch(seen) and _PAGER_CORE.search(seen):
        return LineKind.PAGER, None
    if _UNDECODED.search(seen):
        return LineKind.QUARANTINED, Reason.UNDECODED
    if not any(unicodedata.category(character)[0] in "LN" for character in seen):
        return LineKind.QUARANTINED, Reason.WORDLESS
    return LineKind.ENTRY, None


def _bare(line: str) -> str:
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", line).casefold()).strip()
