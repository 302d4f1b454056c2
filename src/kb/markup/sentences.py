"""What is left of a sentence when a reader is to see the link in it?"""

import re

from kb.markup.excerpt import ending, excerpt
from kb.markup.model import Sentence

FURTHEST = 300
"""Characters on either side of a link in which its sentence is looked for."""
LONGEST = 60
"""Characters of a sentence that are shown on either side: about a line and a half of Chinese."""

_SENTENCE_END = re.compile(r"[。！？!?；;\n]+[”’」』）)]*|\.(?=\s)")
_SPACES = re.compile(r"\s+")


def around(before: str, words: str, after: str) -> Sentence:
    """The sentence of a link out of the text before it, its own words and the text after it.

    What is longer than a reader wants is cut, and `…` says so.
    """
    ends = [found.end() for found in _SENTENCE_END.finditer(before)]
    finish = _SENTENCE_END.search(after)
    head, tail = before[ends[-1] if ends else 0 :], after[: finish.end() if finish else None]
    head, words, tail = (_SPACES.sub(" ", part) for part in (head, words, tail))
    return Sentence(ending(head.lstrip(), LONGEST), words.strip(), _beginning(tail.rstrip()))


def _beginning(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return text[: len(text) - len(text.lstrip())] + excerpt(text, LONGEST)
