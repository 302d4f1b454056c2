"""What has been written so far of a text on its way to HTML?"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from markdown_it.token import Token

from kb.markup.characters import without_forbidden
from kb.markup.math import signs
from kb.markup.model import Heading, Html, Markup, Name, Reference, Sentence
from kb.markup.plain import words
from kb.markup.sanitized import KEPT, SLOT, at_slots, sanitized
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
    has_entities: bool = False
    headings: tuple[str, ...] = ()
    out: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    outline: list[Heading] = field(default_factory=list)
    inner: list[Heading] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    code: list[int] = field(default_factory=list)
    names: list[tuple[int, Name]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    captures: list[Capture] = field(default_factory=list)
    inline: list[Token] = field(default_factory=list)
    run: str = ""
    offsets: list[int] = field(default_factory=list)
    index: int = 0
    written: int = 0
    line: int = 0
    link_depth: int = 0
    tables: int = 0
    part: int = 0
    diagrams: int = 0
    has_html: bool = False
    kept: list[str] = field(default_factory=list)

    def warn(self, code: str, message: str, hint: str = "") -> None:
        """Note what a person could mend in the line that is being written."""
        place = Place(self.path, self.first_line + self.line)
        self.problems.append(Problem(code, message, place, hint, Severity.WARNING))

    def slot(self, reference: Reference) -> None:
        """Leave a slot for `reference` here."""
        outer = self.captures[0].outer if reference.is_in_label else self.out
        self.pieces.append(self._allowed("".join(outer)))
        outer.clear()
        self.references.append(reference)
        if reference.is_in_label:
            self.out.append(LABEL_SLOT)

    def name(self) -> None:
        """Note that a reader sees a title where this token stands in this run."""
        start, end = self.offsets[self.index], self.offsets[self.index + 1]
        self.names.append((len(self.text), Name(len(self.references) - 1, start, end)))

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

    def keep(self, html: str) -> str:
        """`html` of our own, kept aside where the text around it is sanitised at the end."""
        if not self.has_html:
            return html
        self.kept.append(html)
        return f"{KEPT}{len(self.kept) - 1}{KEPT}"

    def _sanitized(self) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """Pieces of a text with HTML in it, and the numbers of the references between them."""
        pieces = [*self.pieces, self._allowed("".join(self.out))]
        marked = (f"{piece}{SLOT}{number}{SLOT}" for number, piece in enumerate(pieces[:-1]))
        left, numbers = at_slots(sanitized("".join([*marked, pieces[-1]]), self.kept))
        return tuple(left), tuple(numbers)

    def markup(self) -> Markup:
        """All of it as a value."""
        pieces = (*self.pieces, self._allowed("".join(self.out)))
        numbers = tuple(range(len(self.references)))
        if self.has_html:
            pieces, numbers = self._sanitized()
        return Markup(
            pieces=pieces,
            references=tuple(self.references[number] for number in numbers),
            outline=tuple(self.outline),
            inner=tuple(self.inner),
            text=self._allowed("\n".join(part for part in self.text if part)),
            problems=tuple(self.problems),
            signs=signs(self.formulas) if self.formulas else "",
            names=tuple(self._names(numbers)) if self.names else (),
            code=tuple(self._lines_of_code()) if self.code else (),
        )

    def _lines_of_code(self) -> Iterator[tuple[int, int]]:
        """The lines that code takes in the whole text."""
        heights = (self._allowed(part).count("\n") + bool(part) for part in self.text)
        begins = [0, *accumulate(heights)]
        return ((begins[part], begins[part + 1]) for part in self.code)

    def _names(self, numbers: tuple[int, ...]) -> Iterator[Name]:
        """Where the names stand in the whole text, by the numbers of the references that are left.

        The parts of the text are measured as they are after `_allowed`.
        """
        left = {number: place for place, number in enumerate(numbers)}
        begins = [0, *accumulate(len(self._allowed(part)) + bool(part) for part in self.text)]
        for part, name in self.names:
            if name.reference in left and self._allowed(self.text[part]) == self.text[part]:
                begin = begins[part]
                yield Name(left[name.reference], begin + name.start, begin + name.end)

    def _allowed(self, written: str) -> str:
        """`written` without what only an entity by number can have brought back."""
        return without_forbidden(written) if self.has_entities else written
