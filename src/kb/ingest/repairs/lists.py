"""Which runs of an excerpt were the items of a list?"""

import re
from typing import NamedTuple

from kb.ingest.repairs.headings import heading
from kb.ingest.repairs.marks import HAN, MARK, SENTENCE_END

_DIGITS = "一二三四五六七八九"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_HINTS = (
    "1.",
    "其一",
    "一是",
    "第一",
    "一、",
    "①",
    "1)",
    "1）",
    "1、",
    "- ",
    "* ",
    "• ",
    "● ",
    "· ",
)


class _Family(NamedTuple):
    """A way to mark the items of a list; `number` is 0 where none is written."""

    marker: re.Pattern[str]
    may_repeat: bool
    keeps_marker: bool


_BEFORE = "(?:^|(?<=[ ：:。；;，,、]))"
_FAMILIES = (
    # Some editors number each item 1.
    _Family(re.compile(r"(?:^|(?<=[ ：:。；;、]))(\d{1,2})\. ?(?=[^\s\d.])"), True, False),
    _Family(re.compile(rf"{_BEFORE}[(（](\d{{1,2}})[)）] ?(?=[^\s、，,])"), False, False),
    _Family(re.compile(rf"{_BEFORE}(\d{{1,2}})[)）] ?(?=[^\s、，,])"), False, False),
    _Family(re.compile(r"(?:^|(?<=[ ：:。；;]))(\d{1,2})、 ?(?=[^\s\d、])"), False, False),
    _Family(re.compile(rf"{_BEFORE}([{_CIRCLED}]) ?(?=[^\s、，,{_CIRCLED}])"), False, True),
)
_BEFORE_LIST = re.compile(r"(?:^|[：:。；;！？”）] ?)$")
_NAMED_LIST = re.compile(rf"(?:^|(?<=[。！？”）]) )([\w{HAN} -]{{1,15}}(?<=[{HAN}])) $")
# `图 1. …` is a caption, `第 2. …` and `v 1.` are numbers of something.
_NUMBERED_THING = re.compile(
    rf"(?:(?:^|[^{HAN}]|[如见由与和及在从])[图表式例章节步第版]|§"
    r"|\b(?i:fig|figure|table|section|step|chapter|version|java|python|vol|no)\.?|\bv) ?$"
)
_BULLET = re.compile(r"(?:^|(?<=[ ：:。；;]))([-*•●·]) (?=[^\s\d-])")
_ENUMERATED = re.compile(
    rf"(?<=[：:；;。]) ?(?=(?:其[{_DIGITS}]|[{_DIGITS}]是|第[{_DIGITS}][，、：]|[{_DIGITS}]、))"
)
_ENUMERATIONS = tuple(
    [shape.format(digit) for digit in _DIGITS] for shape in ("其{}", "{}是", "第{}", "{}、")
)
_WORDS = re.compile(rf"[{HAN}]|[A-Za-z]{{2}}|[{MARK}\ufdd0-\ufdd6]")
_LINE_END = re.compile(rf"({SENTENCE_END}) +(?=\S)")
_SENTENCE_END = re.compile(SENTENCE_END)
FEWEST_ITEMS = 2


def restore_lists(text: str) -> str:
    """Ordered lists, bullets and enumerations, within each block that headings leave."""
    if not any(hint in text for hint in _HINTS):
        return text
    blocks = text.split("\n\n")
    return "\n\n".join(block if block.startswith(MARK) else _listed(block) for block in blocks)


def _listed(text: str) -> str:
    for family in _FAMILIES:
        found = _numbered(text, family)
        if found != text:
            return found
    found = _bulleted(text)
    return _enumerations(text) if found == text else found


def _numbered(text: str, family: _Family) -> str:
    """Items marked `1. … 1. …` or `1. … 2. …`, two at least, each on a line of its own."""
    markers = [
        m
        for m in family.marker.finditer(text)
        if not _NUMBERED_THING.search(text[max(0, m.start() - 10) : m.start()])
    ]
    if len(markers) < FEWEST_ITEMS or not _counts(markers, may_repeat=family.may_repeat):
        return text
    marks = [f"- {m[1]} " if family.keeps_marker else f"{m[1]}. " for m in markers]
    return _split(text, markers, marks)


def _counts(markers: list[re.Match[str]], *, may_repeat: bool) -> bool:
    numbers = [_CIRCLED.find(m[1]) + 1 or int(m[1]) for m in markers]
    repeats = may_repeat and numbers == [1] * len(numbers)
    return repeats or numbers == list(range(1, len(numbers) + 1))


def _bulleted(text: str) -> str:
    """Items behind one kind of bullet, two at least."""
    markers = list(_BULLET.finditer(text))
    if len(markers) < FEWEST_ITEMS or len({marker[1] for marker in markers}) > 1:
        return text
    return _split(text, markers, ["- "] * len(markers))


def _split(text: str, markers: list[re.Match[str]], marks: list[str]) -> str:
    """The text with a list of what follows its markers, unless something speaks against it."""
    before = text[: markers[0].start()]
    name = _NAMED_LIST.search(before[-17:])
    if name:
        before = f"{before[: -len(name.group())]}{heading(name[1]).rstrip()}"
    elif not _BEFORE_LIST.search(before[-2:]):
        return text
    ends = [*(marker.start() for marker in markers[1:]), len(text)]
    items = [text[m.end() : end].strip() for m, end in zip(markers, ends, strict=True)]
    last = _LINE_END.search(items[-1])
    rest = items[-1][last.end() :] if last else ""
    if last:
        items[-1] = items[-1][: last.end(1)]
    if not all(map(_WORDS.search, items)):
        return text
    lines = [_item(mark, item) for mark, item in zip(marks, items, strict=True)]
    return _joined(before, lines, rest).lstrip("\n")


def _enumerations(text: str) -> str:
    """`其一…；其二…` and the like, two clauses at least, each on a line of its own."""
    starts = [found.end() for found in _ENUMERATED.finditer(text)]
    words = [text[start : start + 2] for start in starts]
    if len(starts) < FEWEST_ITEMS or not any(
        words == names[: len(words)] for names in _ENUMERATIONS
    ):
        return text
    items = [text[a:b].strip() for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    if any(_SENTENCE_END.search(item[:-1]) for item in items[:-1]):
        return text
    last = _SENTENCE_END.search(items[-1])
    rest = items[-1][last.end() :] if last else ""
    items[-1] = items[-1][: last.end()] if last else items[-1]
    return _joined(text[: starts[0]], [_item("- ", item) for item in items], rest)


def _item(mark: str, text: str) -> str:
    """One item; what was a paragraph in it stays below it."""
    width = len(mark) if mark[0] != "-" else len("- ")
    return f"{MARK}{mark}" + _LINE_END.sub(rf"\1\n\n{' ' * width}", text)


def _joined(before: str, items: list[str], after: str) -> str:
    between = "\n\n" if any("\n" in item for item in items) else "\n"
    parts = (before.rstrip(), between.join(items), after.strip())
    return "\n\n".join(part for part in parts if part)
