"""Which characters of an excerpt would Markdown take for marks of its own?"""

import re

MARK = "﷒"
"""Stands before a Markdown mark that a repair set at the start of a line."""

_ALWAYS = re.compile(r"[*`$]|\\(?=[!-/:-@\[-`{-~])")
_UNDERSCORE = re.compile(r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#?\w{1,31};)")
_BRACKET = re.compile(r"\[(?=[\[^!])|\[(?=[^\[\]]*\](?:\(|\[|:))|(?<=\[)\[")
_STRIKE = re.compile(r"~~")
_LINE_START = re.compile(r"^(?:(\d{1,9})([.)])(?=\s|$)|([#>+=:~|-]))", re.MULTILINE)


def escape_markdown(text: str) -> str:
    """Marks that would be live in the middle of a line, escaped."""
    for pattern in (_ALWAYS, _UNDERSCORE, _TAG, _ENTITY, _BRACKET):
        text = pattern.sub(r"\\\g<0>", text)
    return _STRIKE.sub(r"\\~\\~", text)


def escape_line_starts(text: str) -> str:
    """Marks that would be live at the start of a line, escaped where no repair set them."""
    escaped = _LINE_START.sub(_escaped_start, text)
    return escaped.replace(MARK, "")


def _escaped_start(found: re.Match[str]) -> str:
    return f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}"
