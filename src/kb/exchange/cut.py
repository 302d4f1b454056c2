"""Where in a file, with its own line ends, does the front matter end and the body begin?"""

import re

from kb.library.records import normalise, split

_BREAK = re.compile(r"\r\n|\r|\n")


def cut(text: str) -> tuple[str, str]:
    """Front matter and body as they are written: joined they are the text."""
    plain = normalise(text)
    _, body = split(plain, "")
    lines = plain[: len(plain) - len(body)].count("\n")
    if not body:
        return text, ""
    ends = [found.end() for _, found in zip(range(lines), _BREAK.finditer(text), strict=False)]
    start = ends[-1] if ends else len(text) - len(text.removeprefix("\ufeff"))
    return text[:start], text[start:]
