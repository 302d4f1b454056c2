"""Does any record come back from both formats as it left?"""

from hypothesis import given
from hypothesis import strategies as st

from kb.exchange import lines, sidecar
from kb.exchange.copies import Copy, arrived
from kb.exchange.cut import cut
from kb.exchange.folder import arrange
from kb.exchange.ledger_line import ledger_entry, ledger_line
from kb.exchange.links import Swap, restored, restored_where_kept
from kb.exchange.names import folded, readable, unique
from kb.exchange.returned import returned
from kb.exchange.sidecar import SIDECAR
from kb.library.ledger import LedgerLine
from kb.library.records import compose
from kb.library.taxonomy import Taxonomy
from kb.model import ArticleId, Digest, Match, Sighting, Slug
from kb.problems import KbError, Place

NO_TOPICS = Taxonomy((), ())
HERE = Place("here")
WORDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20)
PIECES = st.sampled_from(
    ["[[a]]", "[[B#c d|e]]", "![[a]]", "[x](a.md#y)", "[x]: <a.md>", "`[[a]]`", "```\n", "$$", "[["]
)
BODIES = st.lists(
    st.one_of(PIECES, WORDS, st.sampled_from(["\n", "\r\n", " ", "---", "\r", "\u2028"])),
    max_size=12,
).map("".join)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "title": WORDS,
        "tags": st.lists(st.sampled_from(["a b", "RL", "强化 学习"]), unique=True).map(tuple),
        "aliases": st.lists(WORDS, unique=True).map(tuple),
        "draft": st.booleans(),
        "mood": WORDS,
    },
)
SLUGS = st.sampled_from(["a", "b", "c-d"]).map(Slug)
LINES = st.builds(
    LedgerLine,
    id=st.just(ArticleId("0a")),
    slugs=st.lists(SLUGS, unique=True).map(tuple),
    keys=st.lists(st.just(Digest("f0")), max_size=1).map(tuple),
    sightings=st.lists(
        st.builds(Sighting, st.just("x/a.txt"), st.integers(1, 99), st.sampled_from(Match))
    ).map(tuple),
    wrote=st.dictionaries(st.sampled_from(["title", "body"]), st.just(Digest("aa"))),
)


@st.composite
def copied(draw: st.DrawFn, path: str) -> Copy:
    """A record's copy, with or without front matter, line and Windows' line ends."""
    fields: dict[str, object] = draw(FIELDS)
    body = draw(BODIES)
    line = draw(LINES) if path == "a.md" and draw(st.booleans()) else None
    head = {**fields, "id": line.id} if line else fields
    is_bare = not head and draw(st.booleans())
    text = body if is_bare else compose(head.items(), body)
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    try:
        return arrived(path, draw(st.sampled_from(["", "\ufeff"])) + text, line, HERE)
    except KbError:  # a body that begins as front matter does
        return arrived(path, "---\n---\n", None, HERE)


def travelled(copy: Copy) -> tuple[object, ...]:
    return copy.path, copy.text, copy.line


@given(copied("a.md"), copied("sub/b.md"))
def test_json_lines_come_back_as_they_left(first: Copy, second: Copy) -> None:
    content = b"\n".join(lines.render((first, second)))
    found, problems = lines.read(content, "notes.jsonl")
    assert (problems, [travelled(copy) for copy in found]) == (
        (),
        [travelled(first), travelled(second)],
    )


@given(copied("a.md"), copied("sub/b.md"))
def test_a_folder_comes_back_as_it_left(first: Copy, second: Copy) -> None:
    notes = arrange((first, second), NO_TOPICS)
    listings, problems = sidecar.read(sidecar.render(n.listing for n in notes), SIDECAR)
    files = {note.listing.file: note.content for note in notes}
    back = returned(files, listings, "vault", SIDECAR)

    assert (problems, back.problems, back.strangers) == ((), (), ())
    assert sorted(travelled(copy)[:2] for copy in back.copies) == [
        travelled(first)[:2],
        travelled(second)[:2],
    ]
    assert {copy.line.id: copy.line for copy in back.copies if copy.line} == {
        copy.line.id: copy.line for copy in (first, second) if copy.line
    }


@given(copied("a.md"))
def test_what_is_exported_is_the_same_record_for_who_reads_it_without_the_sidecar(
    copy: Copy,
) -> None:
    [note] = arrange((copy,), NO_TOPICS)
    shown = arrived("a.md", note.content.decode(), copy.line, HERE).record
    assert copy.record is not None
    assert shown is not None
    assert (shown.article.title, shown.article.slug, shown.article.id) == (
        copy.record.article.title,
        copy.record.article.slug,
        copy.record.article.id,
    )


@given(BODIES)
def test_a_text_is_cut_without_a_loss(text: str) -> None:
    try:
        assert "".join(cut(text)) == text
    except KbError:
        assert text.startswith("---")


@given(LINES)
def test_a_line_of_the_ledger_travels_whole(line: LedgerLine) -> None:
    assert ledger_line(ledger_entry(line), HERE) == line


@given(st.binary(max_size=60))
def test_no_bytes_break_the_reading_of_lines(content: bytes) -> None:
    lines.read(content, "notes.jsonl")
    sidecar.read(content, SIDECAR)


TITLES = st.text(max_size=200)


@given(TITLES, TITLES)
def test_names_are_legal_everywhere_and_differ_where_case_does_not_count(
    one: str, other: str
) -> None:
    first = readable(one, "a")
    second = unique(readable(other, "b"), "b", {folded(first)})
    assert folded(first) != folded(second)
    for name in (first, second):
        assert name == name.strip()
        assert not set(name) & set('<>:"/\\|?*#^[]\x00\n\r\t')
        assert 0 < len(f"{name}.md".encode()) < 200
        assert name[0] != "."
        assert name[-1] != "."


def test_names_that_mean_something_to_a_system_or_tool_are_changed() -> None:
    assert [readable(title, "s") for title in ("CON", "nul.txt", "index", "_index", "README")] == [
        "CON (s)",
        "nul.txt (s)",
        "index (s)",
        "index (s)",
        "README (s)",
    ]


def test_a_sidecar_makes_no_text_of_any_length() -> None:
    swaps = (Swap(0, "a", "a" * 1000),) * 3 + (Swap(-5, "", "x"),)
    assert len(restored_where_kept("a" * 100, swaps)) == 3097
    assert len(restored("a" * 100, swaps)) == 1099
