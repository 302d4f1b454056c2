"""Which runs of an excerpt were the items of a list?"""

import re

from kb.ingest.repairs.headings import heading
from kb.ingest.repairs.marks import HAN, MARK, SENTENCE_END

_DIGITS = "一二三四五六七八九"
_MARKER = re.compile(r"(?:^|(?<=[ ：:。；;]))(\d{1,2})\. ?(?=[^\s\d.])")
_BEFORE_LIST = re.compile(r"(?:^|[：:。；;！？”）] ?)$")
_NAMED_LIST = re.compile(rf"(?:^|(?<=[。！？”）]) )([\w{HAN} -]{{1,15}}(?<=[{HAN}])) $")
# `图 1. …` is a caption, `第 2. …` and `v 1.` are numbers of something.
_NUMBERED_THING = re.compile(
    rf"(?:(?:^|[^{HAN}]|[如见由与和及在从])[图表式例章节步第版]|§"
    r"|\b(?:fig|figure|table|section|step|chapter|version|v|java|python|vol|no)\.?) ?$",
    re.IGNORECASE,
)
_ENUMERATED = re.compile(rf"(?<=[：:；;。]) ?(?=(?:其[{_DIGITS}]|[{_DIGITS}]是))")
_LINE_END = re.compile(rf"({SENTENCE_END}) +(?=\S)")
_SENTENCE_END = re.compile(SENTENCE_END)
FEWEST_ITEMS = 2


def restore_lists(text: str) -> str:
    """Ordered lists and enumerations, within each block that headings leave."""
    blocks = text.split("\n\n")
    return "\n\n".join(
        block if block.startswith(MARK) else _enumerations(_ordered(block)) for block in blocks
    )


def _ordered(text: str) -> str:
    """Items marked `1. … 1. …` or `1. … 2. …`, two at least, each on a line of its own."""
    markers = [
        m
        for m in _MARKER.finditer(text)
        if not _NUMBERED_THING.search(text[max(0, m.start() - 10) : m.start()])
    ]
    numbers = [int(marker[1]) for marker in markers]
    if len(markers) < FEWEST_ITEMS or numbers not in (
        [1] * len(numbers),
        list(range(1, len(numbers) + 1)),
    ):
        return text
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
    if not all(items):
        return text
    lines = [_item(f"{marker[1]}. ", item) for marker, item in zip(markers, items, strict=True)]
    return _joined(before, lines, rest).lstrip("\n")


def _enumerations(text: str) -> str:
    """`其一…；其二…` and `一是…；二是…`, two clauses at least, each on a line of its own."""
    starts = [found.end() for found in _ENUMERATED.finditer(text)]
    words = [text[start : start + 2] for start in starts]
    known = [f"其{digit}" for digit in _DIGITS], [f"{digit}是" for digit in _DIGITS]
    if len(starts) < FEWEST_ITEMS or not any(words == names[: len(words)] for names in known):
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
    return f"{MARK}{mark}" + _LINE_END.sub(rf"\1\n\n{' ' * len(mark)}", text)


def _joined(before: str, items: list[str], after: str) -> str:
    between = "\n\n" if any("\n" in item for item in items) else "\n"
    parts = (before.rstrip(), between.join(items), after.strip())
    return "\n\n".join(part for part in parts if part)
