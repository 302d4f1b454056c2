"""Which characters of an excerpt would Markdown take for marks of its own?

`]` is escaped, never `[`: `\\[` would open a formula for kb's own Markdown.
"""

import re

from kb.ingest.repairs.marks import LOST, LOST_BLOCK, MARK, STAND_INS

_LOSS = f"{LOST}{LOST_BLOCK}"
_ESCAPABLE = rf"[!-/:-@\[-`{{-~{STAND_INS}]|begin\b|$"
# Begins with the characters alone, so that the engine skips from one to the next.
_ALWAYS = re.compile(
    r"[\\*`$_<&\]^~](?:(?<=[*`$])"
    rf"|(?<=\\)(?={_ESCAPABLE})"
    r"|(?<=_)(?:(?<![A-Za-z0-9]_)|(?![A-Za-z0-9]))"
    r"|(?<=<)(?=[A-Za-z/!?])"
    r"|(?<=&)(?=#?\w{1,31};)"
    rf"|(?<=\])(?:(?=[\](\[:{_LOSS}])|(?<=[\]{_LOSS}]\]))"
    r"|(?<=\[\^)|(?<=~)(?:(?=~)|(?<=~~)))"
)
_SCHEME = re.compile(r"://(?:(?<=http://)|(?<=https://))", re.IGNORECASE)
_AFTER_LOST = re.compile(rf"[{_LOSS}](?=[(\[:{_LOSS}])")
_LINE_START = re.compile(
    rf"^(?!{MARK}## )((?: *{MARK}(?:- |\d{{1,9}}\. )?+| ++)?+)"
    r"(?:(\d{1,9})([.)])(?=\s|$)|([#>+=:~|-])|(\[[ xX])(?=\]))",
    re.MULTILINE,
)


def escape_prose(text: str) -> str:
    """Marks that would be live in the middle of a line, escaped."""
    text = _ALWAYS.sub(r"\\\g<0>", text)
    return _SCHEME.sub(r"\://", text) if "://" in text else text


def part_placeholders(text: str) -> str:
    """A space between a placeholder and what would make a link of it."""
    return _AFTER_LOST.sub(r"\g<0> ", text)


def escape_line_starts(text: str) -> str:
    """Marks that would be live at the start of a line, escaped where no repair set them."""
    return _LINE_START.sub(_escaped_start, text).replace(MARK, "")


def _escaped_start(found: re.Match[str]) -> str:
    before, number, point, mark, box = found.groups()
    if number:
        return f"{before}{number}\\{point}"
    return f"{before}\\{mark}" if mark else f"{before}{box}\\"
