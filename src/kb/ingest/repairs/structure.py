"""Where did a flattened excerpt have paragraphs, headings, lists and display formulas?

A scraper made a space of each line end. In Chinese text a space between two Chinese characters or
after a full stop can be nothing else; between Chinese and Latin it may be mere spacing and proves
nothing, so there the text is left as it is.
"""

import re

from kb.ingest.repairs.escaping import MARK
from kb.ingest.repairs.masking import FORMULA, INLINE
from kb.ingest.titles import is_section_word

_HAN = "\u3400-\u9fff"
_DIGITS = "一二三四五六七八九"
_SENTENCE_END = r"[。！？…][”’」』）]*"
_PARAGRAPH = re.compile(rf"({_SENTENCE_END}) +(?=\S)")
_FIRST_HEADING = re.compile(
    rf"^(?:[^\w\s（《“「{INLINE}]+ )?((?:[\w·/+()（）\-—?？ ]){{1,30}}?[{_HAN}）？]) (?=[{_HAN}])"
)
_INNER_HEADING = re.compile(
    rf"({_SENTENCE_END}) ([\w·/+-]{{1,15}}[{_HAN}]) (?=[{_HAN}][^ ]{{11}})(?![的是在和与中也都被会可能])"
)
_WORD = re.compile(r"(^|[。！？：:…”] )([^ ，,；;、。…]{2,16})(?= \S)")
_MARKER = re.compile(r"(?:^|(?<=[ ：:。；;]))(\d{1,2})\. ?(?=[^\s\d])")
_ENUMERATED = re.compile(rf"(?<=[：:；;。]) ?(?=(?:其[{_DIGITS}]|[{_DIGITS}]是))")
_ITEM_END = re.compile(rf"{_SENTENCE_END} ")
MOST_WORDS_OF_A_HEADING = 4
FEWEST_ITEMS = 2


def raise_first_heading(text: str) -> str:
    """A short first line without punctuation, ended by a space between Chinese characters."""
    found = _FIRST_HEADING.match(text)
    if not found or len(text) - found.end() < 30 or found[1].count(" ") >= MOST_WORDS_OF_A_HEADING:
        return text
    return f"{_heading(found[1])}{text[found.end() :]}"


def raise_section_words(text: str) -> str:
    """Section words (概述, 背景 …) and short lines that stand alone between two sentences."""
    text = _WORD.sub(
        lambda found: found[1].rstrip(" ") + _heading(found[2]) if is_section_word(found[2]) else found[0],
        text,
    )
    return _INNER_HEADING.sub(lambda found: f"{found[1]}{_heading(found[2])}", text).replace(
        "\n\n ", "\n\n"
    )


def restore_ordered_lists(text: str) -> str:
    """Items marked `1. … 1. …` or `1. … 2. …`, two at least, each on a line of its own."""
    markers = list(_MARKER.finditer(text))
    numbers = [int(marker[1]) for marker in markers]
    if numbers not in ([1] * len(numbers), list(range(1, len(numbers) + 1))):
        return text
    return _as_list(text, [marker.start() for marker in markers], "")


def restore_enumerations(text: str) -> str:
    """`其一…；其二…` and `一是…；二是…`, two at least, each on a line of its own."""
    starts = [found.end() for found in _ENUMERATED.finditer(text)]
    words = [text[start : start + 2] for start in starts]
    known = [f"其{digit}" for digit in _DIGITS], [f"{digit}是" for digit in _DIGITS]
    if not any(words == expected[: len(words)] for expected in known):
        return text
    return _as_list(text, starts, "- ")


def break_paragraphs(text: str) -> str:
    """A paragraph's end at each full stop that a space follows."""
    return _PARAGRAPH.sub("\\1\n\n", text)


def set_formulas_apart(text: str) -> str:
    """Each display formula in a paragraph of its own."""
    return re.sub(rf"\s*{FORMULA}\s*", f"\n\n{FORMULA}\n\n", text)


def _as_list(text: str, starts: list[int], mark: str) -> str:
    """The text with items from each start on lines of their own; the last ends with its sentence."""
    if len(starts) < FEWEST_ITEMS:
        return text
    ends = [*starts[1:], len(text)]
    items = [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    sentence = _ITEM_END.search(items[-1])
    rest = items[-1][sentence.end() :] if sentence else ""
    if sentence:
        items[-1] = items[-1][: sentence.end()].rstrip()
    lines = "\n".join(f"{MARK}{mark}{item}" for item in items)
    return "\n\n".join(part for part in (text[: starts[0]].rstrip(), lines, rest) if part)


def _heading(words: str) -> str:
    return f"\n\n{MARK}## {words}\n\n"
