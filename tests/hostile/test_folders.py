"""Can what stands on the disk lead kb out of the project, hold it up, or end it in a traceback?"""

import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from projects import Ran, put, tree

Run = Callable[..., Ran]
Deed = Callable[[Path], object]
UNSEEN = "what no page may show"


@pytest.fixture
def root(small_site: Path, tmp_path: Path) -> Path:
    """The small project, built, beside a folder that is none of its business."""
    put(
        tmp_path, {"outside/x.md": f"---\ntitle: x\n---\n\n{UNSEEN}\n", "outside/kept.html": "kept"}
    )
    put(tmp_path, {"outside/x.txt": f"{UNSEEN}, word by word, in a line of a dump...\n"})
    return Path(shutil.copytree(small_site, tmp_path / "project"))


def link(name: str, target: str) -> Deed:
    """Let a name lead elsewhere; what stands there goes."""

    def deed(root: Path) -> None:
        path = root / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        path.parent.mkdir(exist_ok=True)
        path.symlink_to(target)

    return deed


def pipe(name: str) -> Deed:
    def deed(root: Path) -> None:
        (root / name).unlink(missing_ok=True)
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(root / name)

    return deed


def listening(root: Path) -> None:
    """A socket, as a program may leave one behind; its path is short for the system's sake."""
    here = Path.cwd()
    os.chdir(root / "static")
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind("socket")
    finally:
        os.chdir(here)


LEFT_OUT = {
    "a static link out": (link("static/s.txt", "../../outside/x.txt"), "leads out of its folder"),
    "a static folder out": (link("static/d", "../../outside"), "leads out of its folder"),
    "a static device": (link("static/zero", "/dev/zero"), "leads out of its folder"),
    "a static link to nothing": (link("static/gone", "nothing"), "is no file"),
    "a static link to itself": (link("static/self", "self"), "leads nowhere"),
    "a static pipe": (pipe("static/pipe"), "is no file"),
    "a static socket": (listening, "is no file"),
    "a link to the folder around": (link("static/loop", "."), "is no file"),
    "an article out": (link("content/articles/o.md", "../../../outside/x.md"), "leads out of"),
    "articles out": (link("content/articles/out", "../../../outside"), "leads out of its folder"),
    "an article of itself": (link("content/articles/self.md", "self.md"), "leads nowhere"),
    "an article from a pipe": (pipe("content/articles/p.md"), "is no file"),
    "a dump out": (link("content/transmissions/o.txt", "../../../outside/x.txt"), "leads out of"),
    "a dump from a pipe": (pipe("content/transmissions/p.txt"), "is no file"),
    "a template out": (link("templates/article.html", "../../outside/x.md"), "leads out of"),
    "a template from a pipe": (pipe("templates/base.html"), "is no file"),
    "a style from a pipe": (pipe("templates/assets/kb.css"), "is no file"),
}
REFUSED = {
    "settings from a pipe": (pipe("kb.yaml"), "error[invalid-config]"),
    "settings of nothing": (link("kb.yaml", "gone.yaml"), "error[invalid-config]"),
    "a ledger from a pipe": (pipe("content/ledger.jsonl"), "error[file-system]"),
    "an output around": (link("site", ".."), "error[bad-output]"),
    "an output that is the project": (link("site", "."), "error[bad-output]"),
    "an output that is the content": (link("site", "content"), "error[bad-output]"),
    "an output at the root": (link("site", "/"), "error[bad-output]"),
    "pages elsewhere": (link("site/articles", "../../outside"), ""),
}


@pytest.mark.parametrize("case", LEFT_OUT)
def test_what_is_no_file_of_the_project_is_left_out_and_told(
    root: Path, run: Run, case: str
) -> None:
    deed, told = LEFT_OUT[case]
    outside = tree(root.parent / "outside")
    deed(root)

    ran = run("build")

    assert "Traceback" not in ran.stderr
    assert ran.code == 0
    assert "warning[passed-over]: this" in ran.stderr
    assert told in ran.stderr
    assert not [path for path, content in tree(root / "site").items() if UNSEEN.encode() in content]
    assert tree(root.parent / "outside") == outside


