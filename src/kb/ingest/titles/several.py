"""Which subjects does an excerpt treat one after another, where it has several?"""

import re
from collections import Counter
from typing import Final

from kb.ingest.titles.headings import heading, inner_headings
from kb.ingest.titles.text import Opening, fold

_ITEM: Final = re.compile(
    r"(?:[。;.:!?] ?|\] )(?:\d{1,2}[.、)] ?|[一二三四五][、.] ?|第[一二三四五]种?[是:]?)?"
)
_FEW: Final = 3
_OFTEN: Final = 5
_MOST: Final = 4
_NEAR: Final = 0.6
_WHY: Final = re.compile("为什么|为何|为啥")


def listed(opening: Opening) -> str:
    """The names that three or more sentences or items in a row begin with: A、B、C.

    None where the text opens with one of them: then the last is set against the first.
    """
    heads = {found.end() for found in _ITEM.finditer(opening.body)}
    names: dict[str, str] = {}
    for hit in opening.known:
        name = opening.body[hit.start : hit.end]
        if not _is_subject(opening, hit.key):
            continue
        if hit.start in heads and name[0].isupper():
            names.setdefault(opening.lexicon.tags[hit.key], name)
        elif not names:
            return ""
    if len(names) < _FEW or opening.is_near(heading(opening) or "?"):
        return ""
    return "、".join([*names.values()][:_MOST])


def chaptered(opening: Opening) -> str:
    """The headings of an excerpt, where there are three and each is a known term."""
    hit = next(iter(opening.known), None)
    if not hit or hit.start or not opening.body.startswith(" ", hit.end):
        return ""
    first = heading(opening)
    if fold(first) not in opening.near:
        return ""
    later = [head for _, head in inner_headings(opening)]
    heads = [first, *later]
    if len(heads) < _FEW or any(fold(head) not in opening.near for head in heads):
        return ""
    return "、".join(dict.fromkeys(heads))


def asked(opening: Opening) -> str:
    """The known term that the heading asks about: 为什么 X 难训练 is about X."""
    found = _WHY.match(opening.body)
    hit = next((hit for hit in opening.known if found and hit.start < found.end() + 2), None)
    if not hit or not _is_subject(opening, hit.key):
        return ""
    return opening.body[hit.start : hit.end] if heading(opening) else ""


def with_platform(opening: Opening) -> str:
    """The product that the text opens with and the part of it that it goes on about: HBase RowKey.

    The product is named once and the part five times or more.
    """
    first = next((hit for hit in opening.known if _is_subject(opening, hit.key)), None)
    if not first or first.start or not opening.body[0].isupper():
        return ""
    times = Counter(_tag(opening, hit.key) for hit in opening.known)
    product = _tag(opening, first.key)
    part = next((h for h in opening.known if times[_tag(opening, h.key)] >= _OFTEN), first)
    if times[product] > 1 or not _is_subject(opening, part.key) or part is first:
        return ""
    return f"{opening.body[: first.end]} {opening.body[part.start : part.end]}"


def _tag(opening: Opening, key: str) -> str:
    return opening.lexicon.tags.get(key, key)


def _is_subject(opening: Opening, key: str) -> bool:
    return opening.near.get(key, 0.0) >= _NEAR and key in opening.lexicon.tags
