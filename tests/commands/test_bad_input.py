"""Is everything that a person can get wrong a problem with its place, and harmless to the site?"""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from projects import SMALL, Files, Ran, built, clean_build, put, tree

Run = Callable[..., Ran]
Cases = Mapping[str, tuple[Files, str]]

DUMP = "content/transmissions/x.txt"
FLOW = "content/articles/flow.md"
ARTICLE = "templates/article.html"
TOPICS = "content/topics.yaml"
LEDGER = "content/ledger.jsonl"


def flow(*lines: str) -> Files:
    """Another front matter for an article that stands on the site."""
    return {FLOW: "\n".join(("---", *lines, "---", "", "Another text.", ""))}


def settings(*lines: str) -> Files:
    """Other settings."""
    return {"kb.yaml": "\n".join(("title: Notes", *lines, ""))}


DUMPS: Cases = {
    "a dump that is binary": (
        {DUMP: bytes(range(256)) * 20},
        f"{DUMP}: error[unreadable-transmission]",
    ),
}
FRONT_MATTER: Cases = {
    "front matter without an end": (
        {FLOW: "---\ntitle: Flow\n\nText.\n"},
        f"{FLOW}:1:1: error[open-front-matter]",
    ),
    "a tab": (flow("title: Flow", "tags:", "\t- a"), f"{FLOW}:4:1: error[broken-yaml]"),
    "an open bracket": (flow("title: [a"), f"{FLOW}:2:8: error[broken-yaml]"),
    "a colon in a title": (flow("title: a: b"), f"{FLOW}:2:9: error[broken-yaml]"),
    "a key twice": (flow("title: a", "title: b"), f"{FLOW}:3:1: error[duplicate-key]"),
    "an anchor": (flow("title: &a x", "slug: *a"), f"{FLOW}:2:8: error[broken-yaml]"),
    "an object": (
        flow("title: !!python/object:os.system {}"),
        f"{FLOW}:2:8: error[broken-yaml]",
    ),
    "a list": (flow("- a"), f"{FLOW}:2:1: error[broken-yaml]"),
    "depths": (flow(f"x: {'[' * 50}{']' * 50}"), f"{FLOW}:2:20: error[broken-yaml]"),
    "half a surrogate": (flow('title: "\\ud800"'), f"{FLOW}:2:11: error[broken-yaml]"),
    "a control character": (flow("title: a\x1bb"), f"{FLOW}:2:9: error[broken-yaml]"),
    "tags that are a number": (flow("tags: 5"), f"{FLOW}:2:7: error[invalid-field]"),
    "a title that is a list": (flow("title: [a]"), f"{FLOW}:2:8: error[invalid-field]"),
    "a date in words": (flow("date: tomorrow"), f"{FLOW}:2:7: error[invalid-field]"),
    "a draft that is maybe": (flow("draft: maybe"), f"{FLOW}:2:8: error[invalid-field]"),
    "a slug with spaces": (flow("slug: A B"), f"{FLOW}:2:7: error[invalid-field]"),
    "a slug that climbs": (flow("slug: ../../x"), f"{FLOW}:2:7: error[invalid-field]"),
    "a free page's": (
        {"content/pages/about.md": "---\ntitle: [\n---\n\nText.\n"},
        "content/pages/about.md:3:1: error[broken-yaml]",
    ),
    "a topic's introduction": (
        {"content/topics/diffusion.md": "---\ntitle: [\n---\n\nText.\n"},
        "content/topics/diffusion.md:3:1: error[broken-yaml]",
    ),
}
RECORDS: Cases = {
    "bytes that are no UTF-8": (
        {FLOW: b"---\ntitle: x\n---\n\nab\xff\n"},
        f"{FLOW}:5: error[not-utf-8]",
    ),
    "an unknown topic": (
        flow("title: Flow", "topic: difusion"),
        f"{FLOW}:3:8: error[unknown-topic]",
    ),
    "the slug of another": (
        flow("title: Flow", "slug: blocks"),
        f"{FLOW}:3:7: error[duplicate-slug]",
    ),
    "a newcomer with the slug of another": (
        {"content/articles/a-new.md": "---\ntitle: New\nslug: flow\n---\n\nText.\n"},
        "content/articles/a-new.md:3:7: error[duplicate-slug]",
    ),
}
TEMPLATES: Cases = {
    "an open block": ({ARTICLE: "<p>\n{% if x %}\n"}, f"{ARTICLE}:2: error[broken-template]"),
    "no such variable": (
        {ARTICLE: "<p>\n{{ nothing_here }}\n"},
        f"{ARTICLE}:2: error[broken-template]",
    ),
    "no such part of the view": (
        {ARTICLE: "<p>\n{{ page.nothing_here }}\n"},
        f"{ARTICLE}:2: error[broken-template]",
    ),
    "no such filter": (
        {ARTICLE: "<p>\n{{ page.title | shout }}\n"},
        f"{ARTICLE}:2: error[broken-template]",
    ),
    "a division by zero": ({ARTICLE: "<p>\n{{ 1 / 0 }}\n"}, f"{ARTICLE}:2: error[broken-template]"),
    "no such word": (
        {ARTICLE: "<p>\n{{ 'nonesuch'|word }}\n"},
        f"{ARTICLE}:2: error[broken-template]",
    ),
    "no such template": (
        {ARTICLE: "<p>\n{% include 'nothing.html' %}\n"},
        "templates/nothing.html: error[missing-template]",
    ),
    "bytes that are no UTF-8": ({ARTICLE: b"\xff\xfe"}, f"{ARTICLE}: error[not-utf-8]"),
    "broken words": (
        {"templates/words/zh.yaml": "home: [\n"},
        "templates/words/zh.yaml:2:1: error[broken-yaml]",
    ),
}
SETTINGS: Cases = {
    "an unknown key": (settings("page_sise: 10"), "kb.yaml:2:1: error[unknown-setting]"),
    "a count in words": (settings("page_size: many"), "kb.yaml:2:12: error[invalid-setting]"),
    "an unknown style": (settings("urls: nice"), "kb.yaml:2:7: error[invalid-setting]"),
    "no address": (settings("base_url: here"), "kb.yaml:2:11: error[invalid-setting]"),
    "a key twice": (settings("title: x"), "kb.yaml:2:1: error[duplicate-key]"),
    "bytes that are no UTF-8": ({"kb.yaml": b"title: \xff\n"}, "kb.yaml:1: error[not-utf-8]"),
    "an output that is the content": (
        settings("output: content"),
        "kb.yaml:2:9: error[bad-output]",
    ),
    "an output inside the content": (
        settings("output: content/site"),
        "kb.yaml:2:9: error[bad-output]",
    ),
    "an output around the templates": (
        settings("templates: out/theme", "output: out"),
        "kb.yaml:3:9: error[bad-output]",
    ),
    "an output that is the project": (
        settings("output: ."),
        "kb.yaml:2:9: error[invalid-setting]",
    ),
    "an output outside": (settings("output: ../x"), "kb.yaml:2:9: error[invalid-setting]"),
    "an output that is a file": (
        {**settings("output: out"), "out": "mine"},
        "kb.yaml:2:9: error[bad-output]",
    ),
}
LISTS: Cases = {
    "a topic without an id": (
        {TOPICS: "topics:\n  - {zh: x}\n"},
        f"{TOPICS}:2:5: error[invalid-topic]",
    ),
    "a weight of nine": (
        {TOPICS: "topics:\n  - {id: a, terms: [b: 9]}\n"},
        f"{TOPICS}:2:24: error[invalid-topic]",
    ),
    "topics that are no YAML": ({TOPICS: "topics: [\n"}, f"{TOPICS}:2:1: error[broken-yaml]"),
    "topics that are no UTF-8": ({TOPICS: b"\xff\n"}, f"{TOPICS}:1: error[not-utf-8]"),
    "two topics with one id": (
        {TOPICS: "topics:\n  - {id: a}\n  - {id: a}\n"},
        f"{TOPICS}:3:10: error[duplicate-topic]",
    ),
    "a ledger line that is no JSON": (
        {LEDGER: "{broken\n"},
        f"{LEDGER}:1:1: error[broken-ledger]",
    ),
    "a ledger line that is no UTF-8": (
        {LEDGER: b'{"id": "\xff"}\n'},
        f"{LEDGER}:1:1: error[broken-ledger]",
    ),
    "a ledger line of another shape": (
        {LEDGER: '{"id": 5}\n'},
        f"{LEDGER}:1:1: error[broken-ledger]",
    ),
    "two pages at one address": (
        {"static/index.html": "mine"},
        "static/index.html: error[same-address]",
    ),
}
OUTPUT: Cases = {
    "a foreign file where a page would stand": (
        {
            "content/articles/new.md": "---\ntitle: New\n---\n\nText.\n",
            "site/articles/new.html": "mine",
        },
        "site/articles/new.html: error[foreign-file]",
    ),
    "a foreign folder where a page would stand": (
        {
            "content/articles/new.md": "---\ntitle: New\n---\n\nText.\n",
            "site/articles/new.html/mine.txt": "mine",
        },
        "site/articles/new.html: error[foreign-file]",
    ),
    "a foreign file where a folder would stand": (
        {"static/shelf/a.txt": "a", "site/shelf": "mine"},
        "site/shelf/a.txt: error[foreign-file]",
    ),
    "a manifest that is no JSON": (
        {"site/.kb-manifest.json": "{"},
        "site/.kb-manifest.json: error[broken-manifest]",
    ),
}
KINDS: dict[str, Cases] = {
    "dump": DUMPS,
    "front matter": FRONT_MATTER,
    "record": RECORDS,
    "template": TEMPLATES,
    "settings": SETTINGS,
    "list": LISTS,
    "output": OUTPUT,
}
CASES = [
    pytest.param(files, line, id=f"{kind}: {case}")
    for kind, cases in KINDS.items()
    for case, (files, line) in cases.items()
]