@pytest.mark.parametrize("case", REFUSED)
def test_what_leads_the_site_or_its_memory_elsewhere_is_refused(
    root: Path, run: Run, case: str
) -> None:
    deed, told = REFUSED[case]
    before = tree(root.parent / "outside"), (root / "content/articles/flow.md").read_bytes()
    deed(root)

    ran = run("build", "--clean")

    assert "Traceback" not in ran.stderr
    assert ran.code == 1
    assert told in ran.stderr
    after = tree(root.parent / "outside"), (root / "content/articles/flow.md").read_bytes()
    assert after == before


@pytest.mark.parametrize("name", ["content/articles/p.md", "site/index.html", "templates/a.html"])
def test_a_check_waits_for_no_pipe(root: Path, run: Run, name: str) -> None:
    pipe(name)(root)

    ran = run("check")

    assert "Traceback" not in ran.stderr
    assert ran.code in {0, 1}


NAMES = (
    *("a\nb.txt", "a\x1b[2Jb.txt", "%2e%2e%2fx.txt", "..%2f.txt", "con.txt", "NUL.html", "..."),
    *("Note.TXT", "note.TXT", "é.txt", "e\u0301.txt", "a b#c?.txt", "\"quote'.txt", "-rf", "*"),
    *("<script>.html", "\u202etxt.exe", "a" * 250, "a:b", "C:", "a\\b.txt", "|", "😀.png", " "),
)


def test_static_files_may_have_any_name(root: Path, run: Run) -> None:
    before = tree(root / "site")
    for name in NAMES:
        (root / "static" / name).write_text("mine", "utf-8")

    ran = run("build")

    assert ran.code == 0
    assert {*tree(root / "site")} - {*before} == {*NAMES}
    assert run("check").code == 0
    (root / "static" / NAMES[0]).unlink()
    assert run("build").code == 0
    assert run("clean").code == 0
    assert not (root / "site").exists() or tree(root / "site") == {}


def test_articles_may_have_any_name_and_stand_where_kb_says(root: Path, run: Run) -> None:
    shown = [name for name in NAMES if not name.startswith(".")]
    for number, name in enumerate(shown):
        text = f"---\ntitle: Text {number}\nslug: text-{number}\n---\n\nText.\n"
        (root / "content/articles" / f"{name[:240]}.md").write_text(text, "utf-8")

    ran = run("build")

    assert (ran.code, "Traceback" in ran.stderr, "\x1b" in ran.stderr) == (0, False, False)
    assert all((root / f"site/articles/text-{n}.html").is_file() for n in range(len(shown)))


def test_a_name_that_is_no_text_is_told_and_nothing_is_written(root: Path, run: Run) -> None:
    (root / "static" / os.fsdecode(b"\xff.txt")).write_text("mine", "utf-8")

    ran = run("build")

    assert ran.code == 1
    assert "error[passed-over]: this has a name that is not UTF-8" in ran.stderr


@pytest.mark.parametrize(
    "name", ["content/articles/flow.md", "static/note.txt", "kb.yaml", "content/topics.yaml"]
)
def test_a_file_that_goes_while_it_is_read_is_a_problem_or_none(
    root: Path, run: Run, name: str
) -> None:
    """As where an editor saves by removing: a link to nothing is the moment between."""
    link(name, "gone")(root)

    ran = run("build")

    assert "Traceback" not in ran.stderr
    assert ran.code in {0, 1}


TEMPLATES = {
    "itself": "{% include 'article.html' %}",
    "its own base": "{% extends 'article.html' %}",
    "a macro without an end": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "more than there is memory": "{{ 'x' * 10**15 }}",
    "a call of what is none": "{{ page.title.foo() }}",
    "a file outside": "{% include '../../outside/x.md' %}",
    "a file by its whole path": "{% include '/etc/passwd' %}",
    "an import of Python": "{% import 'os' as os %}{{ os.getcwd() }}",
}


@pytest.mark.parametrize("case", TEMPLATES)
def test_a_template_that_fails_is_named_and_shows_nothing_from_outside(
    root: Path, run: Run, case: str
) -> None:
    put(root, {"templates/article.html": TEMPLATES[case]})
    before = tree(root / "site")

    ran = run("build")

    assert "Traceback" not in ran.stderr
    assert ran.code == 1
    assert "-template]: " in ran.stderr
    assert tree(root / "site") == before
