"""Which half-width punctuation of an excerpt stands in Chinese text and should be full-width?"""

import re

from kb.ingest.repairs.marks import FORMULA, HAN, LOST, MATH, SPACED
from kb.languages import language_of

_CHINESE = f"{HAN}，。！？；：、（）《》「」“”"
_WIDE = str.maketrans({",": "，", ":": "：", ";": "；", "?": "？", "!": "！"})
_ENTITY = "".join(f"(?<!&{name})" for name in ("lt", "gt", "amp", "quot", "nbsp"))
_SIGN = rf"([,?]|{_ENTITY};|!(?![=\[])|:(?![:=/]))"
_SET = f"{MATH}{FORMULA}{LOST}"

_AFTER_CHINESE = re.compile(rf"(?<=[{_CHINESE}]) ?{_SIGN}")
_BEFORE_CHINESE = re.compile(
    rf"(?<=[^\s,:;?!.{_CHINESE}]) ?{_SIGN}(?= ?(?:\d{{1,2}}\. ?)?[{HAN}（《“「])"
)
_AFTER_FORMULA = re.compile(rf"(?<=[{_SET}]) ?{_SIGN}(?= |$|[{_SET}])")
# The dots that writers use, unlike `。`, are followed by a space that proves no line break.
_STOPS = (
    re.compile(rf"(?<=[{HAN}）”])(?<![一二三四五六七八九十]) ?\.(?: (?=\S)|$|(?=[{HAN}]))"),
    re.compile(rf"(?<=[{_SET}]) ?\.(?: ?(?=[{HAN}])|$)"),
    re.compile(
        r"(?<=[A-Za-z]{2})(?<!\betc)(?<!\bvs)(?<!\bal)(?<!\b[Ff]ig)(?<!\b[Ee]q)(?<!\bcf)"
        r"(?<!\b[Nn]o)(?<!\b[Ss]ec)(?<!\b[DM]r)"
        rf"\. (?=[{HAN}])"
    ),
)
_BRACKETS = re.compile(r"( ?)(?<!\\)\(((?:[^()]|\([^()]*+\))*+)\)( ?)")
_OPEN = re.compile(r" ?(?<!\\)\(([^()]*…)$")
# Arguments, indices, a tuple: letters that stand alone, or LaTeX.
_SYMBOLS = re.compile(r"(?=.*[A-Za-z])(?:[A-Za-z](?![A-Za-z])|[^A-Za-z\\])*|.*\\.*")
_HAS_HAN = re.compile(f"[{HAN}]")
_CLOSED = re.compile(f"[{HAN}》」”]")
_WORDS = re.compile(r"[A-Za-z][A-Za-z-]{2,}(?: [A-Za-z-]{2,})+")
_SPACE_BEFORE_WIDE = re.compile(r"(?<=[^\s#]) (?=[，。；：！？、）》」])")
_SPACE_AFTER_WIDE = re.compile(r"(?<=[，；：、（《「]) (?=\S)")


def widen_punctuation(text: str) -> str:
    """Commas, colons, semicolons, question and exclamation marks and stops next to Chinese."""
    if language_of(text) != "zh":
        return text
    for pattern in (_AFTER_CHINESE, _BEFORE_CHINESE, _AFTER_FORMULA):
        text = pattern.sub(lambda mark: mark[1].translate(_WIDE), text)
    for pattern in _STOPS:
        text = pattern.sub("。", text)
    return text


def widen_brackets(text: str) -> str:
    """Round brackets that hold Chinese text, follow it, or hold words and are followed by it."""
    if language_of(text) != "zh":
        return text

    def widen(found: re.Match[str]) -> str:
        before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        if not _is_wide(before, found[2], "" if found[3] else after):
            return found.group()
        is_spaced = found[1] and found[3] and _HAS_HAN.match(after)
        return f"（{found[2].strip()}）{SPACED if is_spaced else ''}{found[3]}"

    return _OPEN.sub(_opened, _BRACKETS.sub(widen, text))


def close_up(text: str) -> str:
    """No space before a full-width mark, nor after one that does not end a sentence."""
    text = text.replace(f"{SPACED} ", "").replace(SPACED, "")
    return _SPACE_BEFORE_WIDE.sub("", _SPACE_AFTER_WIDE.sub("", text))


def _is_wide(before: str, inside: str, after: str) -> bool:
    if _HAS_HAN.search(inside):
        return True
    if _CLOSED.match(before) and inside.strip() and not _SYMBOLS.fullmatch(inside):
        return True
    return bool(_HAS_HAN.match(after) and _WORDS.fullmatch(inside))


def _opened(found: re.Match[str]) -> str:
    before = found.string[found.start() - 1 : found.start()]
    return f"（{found[1].lstrip()}" if _is_wide(before, found[1], "") else found.group()
