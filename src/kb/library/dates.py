"""With which day does a text begin?"""

import re
from datetime import date

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)", re.ASCII)


def day_of(text: str) -> str:
    """The day that `text` begins with, as YYYY-MM-DD, or nothing where the calendar has none such.

    >>> day_of("2026-03-14-b.txt"), day_of("2026-13-45.txt"), day_of("20260314.txt")
    ('2026-03-14', '', '')
    """
    found = _DAY.match(text)
    try:
        return date.fromisoformat(found.group()).isoformat() if found else ""
    except ValueError:
        return ""
