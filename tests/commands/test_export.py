"""Does an export come back as the same library, and does an import overwrite nothing?"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from projects import SMALL, TOPICS, Files, Ran, put, tree

Run = Callable[..., Ran]

SIDECAR = ".kb-export.jsonl"
FORMATS = ("notes.jsonl", "vault")
HEAD = "---\ntitle: Blocks\ntopic: storage\n---\n"
WRITTEN: Files = {
    "content/articles/sub/plain.md": "No front matter, but a link to [[flow#Part two|the flow]].\n",
    "content/articles/odd.md": (
        b"---\r\ntitle: 'A/B: \"why\"?'\r\nmood: {a: [1.0, no]}  # mine\r\nid: odd-1\r\n---\r\n"
        b"See [blocks](blocks.md#x) and `[[flow]]`.\r\n"
    ),
    "content/articles/draft.md": "---\ntitle: Flow\ndraft: true\nslug: unfinished\n---\n",
}


@pytest.fixture
def root(small_site: Path, tmp_path: Path) -> Path:
    """A project with articles from a dump, one of them edited and one deleted, and others by hand.

    Its ledger remembers a former slug.
    """
    root = Path(shutil.copytree(small_site, tmp_path / "project"))
    put(root, {**WRITTEN, "content/transmissions/b.txt": f"{LATER}\n"})
    return root


LATER = "概述 Rollup 是一种扩容办法,把许多交易压成一批,只把结果和证明写回主链,手续费由大家分摊..."


@pytest.fixture
def edited(root: Path, run: Run) -> Path:
    """The project after a person has edited one of the machine's articles and deleted another."""
    assert run("ingest", folder=root).code == 0
    first, second, third = ingested(root)
    text = first.read_text("utf-8")
    first.write_text(text.replace("tags: [", "slug: my-own\ntags: [mine, "), "utf-8")
    drop = next(line for line in text.split("\n") if line.startswith("slug:"))
    first.write_text(first.read_text("utf-8").replace(f"{drop}\n", "", 1), "utf-8")
    second.unlink()
    third.write_text(third.read_text("utf-8") + "\nMy own words.\n", "utf-8")
    assert run("ingest", folder=root).code == 0
    return root