@pytest.fixture
def root(small_site: Path, tmp_path: Path) -> Path:
    """The small project, built."""
    return Path(shutil.copytree(small_site, tmp_path / "project"))


@pytest.mark.parametrize(("files", "line"), CASES)
def test_bad_input_is_a_problem_with_its_place_and_leaves_the_site_alone(
    root: Path, run: Run, files: Files, line: str
) -> None:
    good = tree(root / "site")
    put(root, files)
    before = tree(root / "site")

    ran = run("build")

    assert ran.code == 1
    assert line in ran.stderr
    assert "Traceback" not in ran.stderr
    assert tree(root / "site") == before
    undo(root, files)
    built(root)
    assert tree(root / "site") == good


def undo(root: Path, files: Files) -> None:
    """Put the small project back as it was."""
    for name in files:
        path = root / name
        path.unlink()
        if path.parent.name in {"new.html", "shelf"}:
            path.parent.rmdir()
    put(root, {name: SMALL[name] for name in files if name in SMALL})


def test_a_mended_project_is_built_as_if_nothing_had_been(
    root: Path, run: Run, tmp_path: Path
) -> None:
    put(root, flow("title: Flow", "topic: difusion"))
    put(root, {DUMP: b"\x00\x01", "content/articles/blocks.md": "---\ntitle: New words\n---\n"})

    assert run("build").code == 1
    put(root, {**flow("title: Flow", "topic: storage"), DUMP: None})
    assert run("build").code == 0

    assert tree(root / "site") == clean_build(root, tmp_path / "fresh")


