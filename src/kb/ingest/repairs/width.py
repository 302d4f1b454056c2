"""Which half-width punctuation of an excerpt stands in Chinese text and should be full-width?"""

import re

from kb.ingest.repairs.masking import FORMULA, INLINE

_HAN = "\u3400-\u9fff"
_CHINESE = f"{_HAN}，。！？；：、（）《》「」“”"
_WIDE = str.maketrans({",": "，", ":": "：", ";": "；", "?": "？", "!": "！"})

_AFTER_CHINESE = re.compile(rf"(?<=[{_CHINESE}])\s?([,:;?!])")
_BEFORE_CHINESE = re.compile(
    rf"(?<=[\w)\]}}\"'{INLINE}{FORMULA}])\s?([,:;?!])(?=\s?[{_HAN}（《“「])"
)
_STOP = re.compile(rf"(?<=[{_HAN}）”a-z{INLINE}{FORMULA}])\s?\.(?=\s?[{_HAN}]|\s?$)")
_BRACKETS = re.compile(r"\s?\(([^()]*)\)")
_HAS_HAN = re.compile(f"[{_HAN}]")
_SPACE_BEFORE_WIDE = re.compile(r"(?<=\S) (?=[，。；：！？、）》」])")
_SPACE_AFTER_WIDE = re.compile(rf"(?<=[，；：、（]) (?=[\w{INLINE}“《「（])")


def widen_punctuation(text: str) -> str:
    """Commas, colons, semicolons, question and exclamation marks and stops next to Chinese."""
    wide = _AFTER_CHINESE.sub(_widened, text)
    wide = _BEFORE_CHINESE.sub(_widened, wide)
    return _STOP.sub("。", wide) if _HAS_HAN.search(text) else wide


def widen_brackets(text: str) -> str:
    """Round brackets that hold Chinese text or follow it directly."""

    def widen(found: re.Match[str]) -> str:
        before = text[found.start() - 1 : found.start()]
        if not (_HAS_HAN.search(found.group(1)) or _HAS_HAN.match(before)):
            return found.group()
        return f"（{found.group(1).strip()}）"

    return _BRACKETS.sub(widen, text)


def close_up(text: str) -> str:
    """No space before a full-width mark, nor after one that does not end a sentence."""
    return _SPACE_BEFORE_WIDE.sub("", _SPACE_AFTER_WIDE.sub("", text))


def _widened(mark: re.Match[str]) -> str:
    return mark.group(1).translate(_WIDE)
