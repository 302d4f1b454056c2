"""What does Markdown become before its links are known?

Rendering a text depends on that text alone, so it can be remembered by its digest. Where it links
to another page of the site it leaves a slot, which `assemble` fills when the library is known.
"""

from dataclasses import dataclass
from typing import NewType

from kb.problems import Problem

Html = NewType("Html", str)
"""Safe HTML: only kb.markup makes it, only the template filter `html` lets it out unescaped."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text: level 2 to 6, the id of its anchor, and its words.

    `html` is what a list of contents shows of one that holds formulas, empty for any other.
    """

    level: int
    id: str
    text: str
    html: Html = Html("")


@dataclass(frozen=True, slots=True)
class Sentence:
    """The plain words on either side of a link, and its own; these are empty where its label is."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A link from the text to something of this site.

    `target` is what is written: the name of an article (`[[lora]]`, `[x](lora.md)`) or, with a
    leading slash, a path from the site's root (`/images/a.png`). `anchor` is the heading asked
    for, `label` the safe HTML shown (empty: the target's title), `sentence` the plain text around
    it, `line` its line in the file. An image is labelled with its alternative text, its `size` is
    width and height in pixels, 0 where it may be any; one inside the label of another reference is
    `is_in_label`: it stands before that reference, with an empty piece between them, and NUL marks
    its place in that label. An embed asks for the target's text itself, or for that under the
    heading `anchor`. `part` counts the headings of the outline down to where it stands; in a
    footnote it is -1. `title` is what `[x](y "title")` says.
    """

    target: str
    anchor: str
    label: Html
    line: int
    sentence: Sentence
    is_image: bool = False
    is_in_label: bool = False
    is_embed: bool = False
    size: tuple[int, int] = (0, 0)
    part: int = 0
    title: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a reference leads: a relative URL, and the title shown where it has no label.

    `width` and `height` are an image's, in pixels; 0 where they are not known.
    """

    url: str
    title: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Embedded:
    """A text to stand in the place of an embed: where it is from, its HTML, its language."""

    source: Target
    html: Html
    lang: str


@dataclass(frozen=True, slots=True)
class Name:
    """A link without a label: the number of its reference, and the part of the text it stands for.

    That part holds what the link names; a reader sees the title.
    """

    reference: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Markup:
    """A rendered text: `pieces[i]` stands before `references[i]`, the last piece after them all.

    `outline` are the headings of the text itself, `inner` those in quotations, lists and callouts.
    `signs` are those of its formulas, sorted: what a math font must have. `names` are in order.
    `code` are the lines of `text`, from each first to before each last, that are code.
    """

    pieces: tuple[str, ...]
    references: tuple[Reference, ...]
    outline: tuple[Heading, ...]
    inner: tuple[Heading, ...]
    text: str
    problems: tuple[Problem, ...]
    signs: str = ""
    names: tuple[Name, ...] = ()
    code: tuple[tuple[int, int], ...] = ()

    @property
    def prose(self) -> str:
        """The text without its code."""
        if not self.code:
            return self.text
        lines = self.text.split("\n")
        for first, last in reversed(self.code):
            del lines[first:last]
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Prose:
    """What of a markup can be searched: its headings, and its words as a reader sees them.

    Where `names` are, the reader sees titles.
    """

    outline: tuple[Heading, ...]
    text: str
    names: tuple[Name, ...] = ()
