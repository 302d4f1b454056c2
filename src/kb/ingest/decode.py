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
_ESCAPED = re.compile("[\udc80-\udcff]")
_COMMON = re.compile(r"[\t\n\r -~　-〿㐀-鿿＀-￯‐-‧←-⇿×÷·°℃①-⑳Α-ωа-яА-Я]")
SAMPLE = 200_000
"""Characters looked at to judge an encoding."""


def decode(content: bytes, path: str) -> tuple[str, str]:
    """The text of a dump and the name of its encoding.

    Bytes that UTF-8 does not allow, in a dump that is UTF-8 otherwise, become lone surrogates
    (U+DC80 to U+DCFF), for the parser to quarantine their lines. Raises KbError for no text.
    """
    found = _marked(content) or _unicode(content) or _chinese(content) or _detected(content)
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
                return None
    return None


def _unicode(content: bytes) -> tuple[str, str] | None:
    if b"\x00" in content:
        return _utf16(content)
    text = content.decode("utf-8", errors="surrogateescape")
    wrong = len(_ESCAPED.findall(text))
    right = sum(1 for character in text[:SAMPLE] if character > "\x7f") - wrong
    return (text, "utf-8") if wrong == 0 or wrong * 20 < right else None


def _utf16(content: bytes) -> tuple[str, str] | None:
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _share_of_common(text) > 0.9:
            return text, encoding
    return None


def _chinese(content: bytes) -> tuple[str, str] | None:
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return (text, "gb18030") if _share_of_common(text) > 0.97 else None


def _detected(content: bytes) -> tuple[str, str] | None:
    from charset_normalizer import from_bytes  # rarely needed, slow to load

    best = from_bytes(content[:SAMPLE]).best()
    if best is None or b"\x00" in content:
        return None
    try:
        text = content.decode(best.encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    controls = sum(
        1 for c in text[:SAMPLE] if unicodedata.category(c) == "Cc" and c not in "\t\r\n"
    )
    return (text, best.encoding) if controls * 100 <= len(text[:SAMPLE]) else None


def _share_of_common(text: str) -> float:
    head = text[:SAMPLE]
    return len(_COMMON.findall(head)) / len(head) if head else 0.0
