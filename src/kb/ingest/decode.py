"""Which text do the bytes of a dump hold?"""

import codecs
import re
import unicodedata

from kb.problems import KbError, Place, Problem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ESCAPED = re.compile("[\ud800-\udfff]")
_WIDE_CODECS = ("utf-16-le", "utf-16-be")
_CODECS = ("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949")
_NAMES = {"big5hkscs": "big5", "cp932": "shift_jis", "cp949": "euc-kr", "euc_jp": "euc-jp"}
"""What a reader calls the codecs, each of which holds the named encoding."""

_COMMON = re.compile(r"[\t\n\r -~　-〿㐀-鿿＀-￯‐-‧←-⇿×÷·°℃①-⑳Α-ωа-яА-Я]")
# The most frequent characters of running text, simplified, traditional and Japanese, with the
# full-width marks: a third to a half of any real text, next to nothing of one decoded wrongly.
_FREQUENT = re.compile(
    "[的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后"
    "小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长"
    "現與這個來們為時國說對過後還發當無開經頭從動兩長學會樣將實種機關點間問題體處總數據模型法量化性算"
    "网络训练数据结构用户法进程内存算法计実際場合使用方法时间复杂度网路訓練資料結構記憶進程式演"
    "ぁ-んァ-ヶー가이는을를의에다고하한로，。、；：？！（）「」《》“”]"
)
SURE = 0.12
"""Share of frequent characters that no text reaches when decoded wrongly; measured: up to 0.09
(Big5 as GB18030 or EUC-KR), and 0.29 to 0.86 in the right encoding. EUC-JP kana read as GB18030
are kana as well, 0.81, but fewer than in EUC-JP."""
FEWEST_FREQUENT = 3
SAMPLE = 200_000
"""Characters looked at to judge an encoding."""
TELLING = 4
"""Characters beyond ASCII from which a line that is UTF-8 is so by no chance."""
FEW = 40
"""Bytes beyond ASCII that are too few for a detector."""
# What German, French, Spanish, Portuguese and their neighbours write beside ASCII.
_WESTERN = re.compile(r"[À-ÖØ-öø-ÿŒœŠšŽžŸ‘’“”„‚«»‹›–—…€£°§©®·¿¡ºª\xa0]")
_BESIDE = re.compile("(?<=[^\x00-\x7f])[^\x00-\x7f]")


def decode(content: bytes, path: str) -> tuple[str, str]:
    """The text of a dump and the name of its encoding.

    Bytes that the encoding does not allow, where they are few, become lone surrogates (U+D800 to
    U+DFFF), for the parser to quarantine their lines. Raises KbError for no text.
    """
    ways = (_marked, _unicode, _western, _national, _detected, _chinese, _mended, _guessed)
    found = next((found for way in ways if (found := way(content))), None)
    if found is None:
        fact = "this is not text in any known encoding"
        hint = "save it as UTF-8, or move it out of the folder of transmissions"
        raise KbError(Problem("unreadable-transmission", fact, Place(path), hint))
    return found


def _marked(content: bytes) -> tuple[str, str] | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            try:
                return content.decode(encoding), encoding.removesuffix("-sig")
            except UnicodeDecodeError:
                return _damaged(content, encoding)
    return None


def _damaged(content: bytes, encoding: str) -> tuple[str, str] | None:
    """UTF-16 with a mark whose bytes are not all characters."""
    if encoding != "utf-16":
        return None
    codec = _WIDE_CODECS[content.startswith(codecs.BOM_UTF16_BE)]
    text = _wide(content[2:], codec)
    return (text, encoding) if _share_of_common(text) > 0.9 else None


def _unicode(content: bytes) -> tuple[str, str] | None:
    zeros = content.count(0)
    if zeros * 10 > len(content):
        return _utf16(content)
    try:
        return content.decode(), "utf-8"
    except UnicodeDecodeError:
        text = content.decode("utf-8", errors="surrogateescape")
    if _is_utf_8(text) and zeros * 50 <= len(content):
        return text, "utf-8"
    return _utf16(content) if zeros else None


def _is_utf_8(text: str) -> bool:
    """Whether a text with wrong bytes is damaged UTF-8, and no other encoding.

    Another encoding read as UTF-8 has here and there a character of three bytes, 1 for 25 wrong
    ones, but hardly a line without a wrong one.
    """
    wrong = len(_ESCAPED.findall(text))
    wide = sum(1 for c in text[:SAMPLE] if c > "\u07ff") - wrong
    if wrong * 20 < _beyond_ascii(text) - wrong or wide * 4 >= wrong:
        return True
    lines = [line for line in text[:SAMPLE].splitlines() if not line.isascii()]
    damaged = sum(1 for line in lines if _ESCAPED.search(line))
    sound = sum(1 for line in lines if _beyond_ascii(line) >= TELLING) - damaged
    return sound >= damaged