def test_what_is_right_is_published_beside_what_is_broken(root: Path, run: Run) -> None:
    flow_page = (root / "site/articles/flow.md").read_bytes()
    put(root, flow("tags: 5"))
    put(root, {"content/articles/blocks.md": "---\ntitle: Blocks\n---\n\nNew words.\n"})

    assert run("build").code == 1

    assert "New words." in (root / "site/articles/blocks.html").read_text("utf-8")
    assert (root / "site/articles/flow.md").read_bytes() == flow_page


@pytest.mark.parametrize("dump", ["", "INCOMING TRANSMISSION\n\nLATEST UPDATES\n"])
def test_a_new_dump_without_an_excerpt_does_not_stop_a_publication(
    root: Path, run: Run, dump: str
) -> None:
    put(root, {"content/transmissions/empty.txt": dump})
    ran = run("build")
    assert (ran.code, "empty.txt: warning[empty-transmission]" in ran.stderr) == (0, True)


def test_a_static_file_among_those_kept_for_ever_is_told(root: Path, run: Run) -> None:
    put(root, {"static/assets/mine.css": "a {}"})
    ran = run("build")
    assert (ran.code, "static/assets/mine.css: warning[kept-for-ever]" in ran.stderr) == (0, True)


def test_without_a_cache_what_is_broken_keeps_its_page_too(root: Path, run: Run) -> None:
    site = tree(root / "site")
    shutil.rmtree(root / ".kb")
    put(root, flow("tags: 5"))

    ran = run("build")

    assert ran.code == 1
    assert f"{FLOW}:2:7: error[invalid-field]" in ran.stderr
    assert tree(root / "site") == site


