"""How does an excerpt become an opening, with its lines and its known terms?"""

import re
from typing import Final

from kb.ingest.titles.headings import heading
from kb.ingest.titles.known import known_terms, nearness, standings
from kb.ingest.titles.peel import is_cut, peel, plain
from kb.ingest.titles.text import CJK, Lexicon, Opening, is_spaced

_LINE: Final = re.compile(rf"(?<=[{CJK}。!?:;,)\]\"”]) (?=\S)")
_WIDE: Final = re.compile(f"[{CJK}]+")
_ENGLISH: Final = 0.1


def opening_of(text: str, lexicon: Lexicon) -> Opening:
    """The opening of an excerpt: of its first 600 characters."""
    window = plain(text)
    body, numbered = peel(window)
    known = known_terms(body, lexicon.spoken, lexicon.tags)
    near = nearness(known, lexicon.spoken)
    standing = standings(known, near, lexicon.spoken, lexicon.tags)
    best = sorted({one.rank: one.first for one in standing.values()}.items())
    opening = Opening(
        window,
        body,
        is_spaced(window),
        numbered,
        is_cut(text),
        lexicon,
        tuple(_LINE.split(window)),
        known,
        standing,
        tuple([first for _, first in best]),
        sum(map(len, _WIDE.findall(window))) < _ENGLISH * len(window),
    )
    return opening._replace(head=heading(opening))