def _western(content: bytes) -> tuple[str, str] | None:
    """Latin letters with accents: few among plain ones, and seldom two side by side."""
    text = content.decode("cp1252", errors="replace")
    head = text[:SAMPLE]
    count = _beyond_ascii(head)
    is_sparse = count * 4 < len(head) and len(_BESIDE.findall(head)) * 2 < count
    if not is_sparse or len(_WESTERN.findall(head)) < 0.95 * count or "\ufffd" in text:
        return None
    return text, "windows-1252"


def _utf16(content: bytes) -> tuple[str, str] | None:
    """The byte order that makes more of the bytes letters and signs that people write."""
    share, encoding = max((_share_of_written(_wide(content, name)), name) for name in _WIDE_CODECS)
    text = _wide(content, encoding)
    return (text, encoding) if share > 0 and _share_of_common(text) > 0.9 else None


def _wide(content: bytes, encoding: str) -> str:
    """UTF-16 with lone surrogates as they stand, and U+DC80 for half a unit at the end."""
    half = len(content) % 2
    text = content[: len(content) - half].decode(encoding, errors="surrogatepass")
    return text + "\udc80" * half


def _national(content: bytes) -> tuple[str, str] | None:
    """The one of the encodings of East Asia in which the text reads best.

    Bytes of one are often allowed in another, so that is no proof: frequent characters are.
    """
    if content.count(0) * 50 > len(content):
        return None
    head = content[: 2 * SAMPLE]
    shares = {name: _share_of_frequent(_read(head, name)) for name in _CODECS}
    encoding = max(shares, key=lambda name: shares[name])
    text = _read(content, encoding)
    if shares[encoding] <= SURE or len(_FREQUENT.findall(text[:SAMPLE])) < FEWEST_FREQUENT:
        return None
    return (text, _NAMES.get(encoding, encoding)) if text else None


def _chinese(content: bytes) -> tuple[str, str] | None:
    """GB18030: it is what Chinese is written in where the characters are too few to tell."""
    text = "" if b"\x00" in content else _read(content, "gb18030")
    return (text, "gb18030") if _share_of_common(text) > 0.97 else None


def _mended(content: bytes) -> tuple[str, str] | None:
    """ASCII with a few bytes that are nothing."""
    text = content.decode("ascii", errors="surrogateescape")
    is_text = _beyond_ascii(text) * 20 < len(text[:SAMPLE]) and not _has_controls(text)
    return (text, "utf-8") if is_text else None


def _read(content: bytes, encoding: str) -> str:
    """The text in an encoding that hardly any byte contradicts, or an empty text."""
    text = content.decode(encoding, errors="surrogateescape")
    wrong = len(_ESCAPED.findall(text))
    return text if wrong * 20 < _beyond_ascii(text) - wrong else ""


def _beyond_ascii(text: str) -> int:
    return sum(1 for character in text[:SAMPLE] if character > "\x7f")


def _detected(content: bytes) -> tuple[str, str] | None:
    is_enough = sum(1 for byte in content[:SAMPLE] if byte > 127) >= FEW
    return _guessed(content) if is_enough else None


def _guessed(content: bytes) -> tuple[str, str] | None:
    from charset_normalizer import from_bytes  # rarely needed, slow to load

    if b"\x00" in content:
        return None
    best = from_bytes(content[:SAMPLE]).best()
    if best is None:
        return None
    try:
        text = content.decode(best.encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    return None if _has_controls(text) else (text, best.encoding)


def _has_controls(text: str) -> bool:
    """Whether more than a few characters control a device that nobody has."""
    head = text[:SAMPLE]
    controls = sum(1 for c in head if unicodedata.category(c) == "Cc" and c not in "\t\r\n")
    return controls * 100 > len(head)


def _share_of_common(text: str) -> float:
    head = text[:SAMPLE]
    return len(_COMMON.findall(head)) / len(head) if head else 0.0


def _share_of_written(text: str) -> float:
    """How much of a text is ASCII or frequent."""
    head = text[:SAMPLE]
    signs = sum(1 for c in head if " " <= c <= "~" or c in "\t\r\n")
    return (signs + len(_FREQUENT.findall(head))) / len(head) if head else 0.0


def _share_of_frequent(text: str) -> float:
    """How much of a text's letters beyond ASCII is frequent."""
    beyond = [c for c in text[:SAMPLE] if c > "\x7f"]
    return len(_FREQUENT.findall("".join(beyond))) / len(beyond) if beyond else 0.0
