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
_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_DAYS = (
    "(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
    "|(?:周|星期|礼拜)[一二三四五六日天]"
)
_YEAR, _MONTH, _DAY = r"(?:19|20)\d\d", "(?:0?[1-9]|1[0-2])", "(?:0?[1-9]|[12]\\d|3[01])"
_ORDINAL = rf"{_DAY}(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"\W*(?:(?:{_DAYS})[,，. ]*)?"
    rf"(?:{_YEAR} ?[-/.年] ?{_MONTH}(?: ?[-/.月] ?{_DAY} ?[日号]?| ?月)?"
    rf"|{_YEAR} ?年|{_MONTH} ?月 ?{_DAY} ?[日号]|{_DAY}[-/.]{_MONTH}[-/.]{_YEAR}"
    rf"|{_MONTH}/{_DAY}/{_YEAR}"
    rf"|(?:{_MONTHS})\.? (?:{_ORDINAL}(?:,? {_YEAR})?|{_YEAR})"
    rf"|{_ORDINAL} (?:{_MONTHS})\.?(?:,? {_YEAR})?)"
    rf"(?:[T, ]*\d\d?:\d\d(?::\d\d)?)?(?:[,，（( ]*(?:{_DAYS}))?\W*",
    re.IGNORECASE,
)
_OF_DATES = re.compile(
    rf"(?<![^\W\d_])(?:{_MONTHS}|{_DAYS})(?![^\W\d_])|\d+(?:st|nd|rd|th)?(?![^\W\d_年月日号])|[年月日号]"
)
"""Numbers and names that a header may have beside its own words."""
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
    if is_short and _is_pager(seen):
        return LineKind.PAGER, None
    fault = _fault(seen, is_plain=is_plain)
    return (LineKind.QUARANTINED if fault else LineKind.ENTRY), fault


def _fault(seen: str, *, is_plain: bool) -> Reason | None:
    """What makes a line no entry."""
    if not is_plain and _UNDECODED.search(seen):
        return Reason.UNDECODED
    if len(seen) <= LONGEST_PAGER and _DATE.fullmatch(seen):
        return Reason.DATE
    return None if _WORD.search(seen) else Reason.WORDLESS


def _is_pager(seen: str) -> bool:
    if _PAGER.fullmatch(seen) is None or _PAGER_CORE.search(seen) is None:
        return False
    return _DATE.fullmatch(seen) is None


def _is_header(bare: str, headers: frozenset[str]) -> bool:
    """Whether a line is a header, several in one line, or one with a number or a date."""
    if bare in headers:
        return True
    rest = bare
    for header in sorted(headers, key=len, reverse=True):
        rest = rest.replace(header, " ")
    return rest != bare and not _OF_DATES.sub("", rest).strip()


def _bare(line: str) -> str:
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", line).casefold()).strip()
