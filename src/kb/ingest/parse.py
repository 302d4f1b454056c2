"""Which class does each line of a dump end in? Every line has exactly one."""

import re
import unicodedata
from collections.abc import Iterator

from kb.model import Line, LineKind, Reason, Transmission

HEADERS = ("INCOMING TRANSMISSION", "LATEST UPDATES")

_LINE_END = re.compile(r"\r\n|\r|\n")
_PAGER_WORDS = (
    r"上一?页|下一?页|前一?页|后一?页|首页|尾页|末页|第一页|最后一页|页码|跳转|跳至|转到|前往|当前|显示|确定"
    r"|(?:加载|查看|显示|点击加载)更多|更多|prev(?:ious)?|next|first|last|older|newer|earlier|later|posts?"
    r"|entries|pages?|results?|items?|showing|viewing|displaying|go to|to|of|load more|show more"
    r"|view more|more|共|第|页|条|篇|项|到|至|每"
)
# Possessive: no line can be read in two ways, so none takes long.
_PAGER = re.compile(
    rf"(?:(?<![a-z])(?:{_PAGER_WORDS})(?![a-z])"
    r"|[\d\s.…·•|/\\,:<>«»‹›←→↑↓⟨⟩▶◀►◄▸◂【】\[\]()（），：=–—~_-])++",
    re.IGNORECASE,
)
_PAGER_CORE = re.compile(
    r"\d|[上下前后]一?页|第一页|最后一页|末页|尾页|prev|next|older|newer|earlier|later|more|更多",
    re.IGNORECASE,
)
LONGEST_PAGER = 120
"""Characters of a pager or a header; a longer line is neither."""
_WORD = re.compile(r"[^\W_]")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_NUMBER = re.compile(r"\b\d+\b")
_UNDECODED = re.compile("[\ud800-\udfff]")


def parse(text: str, name: str, encoding: str, headers: tuple[str, ...] = ()) -> Transmission:
    """The transmission in the text of a dump; `headers` are further lines that are headers."""
    known = frozenset(filter(None, map(_bare, (*HEADERS, *headers))))
    return Transmission(name, encoding, tuple(_lines(text, known)))


def _lines(text: str, headers: frozenset[str]) -> Iterator[Line]:
    parts = _LINE_END.split(text)
    if parts[-1] == "":
        parts.pop()
    for number, part in enumerate(parts, 1):
        kind, reason = _kind(part, headers)
        yield Line(number, kind, part, reason)


def _kind(line: str, headers: frozenset[str]) -> tuple[LineKind, Reason | None]:
    is_plain = line.isprintable()  # what is invisible or undecoded is not, and known at once
    seen = (line if is_plain else _INVISIBLE.sub("", line)).strip()
    if not seen:
        return LineKind.BLANK, None
    is_short = len(seen) <= LONGEST_PAGER
    if is_short and _is_header(_bare(seen), headers):
        return LineKind.HEADER, None
    if is_short and _PAGER.fullmatch(seen) and _PAGER_CORE.search(seen):
        return LineKind.PAGER, None
    if not is_plain and _UNDECODED.search(seen):
        return LineKind.QUARANTINED, Reason.UNDECODED
    if not _WORD.search(seen):
        return LineKind.QUARANTINED, Reason.WORDLESS
    return LineKind.ENTRY, None


def _is_header(bare: str, headers: frozenset[str]) -> bool:
    """Whether a line is a header, several in one line, or one with a number or a date."""
    if bare in headers:
        return True
    rest = _NUMBER.sub("", bare)
    for header in sorted(headers, key=len, reverse=True):
        rest = rest.replace(header, "")
    return not rest.strip() and _WORD.search(_NUMBER.sub("", bare)) is not None


def _bare(line: str) -> str:
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", line).casefold()).strip()
