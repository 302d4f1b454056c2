"""Which headings stand in a Markdown text, and which of them names it?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HEADING = re.compile(r"(#{1,6})[ \t]+(\S.*?)(?:[ \t]+#+)?[ \t]*")
_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_MARKUP = re.compile(r"[*_`$\\\[\]&<>{}~]|https?:")


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """A heading as it is written: its level, its source, and where its line stands in the text."""

    level: int
    source: str
    start: int
    end: int

    @property
    def words(self) -> str:
        """What it says, without markup."""
        if not _MARKUP.search(self.source):
            return self.source
        from kb.markup import render  # slow to load, and few headings hold markup

        outline = render(f"# {self.source}", path="").outline
        return outline[0].text if outline else self.source


def heading_lines(text: str) -> Iterator[HeadingLine]:
    """The headings outside code, in order."""
    fence, start = "", 0
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if mark and fence:
            closes = mark[1].startswith(fence) and not line[mark.end() :].strip()
            fence = "" if closes else fence
        elif mark:
            fence = mark[1]
        elif not fence and (found := _HEADING.fullmatch(line)):
            yield HeadingLine(len(found[1]), found[2], start, start + len(line))
        start += len(line) + 1


def naming_heading(text: str) -> HeadingLine | None:
    """The heading that the text begins with, else its first of level 1, if any."""
    for heading in heading_lines(text):
        if heading.level == 1 or not text[: heading.start].strip():
            return heading
    return None
