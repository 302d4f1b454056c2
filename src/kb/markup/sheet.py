"""What has been written so far of a text on its way to HTML?"""

from dataclasses import dataclass, field
from itertools import accumulate

from markdown_it.token import Token

from kb.markup.characters import without_forbidden
from kb.markup.math import signs
from kb.markup.model import Heading, Html, Markup, Reference, Sentence
from kb.markup.plain import words
from kb.markup.sentences import FURTHEST, around
from kb.markup.words import Words
from kb.problems import Place, Problem, Severity

LABEL_SLOT = "\0"
"""Where an image stands in a label; no text holds NUL, as `clean` and the entities refuse it."""


@dataclass(slots=True)
class Capture:
    """A link whose label is being written: what was written before it, and what it began with."""

    outer: list[str]
    token: Token
    index: int


@dataclass(slots=True)
class Sheet:
    """The HTML, references and problems of one text, as they grow from top to bottom."""

    path: str
    first_line: int
    language: Words
    trusted: bool
    anchors: dict[str, str]
    headings: tuple[str, ...] = ()
    out: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    outline: list[Heading] = field(default_factory=list)
    inner: list[Heading] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    captures: list[Capture] = field(default_factory=list)
    inline: list[Token] = field(default_factory=list)
    run: str = ""
    offsets: list[int] = field(default_factory=list)
    index: int = 0
    line: int = 0
    link_depth: int = 0
    tables: int = 0
    part: int = 0

    def warn(self, code: str, message: str, hint: str = "") -> None:
        """Note what a person could mend in the line that is being written."""
        place = Place(self.path, self.first_line + self.line)
        self.problems.append(Problem(code, message, place, hint, Severity.WARNING))

    def slot(self, reference: Reference) -> None:
        """Leave a slot for `reference` here."""
        outer = self.captures[0].outer if reference.is_in_label else self.out
        self.pieces.append(without_forbidden("".join(outer)))
        outer.clear()
        self.references.append(reference)
        if reference.is_in_label:
            self.out.append(LABEL_SLOT)

    def capture(self, token: Token) -> None:
        """Begin to write the label of a link apart from the rest."""
        self.captures.append(Capture(self.out, token, self.index))
        self.out = []

    def captured(self) -> tuple[Token, Html, Sentence]:
        """End the label: its link's token, its HTML, and the sentence around it."""
        capture = self.captures.pop()
        label = Html("".join(self.out))
        self.out = capture.outer
        return capture.token, label, self.sentence(capture.index, self.index)

    def begin(self, tokens: list[Token]) -> None:
        """Begin a run of inline tokens."""
        self.inline, self.offsets = tokens, []

    def sentence(self, start: int, end: int) -> Sentence:
        """The sentence around the tokens from `start` to `end` of this run, on one line."""
        if not self.offsets:
            parts = list(words(self.inline))
            self.run, self.offsets = "".join(parts), [0, *accumulate(map(len, parts))]
        first, last = self.offsets[start], self.offsets[end + 1]
        before = self.run[max(0, first - FURTHEST) : first]
        token = self.inline[start]
        is_unlabelled = token.type == "wikilink" and not token.content
        own = "" if is_unlabelled else self.run[first:last][:FURTHEST]
        return around(before, own, self.run[last : last + FURTHEST])

    def markup(self) -> Markup:
        """All of it as a value."""
        return Markup(
            pieces=(*self.pieces, without_forbidden("".join(self.out))),
            references=tuple(self.references),
            outline=tuple(self.outline),
            inner=tuple(self.inner),
            text=without_forbidden("\n".join(part for part in self.text if part)),
            problems=tuple(self.problems),
            signs=signs(self.formulas) if self.formulas else "",
        )