def test_characters_that_xml_refuses_do_not_reach_a_feed(root: Path, run: Run) -> None:
    put(root, {FLOW: '---\ntitle: "a\\u0001b\\uFFFF"\n---\n\nc\x00d\x0be\x7f\ufffe.\n'})
    put(root, settings("base_url: https://kb.test"))

    assert run("build").code == 0

    feeds = sorted((root / "site").rglob("*.xml"))
    assert len(feeds) > 2
    for feed in feeds:
        ET.parse(feed)


def test_all_problems_are_told_at_once(root: Path, run: Run) -> None:
    put(root, {DUMP: bytes(range(256)), **flow("tags: 5", "date: tomorrow")})
    put(root, {"content/articles/blocks.md": "---\ntitle: Blocks\ntopic: storge\n---\n"})

    ran = run("build")

    assert ran.stderr.count(": error[") == 4


def test_a_near_miss_is_answered_with_what_was_meant(root: Path, run: Run) -> None:
    put(root, flow("title: Flow", "topic: difusion"))
    assert 'did you mean "diffusion"?' in run("build").stderr

    put(root, settings("page_sise: 10"))
    assert 'did you mean "page_size"?' in run("build").stderr


def test_a_problem_is_shown_with_its_line_and_a_mark_below(root: Path, run: Run) -> None:
    put(root, flow("title: Flow", "topic: difusion"))

    assert (
        f'{FLOW}:3:8: error[unknown-topic]: no topic is called "difusion"\n'
        "    3 | topic: difusion\n"
        "      |        ^^^^^^^^\n"
        '  hint: did you mean "diffusion"? topics are listed in topics.yaml\n'
    ) in run("build").stderr


def test_a_copy_of_an_ingested_record_is_refused_and_gets_no_page(root: Path, run: Run) -> None:
    before = tree(root / "site")
    copy = (root / "content/articles/hdfs.md").read_text("utf-8")
    put(root, {"content/articles/hdfs-copy.md": copy.replace("slug: hdfs", "slug: other")})

    ran = run("build")

    assert ran.code == 1
    assert "error[duplicate-id]" in ran.stderr
    assert tree(root / "site") == before


def test_a_foreign_file_in_the_output_stays_and_does_no_harm(root: Path, run: Run) -> None:
    put(root, {"site/CNAME": "kb.test", "site/articles/mine/a.txt": "mine", **flow("title: Flow")})

    assert run("build").code == 0

    assert (root / "site/CNAME").read_text("utf-8") == "kb.test"
    assert (root / "site/articles/mine/a.txt").read_text("utf-8") == "mine"


def test_the_same_file_in_the_place_of_a_page_is_taken_over(root: Path, run: Run) -> None:
    good = tree(root / "site")
    (root / "site/.kb-manifest.json").unlink()

    assert run("build").code == 0
    assert tree(root / "site") == good


def test_a_folder_that_cannot_be_made_is_a_problem(root: Path, run: Run) -> None:
    shutil.rmtree(root / ".kb")
    put(root, {".kb": "a file"})

    ran = run("build")

    assert ran.code == 1
    assert "error[file-system]" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_folder_without_a_project_is_a_problem(run: Run, tmp_path: Path) -> None:
    ran = run("build", folder=tmp_path)

    assert ran.code == 1
    assert "error[no-project]" in ran.stderr
    assert "kb init" in ran.stderr


def test_control_characters_in_input_are_shown_not_obeyed(root: Path, run: Run) -> None:
    put(root, flow('topic: "\\e[31mred\\a"'))
    put(root, {"content/articles/a\x1b[2Jb.md": "---\ntags: 5\n---\n"})

    ran = run("build")

    assert "a\\x1b[2Jb.md:2:7: error[invalid-field]" in ran.stderr
    assert 'no topic is called "\\x1b[31mred\\x07"' in ran.stderr
    assert "\x1b" not in ran.stderr
    assert "\x07" not in ran.stderr
