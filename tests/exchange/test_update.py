"""Is a file that has two names on a disk that knows no case taken for one?"""

from dataclasses import replace

from kb.exchange.copies import arrived
from kb.exchange.folder import Note, arrange
from kb.exchange.sidecar import Stage
from kb.exchange.update import File, Update, update
from kb.library.taxonomy import Taxonomy
from kb.problems import Place

OLD, NEW = "other/flow.md", "other/Flow.md"


def note(title: str) -> Note:
    [made] = arrange(
        (arrived("a.md", f"---\ntitle: {title}\n---\n", None, Place("a.md")),), Taxonomy((), ())
    )
    return made


def renamed(old: bytes, new: bytes, *, is_one: bool, stage: Stage = Stage.SETTLED) -> Update:
    """What a title that differs in case changes, where these bytes are under the two names."""
    before = replace(note("flow").listing, stage=stage)
    present = {OLD: File(old, (1, 1)), NEW: File(new, (1, 1 if is_one else 2))}
    return update((note("Flow"),), (before,), present, frozenset())


def test_a_file_that_gets_a_name_of_another_case_is_renamed() -> None:
    done = renamed(note("flow").content, note("flow").content, is_one=True)
    assert (done.written, done.renamed, done.removed, done.problems) == (
        {NEW: note("Flow").content},
        {NEW: OLD},
        (),
        (),
    )
    assert [(one.file, one.stage) for one in done.meanwhile] == [
        (NEW, Stage.COMING),
        (OLD, Stage.GOING),
    ]


def test_a_rename_that_died_before_the_last_sidecar_does_not_remove_the_new_file() -> None:
    before = (
        replace(note("flow").listing, stage=Stage.GOING),
        replace(note("Flow").listing, stage=Stage.COMING),
    )
    both = File(note("Flow").content, (1, 1))
    done = update((note("Flow"),), before, {OLD: both, NEW: both}, frozenset())
    assert (NEW in done.written, done.renamed, done.removed) == (True, {NEW: OLD}, ())
    assert done.listings == (note("Flow").listing,)


def test_a_file_that_was_edited_is_not_renamed() -> None:
    done = renamed(b"mine", b"mine", is_one=True)
    assert (done.written, done.renamed, done.removed) == ({}, {}, ())
    assert [problem.message for problem in done.problems] == [
        "this file was edited since it was exported, and stays as it is"
    ]


def test_another_file_of_the_name_in_another_case_is_foreign() -> None:
    done = renamed(note("flow").content, b"mine", is_one=False)
    assert (done.written, done.renamed, done.removed) == ({}, {}, (OLD,))
    assert [problem.message for problem in done.problems] == [
        "this file stands where an article goes, and is none that kb exported"
    ]