def ingested(root: Path) -> list[Path]:
    ledger = (root / "content/ledger.jsonl").read_text("utf-8")
    ids = [json.loads(line)["id"] for line in ledger.splitlines()]
    files = sorted((root / "content/articles").glob("*.md"))
    return [p for p in files if any(f"id: {i}" in p.read_text("utf-8") for i in ids)]


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A project with the same topics and dumps, and no articles."""
    root = tmp_path / "other"
    kept = ("kb.yaml", "content/topics.yaml", "content/pages/about.md", "static/note.txt")
    put(root, {name: SMALL[name] for name in kept})
    dump = "content/transmissions/2026-01-01.txt"
    put(root, {dump: SMALL[dump], "content/transmissions/b.txt": f"{LATER}\n"})
    return root


def content(root: Path) -> dict[str, bytes]:
    return tree(root / "content")


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_comes_back_as_the_same_library(
    edited: Path, empty: Path, run: Run, name: str
) -> None:
    target = str(empty.parent / name)
    assert run("export", target, folder=edited).code == 0
    ran = run("import", target, folder=empty)

    assert (ran.code, content(empty)) == (0, content(edited))
    shown = [run("list", "--json", folder=folder).stdout for folder in (edited, empty)]
    assert shown[0] == shown[1]
    assert [run("build", folder=folder).code for folder in (edited, empty)] == [0, 0]
    assert tree(empty / "site") == tree(edited / "site")
    assert content(empty) == content(edited)  # ingest sees the same owners


@pytest.mark.parametrize("name", FORMATS)
def test_a_second_export_and_a_second_import_change_nothing(
    edited: Path, empty: Path, run: Run, name: str
) -> None:
    target = empty.parent / name
    run("export", str(target), folder=edited)
    before = target.read_bytes() if target.is_file() else tree(target)
    again = run("export", str(target), folder=edited)
    run("import", str(target), folder=empty)
    held = content(empty)
    twice = run("import", str(target), "--json", folder=empty)

    assert (again.code, twice.code) == (0, 0)
    assert (target.read_bytes() if target.is_file() else tree(target)) == before
    assert content(empty) == held
    assert json.loads(twice.stdout)["articles"] == {
        "created": 0,
        "edited": 0,
        "remembered": 0,
        "kept": 8,
        "conflict": 0,
    }


def test_an_export_goes_through_a_pipe(edited: Path, run: Run) -> None:
    lines = [json.loads(line) for line in run("export", "-", folder=edited).stdout.splitlines()]
    assert [line.get("title") for line in lines if "title" in line][:2] == ["Blocks", "Flow"]
    assert {line["version"] for line in lines} == {1}
    assert [line["removed"] for line in lines if "removed" in line] == [True]


def test_a_dry_run_shows_and_writes_nothing(edited: Path, empty: Path, run: Run) -> None:
    target = empty.parent / "vault"
    ran = run("export", "--dry-run", str(target), folder=edited)
    assert (ran.code, target.exists()) == (0, False)
    run("export", str(target), folder=edited)
    before = content(empty)
    ran = run("import", "--dry-run", str(target), folder=empty)
    assert "created" in ran.stdout
    assert "(nothing written)" in ran.stderr
    assert content(empty) == before


def test_the_folder_reads_well(edited: Path, run: Run) -> None:
    run("export", "../vault", folder=edited)
    vault = edited.parent / "vault"
    files = tree(vault)

    assert {"models/diffusion/Flow.md", "storage/Blocks.md", "other/Flow (unfinished).md"} <= {
        *files
    }
    assert 'other/A／B："why"？.md'.replace('"', "＂") in files
    assert files["other/plain.md"].decode() == (
        "---\ntitle: plain\nslug: plain\n---\n"
        "No front matter, but a link to [the flow](../models/diffusion/Flow.md#Part%20two).\n"
    )
    odd = next(text for name, text in files.items() if name.startswith("other/A"))
    assert b"See [blocks](../storage/Blocks.md#x) and `[[flow]]`.\r\n" in odd


def test_an_edit_in_the_folder_comes_back_with_the_links_as_they_were(
    edited: Path, empty: Path, run: Run
) -> None:
    run("export", "../vault", folder=edited)
    vault = edited.parent / "vault"
    note = vault / "other/plain.md"
    note.write_text(note.read_text("utf-8") + "\nAdded in Obsidian.\n", "utf-8")
    flow = vault / "models/diffusion/Flow.md"
    flow.rename(vault / "Moved.md")
    assert run("import", "../vault", folder=empty).code == 0

    plain = (empty / "content/articles/sub/plain.md").read_text("utf-8")
    assert "[[flow#Part two|the flow]].\n\nAdded in Obsidian.\n" in plain
    assert content(empty)["articles/flow.md"] == content(edited)["articles/flow.md"]


def test_an_edit_in_the_folder_is_an_edit_of_the_record_it_came_from(
    edited: Path, run: Run
) -> None:
    run("export", "../vault", folder=edited)
    vault = edited.parent / "vault"
    note = vault / "other/plain.md"
    note.write_text(note.read_text("utf-8") + "\nAdded in Obsidian.\n", "utf-8")
    before = content(edited)
    ran = run("import", "../vault", "--json", folder=edited)

    assert (ran.code, json.loads(ran.stdout)["articles"]["edited"]) == (0, 1)
    plain = before["articles/sub/plain.md"] + b"\nAdded in Obsidian.\n"
    assert content(edited) == {**before, "articles/sub/plain.md": plain}


def test_a_machines_record_that_was_edited_in_the_folder_belongs_to_the_person(
    root: Path, run: Run
) -> None:
    run("ingest", folder=root)
    run("export", "../vault", folder=root)
    path = ingested(root)[0]
    title = path.read_text("utf-8").split("title: ")[1].split("\n")[0]
    note = next(p for p in (root.parent / "vault").rglob("*.md") if p.stem in title)
    note.write_text(note.read_text("utf-8").replace(f"title: {title}", "title: Mine"), "utf-8")
    assert run("import", "../vault", folder=root).code == 0
    assert "title: Mine\n" in path.read_text("utf-8")
    explained = json.loads(run("explain", path.stem, "--json", folder=root).stdout)
    assert ["title", "you"] in explained["owners"]


def test_only_what_both_sides_edited_is_a_conflict(edited: Path, run: Run) -> None:
    run("export", "../vault", folder=edited)
    first, second = ingested(edited)
    for path in (first, second):
        path.write_text(path.read_text("utf-8") + "\nIn the project.\n", "utf-8")
    before = content(edited)
    words = second.read_text("utf-8").split("title: ")[1].split("\n")[0]
    note = next(p for p in (edited.parent / "vault").rglob("*.md") if p.stem in words)
    note.write_text(note.read_text("utf-8") + "\nIn the folder.\n", "utf-8")
    ran = run("import", "../vault", "--json", folder=edited)

    outcome = json.loads(ran.stdout)
    assert (ran.code, outcome["articles"]["conflict"], outcome["articles"]["edited"]) == (1, 1, 0)
    assert second.name in outcome["problems"][0]["message"]
    assert content(edited) == before


def test_a_file_that_was_edited_or_is_foreign_survives_the_next_export(
    edited: Path, run: Run
) -> None:
    run("export", "../vault", folder=edited)
    vault = edited.parent / "vault"
    put(vault, {"storage/Blocks.md": "mine\n", "storage/New.md": "mine too\n"})
    put(edited, {"content/articles/blocks.md": HEAD + "\nMore.\n"})
    put(edited, {"content/articles/new.md": "---\ntitle: New\ntopic: storage\n---\n"})
    put(edited, {"content/articles/flow.md": None})
    ran = run("export", "../vault", "--json", folder=edited)

    problems = [(p["code"], p["file"]) for p in json.loads(ran.stdout)["problems"]]
    assert (ran.code, problems) == (
        1,
        [("export-conflict", "storage/Blocks.md"), ("export-conflict", "storage/New.md")],
    )
    files = tree(vault)
    assert (files["storage/Blocks.md"], files["storage/New.md"]) == (b"mine\n", b"mine too\n")
    assert "models/diffusion/Flow.md" not in files


@pytest.mark.parametrize(
    "target",
    ["content/vault", "site", ".", "..", "content/ledger.jsonl", "../full", "../full/note.jsonl"],
)
def test_an_export_refuses_what_is_not_its_own(root: Path, run: Run, target: str) -> None:
    put(root.parent, {"full/note.md": "mine\n", "full/note.jsonl": '{"mine": 1}\n'})
    before = tree(root)
    ran = run("export", target, folder=root)

    assert (ran.code, "error[foreign-target]" in ran.stderr) == (1, True)
    assert without_cache(tree(root)) == without_cache(before)
    assert len(tree(root.parent / "full")) == 2


def without_cache(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if not name.startswith(".kb/")}


def test_an_export_never_follows_a_link_out_of_its_folder(root: Path, run: Run) -> None:
    run("export", "../vault", folder=root)
    (root.parent / "outside").mkdir()
    shutil.rmtree(root.parent / "vault/storage")
    (root.parent / "vault/storage").symlink_to(root.parent / "outside")
    ran = run("export", "../vault", folder=root)
    assert (ran.code, tree(root.parent / "outside")) == (1, {})


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_here_and_differs_is_a_conflict_that_names_both(
    edited: Path, empty: Path, run: Run, name: str
) -> None:
    run("export", f"../{name}", folder=edited)
    put(empty, {"content/articles/blocks.md": "mine\n", "content/articles/own.md": "id: x\n"})
    put(empty, {"content/articles/moved.md": WRITTEN["content/articles/odd.md"]})
    ran = run("import", f"../{name}", "--json", folder=empty)
    outcome = json.loads(ran.stdout)
    [problem] = outcome["problems"]

    assert (ran.code, problem["code"]) == (1, "import-conflict")
    assert problem["message"].startswith("content/articles/blocks.md is there already")
    assert name in problem["file"]
    assert outcome["articles"] == {
        "created": 5,
        "edited": 0,
        "remembered": 1,
        "kept": 1,
        "conflict": 1,
    }
    assert content(empty)["articles/blocks.md"] == b"mine\n"
    assert "articles/odd.md" not in content(empty)


def test_a_taken_slug_is_a_conflict(edited: Path, empty: Path, run: Run) -> None:
    run("export", "../notes.jsonl", folder=edited)
    put(empty, {"content/articles/mine.md": "---\nslug: blocks\n---\n"})
    ran = run("import", "../notes.jsonl", folder=empty)
    assert (ran.code, 'has the slug "blocks" already' in ran.stderr) == (1, True)
    assert "articles/blocks.md" not in content(empty)


BAD_LINES = {
    b"{": "broken-line",
    b"[]": "broken-line",
    b"[" * 100_000: "broken-line",
    b'{"a": ' * 100_000: "broken-line",
    b'{"version": 1, "title": "A", "extra": {"a": ' + b"[" * 17 + b"]" * 17 + b"}}": "broken-line",
    b'{"title": "A"}': "unknown-version",
    b'{"version": 2, "title": "A"}': "unknown-version",
    b'{"version": 1, "title": 7}': "broken-line",
    b'{"version": 1, "path": "../a.md", "title": "A"}': "unsafe-path",
    b'{"version": 1, "path": "/a.md", "title": "A"}': "unsafe-path",
    b'{"version": 1, "path": ".a/b.md", "title": "A"}': "unsafe-path",
    b'{"version": 1, "path": "a.txt", "title": "A"}': "unsafe-path",
    b'{"version": 1, "title": "A", "slug": "/etc/x"}': "broken-line",
    b'{"version": 1, "title": "A", "slug": "../x", "path": "a.md"}': "broken-line",
    b'{"version": 1, "title": "A", "id": "../x", "path": "a.md"}': "broken-line",
    b'{"version": 1, "title": "A\\u0000", "path": "a.md"}': "broken-line",
    b'{"version": 1, "removed": true}': "broken-line",
    b'{"version": 1, "title": "\xff"}': "broken-line",
    b'{"version": 1, "title": "A", "ledger": {"id": "x"}}': "broken-ledger",
    b'{"version": 1, "title": "A", "ledger": {"id": "x", "slugs": ["../../x"], "keys": [], '
    b'"sightings": [], "wrote": {}}}': "broken-ledger",
    b'{"version": 1, "title": "A", "ledger": {"id": "x", "slugs": [], "keys": [], '
    b'"sightings": [{"transmission": "../x", "line": 1}], "wrote": {}}}': "broken-ledger",
    b'{"version": 1, "title": "A", "ledger": {"id": "x", "slugs": [], "keys": [], '
    b'"sightings": [], "wrote": {}}}': "wrong-id",
}


def test_a_bad_line_is_a_problem_with_its_place_and_the_others_go_on(empty: Path, run: Run) -> None:
    good = b'{"version": 1, "title": "Good", "body": "Text.\\n", "by": {"name": "B"}}'
    put(empty, {"../notes.jsonl": b"\n".join([*BAD_LINES, good])})
    before = tree(empty.parent)
    ran = run("import", "../notes.jsonl", "--json", folder=empty)
    problems = {p["line"]: p["code"] for p in json.loads(ran.stdout)["problems"]}

    assert (ran.code, problems) == (1, dict(enumerate(BAD_LINES.values(), 1)))
    new = {name: text for name, text in tree(empty.parent).items() if name not in before}
    assert {name: text for name, text in new.items() if "/.kb/" not in name} == {
        "other/content/articles/good.md": b"---\ntitle: Good\nby:\n  name: B\n---\nText.\n"
    }


def test_a_program_may_change_the_fields_of_a_line(edited: Path, empty: Path, run: Run) -> None:
    lines = [json.loads(line) for line in run("export", "-", folder=edited).stdout.splitlines()]
    odd = next(line for line in lines if line.get("path") == "odd.md")
    odd["tags"] = ["new"]
    put(empty, {"../notes.jsonl": json.dumps(odd)})
    assert run("import", "../notes.jsonl", folder=empty).code == 0
    assert content(empty)["articles/odd.md"].decode() == (
        '---\nid: odd-1\ntitle: "A/B: \\"why\\"?"\nslug: odd\ntopic: other\ntags: [new]\n'
        "lang: en\nmood:\n  a:\n  - 1.0\n  - false\n---\n"
        "See [blocks](blocks.md#x) and `[[flow]]`.\r\n"
    )


VAULT: Files = {
    "Note one.md": "---\ntags: one, two words\nid: Not Kb\nrating: 5  # stars\n---\n[[Two]] #tag\n",
    "deep/Two.md": "# Two\n\nText.\n",
    "posts/lora/index.md": (
        '+++\ntitle = "LoRA"\ndate = 2026-03-14T10:00:00Z\ndraft = true\nweight = 3\n'
        'tags = ["a b"]\n[params]\nauthor = "B"\n+++\n\nText.\n'
    ),
    "posts/two/index.md": "---\ntopic: cooking\n---\nAnother two.\n",
    "latin.md": b"caf\xe9\n",
    "open.md": "---\ntitle: never closed\n",
    "toml.md": "+++\ntitle = \n+++\n",
    "twice.md": "---\na: 1\na: 2\n---\n",
    "image.png": b"\x89PNG",
    ".obsidian/app.json": "{}",
}


def test_a_vault_of_another_tool_comes_in_with_all_that_it_says(empty: Path, run: Run) -> None:
    put(empty.parent / "vault", VAULT)
    ran = run("import", "../vault", "--json", folder=empty)
    outcome = json.loads(ran.stdout)
    again = json.loads(run("import", "../vault", "--json", folder=empty).stdout)
    articles = {
        name.removeprefix("articles/"): text.decode()
        for name, text in content(empty).items()
        if name.startswith("articles/")
    }

    assert articles.pop("posts/two.md").startswith("---\nimported_topic: cooking\nslug: two-")
    assert articles == {
        "Note one.md": (
            "---\ntags: [one, two words]\nimported_id: Not Kb\nrating: 5  # stars\n---\n"
            "[[Two]] #tag\n"
        ),
        "deep/Two.md": "# Two\n\nText.\n",
        "posts/lora.md": (
            '---\ntitle: LoRA\ntags: [a b]\ndate: "2026-03-14T10:00:00+00:00"\ndraft: true\n'
            "weight: 3\nparams:\n  author: B\n---\n\nText.\n"
        ),
    }
    assert [(p["code"], Path(p["file"]).name) for p in outcome["problems"]] == [
        ("imported-field", "Note one.md"),
        ("not-utf-8", "latin.md"),
        ("open-front-matter", "open.md"),
        ("imported-field", "index.md"),
        ("broken-toml", "toml.md"),
        ("duplicate-key", "twice.md"),
    ]
    assert outcome["left"] == ["image.png"]
    assert again["articles"] == {
        "created": 0,
        "edited": 0,
        "remembered": 0,
        "kept": 4,
        "conflict": 0,
    }


def test_an_import_never_follows_a_link_out_of_the_articles(
    edited: Path, empty: Path, run: Run
) -> None:
    run("export", "../notes.jsonl", folder=edited)
    (empty.parent / "outside").mkdir()
    put(empty, {"content/articles/x.md": "x\n"})
    (empty / "content/articles/sub").symlink_to(empty.parent / "outside")
    (empty / "content/articles/blocks.md").symlink_to(empty.parent / "outside/new.md")
    ran = run("import", "../notes.jsonl", folder=empty)
    assert (ran.code, ran.stderr.count("error[import-conflict]")) == (1, 2)
    assert tree(empty.parent / "outside") == {}


def test_a_vault_with_links_out_of_it_gives_nothing_away(empty: Path, run: Run) -> None:
    put(empty.parent, {"secret.md": "secret\n", "vault/a.md": "a\n"})
    (empty.parent / "vault/b.md").symlink_to(empty.parent / "secret.md")
    ran = run("import", "../vault", folder=empty)
    assert (ran.code, "warning[passed-over]" in ran.stderr) == (0, True)
    assert [name for name in content(empty) if name.startswith("articles/")] == ["articles/a.md"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('{"version":1,"file":"../kb.yaml","digest":"","path":"a.md"}', "unsafe-path"),
        ('{"version":1,"file":"a.md","digest":"","path":"../../x.md"}', "unsafe-path"),
        ("nonsense", "broken-line"),
    ],
)
def test_a_sidecar_that_somebody_changed_is_a_problem(
    empty: Path, run: Run, line: str, code: str
) -> None:
    put(empty.parent / "vault", {"a.md": "a\n", SIDECAR: f"{line}\n"})
    ran = run("import", "../vault", "--json", folder=empty)
    assert (ran.code, [p["code"] for p in json.loads(ran.stdout)["problems"]]) == (1, [code])
    assert [name for name in content(empty) if name.startswith("articles/")] == []


@pytest.mark.parametrize("source", ["nowhere", ".", "content/articles", "../project"])
@pytest.mark.usefixtures("root")
def test_an_import_of_nothing_or_of_a_project_is_a_problem(
    empty: Path, run: Run, source: str
) -> None:
    ran = run("import", source, folder=empty)
    assert (ran.code, "-source]: " in ran.stderr) == (1, True)


@pytest.mark.parametrize(
    "arguments", [("-", "--json"), ("-", "--format", "markdown"), ("x", "--format", "xml"), ()]
)
def test_a_wrong_call_of_export_ends_with_2(
    root: Path, run: Run, arguments: tuple[str, ...]
) -> None:
    assert run("export", *arguments, folder=root).code == 2


@pytest.mark.parametrize("command", ["export", "import"])
def test_export_and_import_teach_by_example(tmp_path: Path, run: Run, command: str) -> None:
    assert f"\n  kb {command} " in run(command, "-h", folder=tmp_path).stdout


def test_a_topic_that_the_project_has_not_is_told(edited: Path, empty: Path, run: Run) -> None:
    run("export", "../notes.jsonl", folder=edited)
    put(empty, {"content/topics.yaml": TOPICS.replace("id: storage", "id: disks")})
    ran = run("import", "../notes.jsonl", folder=empty)
    assert (ran.code, ran.stderr.count("warning[unknown-topic]")) == (0, 1)


def test_a_broken_record_keeps_its_file_in_the_folder(edited: Path, run: Run) -> None:
    run("export", "../vault", folder=edited)
    before = tree(edited.parent / "vault")
    put(edited, {"content/articles/blocks.md": "---\ntitle: [\n---\n"})
    ran = run("export", "../vault", folder=edited)
    assert (ran.code, "error[broken-yaml]" in ran.stderr) == (1, True)
    assert tree(edited.parent / "vault")["storage/Blocks.md"] == before["storage/Blocks.md"]


def test_a_single_note_comes_in(empty: Path, run: Run) -> None:
    put(empty.parent, {"Note.md": "Text.\n"})
    assert run("import", "../Note.md", folder=empty).code == 0
    assert content(empty)["articles/Note.md"] == b"Text.\n"


def test_a_path_that_cannot_be_costs_that_article_alone(
    project: Callable[[Files], Path], run: Run
) -> None:
    paths = ("x.md", "x.md/y.md", "a/" * 3000 + "b.md", "n" * 300 + ".md", "z.md")
    lines = (json.dumps({"version": 1, "title": p[:3], "body": "b\n", "path": p}) for p in paths)
    root = project({"kb.yaml": "", "notes.jsonl": "\n".join(lines)})
    dry = run("import", "--dry-run", "notes.jsonl", folder=root)
    ran = run("import", "notes.jsonl", folder=root)
    assert (dry.code, ran.code) == (1, 1)
    assert ran.stderr.count("import-conflict") == dry.stderr.count("import-conflict") == 2
    found = (root / "content/articles").rglob("*.md")
    assert sorted(path.name for path in found) == ["x.md", "z.md"]


def test_a_project_that_cannot_be_written_to_is_exported_and_read(root: Path, run: Run) -> None:
    assert run("ingest", folder=root).code == 0
    shutil.rmtree(root / ".kb")
    (root / ".kb").write_text("nothing can be kept here", "utf-8")
    before = tree(root)
    exported = run("export", "-", folder=root)
    planned = run("ingest", "--dry-run", "--json", folder=root)

    assert (exported.code, exported.stderr.count("error")) == (0, 0)
    assert '"title":"Blocks"' in exported.stdout.replace(": ", ":")
    assert (planned.code, json.loads(planned.stdout)["articles"]["kept"]) == (0, 3)
    assert tree(root) == before
