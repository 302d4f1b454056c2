"""Which half-width punctuation of an excerpt stands in Chinese text and should be full-width?

Each pattern begins with the sign itself, so that the engine skips from one to the next, and looks
back past it.
"""

import re

from kb.ingest.repairs.marks import FORMULA, HAN, LOST, LOST_BLOCK, MATH, SPACED

_CHINESE = f"{HAN}，。！？；：、（）《》「」“”"
_WIDE = str.maketrans({",": "，", ":": "：", ";": "；", "?": "？", "!": "！"})
_SET = f"{MATH}{FORMULA}{LOST}{LOST_BLOCK}"
_ENTITY = "".join(f"(?<!&{name};)" for name in ("lt", "gt", "amp", "quot", "nbsp"))
# `!=`, `![`, `::`, `:=`, `://` and the Java wildcard `? extends` are signs of code.
_CODE = r"(?!(?<=!)[=\[]|(?<=:)[:=/])(?!(?<= \?) [a-z])"
_AFTER_CHINESE = rf"(?<=[{_CHINESE}].)|(?<=[{_CHINESE}] .)"
_BEFORE_CHINESE = (
    rf"(?:(?<=[^\s,:;?!.{_CHINESE}].)|(?<=[^\s,:;?!.{_CHINESE}] .))"
    rf"(?= ?(?:\d{{1,2}}\. ?)?[{HAN}（《“「])"
)
_AFTER_FORMULA = rf"(?:(?<=[{_SET}].)|(?<=[{_SET}] .))(?= |$|[{_SET}])"
_SIGN = re.compile(
    rf"[,:;?!]{_ENTITY}{_CODE}(?:{_AFTER_CHINESE}|{_BEFORE_CHINESE}|{_AFTER_FORMULA})"
)
_MORE_MARKS = re.compile("[？！][?!]+")
# Between two Latin words of a Chinese clause, or behind a space that code would not have.
_AMONG_WORDS = re.compile(
    rf"[,;](?:(?<=[A-Za-z0-9.%]{{2}}.)(?=[A-Za-z0-9][A-Za-z0-9.+%-]+ ?[{_CHINESE}])"
    r"|(?<=[\w)\]] .)(?! ))"
)
_WORD_BEFORE = re.compile(
    rf"[{_CHINESE}] ?(?:[A-Za-z]{{2}}|\d+(?:\.\d+)?[A-Z]{{1,2}}(?![a-z]))[A-Za-z0-9.+%-]*$"
)
# The dots that writers use, unlike `。`, are followed by a space that proves no line break.
_STOP = re.compile(
    rf"\.(?:(?:(?<=[{HAN}）”].)|(?<=[{HAN}）”] .))"
    rf"(?<![一二三四五六七八九十].)(?<![一二三四五六七八九十] .)(?: (?=\S)|$|(?=[{HAN}]))"
    rf"|(?:(?<=[{_SET}].)|(?<=[{_SET}] .))(?: ?(?=[{HAN}])|$)"
    r"|(?<=[A-Za-z]{2}.)(?<!\betc.)(?<!\bvs.)(?<!\bal.)(?<!\b[Ff]ig.)(?<!\b[Ee]q.)(?<!\bcf.)"
    rf"(?<!\b[Nn]o.)(?<!\b[Ss]ec.)(?<!\b[DM]r.) (?=[{HAN}]))"
)
_BRACKETS = re.compile(r"\((?<!\\\()((?:[^()]|\([^()]*+\))*+)\)( ?)")
_OPEN = re.compile(r"\((?<!\\\()([^()]*…)$")
# Arguments, indices, a tuple: letters that stand alone, or LaTeX.
_SYMBOLS = re.compile(r"(?=.*[A-Za-z])(?:[A-Za-z](?![A-Za-z])|[^A-Za-z\\])*|.*\\.*")
_HAS_HAN = re.compile(f"[{HAN}]")
_CLOSED = re.compile(f"[{HAN}》」”]")
_GOES_ON = re.compile(f"[{HAN}]|[,:;][{HAN}]")
# Two words; but a first one that is a type or a modifier declares an argument.
_WORDS = re.compile(
    r"(?!(?:int|long|short|char|byte|void|bool|boolean|float|double|unsigned|const|final|auto|new"
    r"|self|var|let|def|string|String|Object|List|size_t)\b)(?=.*[A-Za-z]{3})"
    r"[A-Za-z0-9][A-Za-z0-9-]*(?: [A-Za-z0-9-]{2,})+"
)
_SPACE_BEFORE_WIDE = re.compile(r" (?=[，。；：！？、）》」])(?<=[^\s#] )")
_SPACE_AFTER_WIDE = re.compile(r"[，；：、（《「] (?=\S)")
# After a full stop the space was a line's end, and the bracket begins a paragraph.
_SPACE_BEFORE_BRACKET = re.compile(r" (?=（)(?<![。！？”] )")


def widen_brackets(text: str) -> str:
    """Round brackets that hold Chinese text, follow it, or hold words and are followed by it."""
    if "(" not in text:
        return text
    text = _OPEN.sub(_opened, _BRACKETS.sub(_widened, text))
    return _SPACE_BEFORE_BRACKET.sub("", text)


def widen_punctuation(text: str) -> str:
    """Commas, colons, semicolons, question and exclamation marks next to Chinese."""
    text = _SIGN.sub(lambda sign: sign.group().translate(_WIDE), text)
    text = _MORE_MARKS.sub(lambda marks: marks.group().translate(_WIDE), text)
    text = _AMONG_WORDS.sub(_among_words, text)
    return _SPACE_BEFORE_WIDE.sub("", text)


def widen_stops(text: str) -> str:
    """Full stops that end a Chinese sentence."""
    return _SPACE_BEFORE_WIDE.sub("", _STOP.sub("。", text))


def close_up(text: str) -> str:
    """No space before a full-width mark, nor after one that does not end a sentence."""
    if SPACED in text:
        text = text.replace(f"{SPACED} ", "").replace(SPACED, "")
    text = _SPACE_AFTER_WIDE.sub(lambda found: found.group()[0], text)
    return _SPACE_BEFORE_WIDE.sub("", text)


def _among_words(sign: re.Match[str]) -> str:
    before = sign.string[max(0, sign.start() - 60) : sign.start()]
    if before.endswith(" "):
        is_text = before.count("(") <= before.count(")") and before.count("[") <= before.count("]")
    else:
        is_text = _WORD_BEFORE.search(before) is not None
    return sign.group().translate(_WIDE) if is_text else sign.group()


def _widened(found: re.Match[str]) -> str:
    text, start, end = found.string, found.start(), found.end()
    is_spaced = text[start - 1 : start] == " "
    before = text[start - 1 - is_spaced : start - is_spaced]
    after = text[end : end + 2]
    if not _is_wide(before, found[1], "" if found[2] else after):
        return found.group()
    was_apart = is_spaced and found[2] and _HAS_HAN.match(after)
    return f"（{found[1].strip()}）{SPACED if was_apart else ''}{found[2]}"


def _is_wide(before: str, inside: str, after: str) -> bool:
    if _HAS_HAN.search(inside):
        return True
    if _CLOSED.match(before) and inside.strip() and not _SYMBOLS.fullmatch(inside):
        return True
    return bool(_GOES_ON.match(after) and _WORDS.fullmatch(inside))


def _opened(found: re.Match[str]) -> str:
    before = found.string[: found.start()][-2:].rstrip(" ")[-1:]
    return f"（{found[1].lstrip()}" if _is_wide(before, found[1], "") else found.group()
