"""Is the search index, after each edit, the index of the texts as they are now?"""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from projects import built, clean_build, put, tree, updated

from kb.build import search
from kb.problems import KbError
from kb.search.blocks import Document, documents_in, value_in
from kb.search.index import term_shards
from kb.search.places import capacity_of, shard_of, shard_path, shards_of
from kb.search.shards import lists_in

pytestmark = pytest.mark.usefixtures("compiled_once")

ARTICLE = "---\ntitle: {}\ntopic: other\n---\n\n{}\n"
OPENING = "A long beginning that fills the excerpt of the article. " * 6
SHARD = "site/search/t/1.js"


def named(number: int) -> str:
    return f"content/articles/a{number}.md"


def article(number: int, words: str = "") -> dict[str, str]:
    return {named(number): ARTICLE.format(f"第{number}篇", f"{OPENING}{words}")}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project of eleven articles and a page: one more, and the index needs twice the slots."""
    root = tmp_path / "project"
    put(root, {"kb.yaml": "title: Notes\n", "content/pages/about.md": "# About\n\nText.\n"})
    for number in range(11):
        put(root, article(number, f"流匹配 number{number}"))
    built(root)
    return root


def is_right(root: Path) -> bool:
    """Whether the shards are those of the documents in the text blocks."""
    documents: dict[int, Document] = {}
    for block in sorted((root / "site/search/d").iterdir()):
        documents |= documents_in(block.read_bytes())
    shards = term_shards(documents, shards_of(capacity_of(len(documents))))
    found = tree(root / "site/search/t")
    return found == {Path(shard_path(n)).name: content for n, content in shards.items()}


def test_a_new_site_has_an_index_of_its_articles_and_pages(root: Path) -> None:
    titles = {
        document.title
        for block in (root / "site/search/d").iterdir()
        for document in documents_in(block.read_bytes()).values()
    }
    assert titles == {"About", *(f"第{number}篇" for number in range(11))}
    assert is_right(root)


def test_the_first_files_name_the_topic_of_each_article(small_site: Path) -> None:
    folder = small_site / "site/search"
    root = json.loads(value_in((folder / "root.js").read_bytes()))
    topics = json.loads(value_in((folder / "topics.js").read_bytes()))
    named = {topic["id"]: root["topics"][topic["parent"]]["id"] for topic in root["topics"][1:]}

    found = {
        document.title: (document.topics, root["topics"][topics[slot] - 1]["id"])
        for block in sorted((folder / "d").iterdir())
        for slot, document in documents_in(block.read_bytes()).items()
        if topics[slot]
    }

    assert named["diffusion"] == "models"
    assert found["Flow"] == (("models", "diffusion"), "diffusion")
    assert found["Blocks"] == (("storage",), "storage")
    assert "About" not in found
    assert (root["documents"], root["capacity"], len(topics)) == (5, 16, 16)


def test_a_draft_is_not_found(root: Path) -> None:
    put(root, {"content/articles/d.md": "---\ntitle: D\ndraft: true\n---\n\nUnheard-of.\n"})
    updated(root)
    assert not any(b"Unheard" in content for content in tree(root / "site/search").values())
    assert not any(b"Wunheard" in content for content in tree(root / "site/search").values())


def test_a_reworded_article_changes_the_shards_of_its_new_terms_alone(root: Path) -> None:
    put(root, article(3, "流匹配 number3 𠮷𠮷"))
    written = updated(root).written
    assert is_right(root)
    terms = {" 𠮷", "𠮷", "𠮷𠮷"}
    assert {path for path in written if path.startswith("search/t/")} == {
        shard_path(shard_of(term, 2)) for term in terms
    }


def test_a_site_without_an_article_has_an_empty_index(tmp_path: Path) -> None:
    put(tmp_path, {"kb.yaml": "title: Notes\n"})
    built(tmp_path)
    assert [lists_in(content) for content in tree(tmp_path / "site/search/t").values()] == [{}, {}]


def test_more_articles_than_slots_make_a_new_index(root: Path) -> None:
    put(root, article(11) | article(12))
    updated(root)
    assert len(list((root / "site/search/t").iterdir())) == 4
    assert is_right(root)
    put(root, {named(12): None, named(11): None})
    updated(root)
    assert len(list((root / "site/search/t").iterdir())) == 2
    assert is_right(root)


def test_other_addresses_are_in_the_blocks_and_change_no_shard(root: Path) -> None:
    put(root, {"kb.yaml": "title: Notes\nurls: pretty\n"})
    done = updated(root)
    assert not [path for path in done.written if path.startswith("search/t/")]
    assert "articles/a3/" in "".join(c.decode() for c in tree(root / "site/search/d").values())


@pytest.mark.parametrize("damaged", [b"", b"kbSearch()", None])
def test_a_damaged_shard_is_mended(root: Path, damaged: bytes | None) -> None:
    put(root, {SHARD: damaged})
    assert updated(root).written == ("search/t/1.js",)
    assert is_right(root)


def test_a_damaged_shard_is_mended_as_a_text_is_reworded(root: Path) -> None:
    before = (root / SHARD).read_bytes()
    put(root, article(3, "other words"))
    updated(root)
    put(root, {SHARD: before, **article(3, "words")})
    updated(root)
    assert is_right(root)


def test_a_damaged_block_is_mended_as_its_text_is_reworded(root: Path) -> None:
    put(root, article(3, "other words"))
    put(root, {f"site/search/d/{n}.js": b"kbSearch()" for n in range(4)})
    updated(root)
    assert is_right(root)
    assert tree(root / "site") == clean_build(root, root.parent / "fresh")


def test_a_block_that_the_cache_forgot_is_no_new_block(root: Path) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(root / ".kb/memo.sqlite")) as memo, memo:
        memo.execute("delete from pages where path like 'search/d/%'")
    put(root, article(3, "other words"))
    updated(root)
    assert is_right(root)


def test_an_index_by_other_code_is_made_anew(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as other:
        other.setattr(search, "code", lambda: "other code")
        other.setattr(search, "term_shards", lambda *_: {0: b"", 1: b""})
        shutil.rmtree(root / "site")
        shutil.rmtree(root / ".kb")
        built(root)
    assert not is_right(root)
    put(root, {named(3): ARTICLE.format("Another title", OPENING)})
    updated(root)
    assert is_right(root)


def test_a_file_of_ones_own_does_not_replace_a_shard(root: Path) -> None:
    put(root, {"static/search/t/1.js": "mine"})
    with pytest.raises(KbError, match="two pages would stand"):
        updated(root)


NUMBERS = st.integers(0, 14)
WORDS = st.sampled_from(["", "流匹配", "Flow matching, 流", "number1 number2", "x " * 9, "𠮷"])
EDITS = st.one_of(
    st.builds(article, NUMBERS, WORDS),
    st.builds(article, NUMBERS, WORDS),
    NUMBERS.map(lambda number: {named(number): None}),
    NUMBERS.map(lambda n: {named(n): f"---\ntitle: 题\nslug: s{n}\ntags: [流]\n---\n\n# 流\n"}),
    st.sampled_from([{SHARD: b""}, {"site/search/d/1.js": b""}, {"site/search/t/0.js": None}]),
)


def change(root: Path, edit: dict[str, str | bytes | None]) -> None:
    there = {name: text for name, text in edit.items() if text or (root / name).is_file()}
    put(root, there)


@pytest.mark.parametrize(("few", "terms"), [(0, 2000), (0, 9), (64, 2000), (64, 9)])
def test_any_history_of_edits_leaves_the_index_of_a_clean_build(
    root: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    few: int,
    terms: int,
) -> None:
    monkeypatch.setattr(search, "FEW", few)
    monkeypatch.setattr(search, "MOST_TERMS", terms)

    @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.lists(EDITS, min_size=1, max_size=3), min_size=1, max_size=4))
    def histories(history: list[list[dict[str, str | bytes | None]]]) -> None:
        folder = tmp_path_factory.mktemp("history")
        project = Path(shutil.copytree(root, folder / "project"))
        for edits in history:
            for edit in edits:
                change(project, edit)
            updated(project)
            assert is_right(project)
        assert tree(project / "site") == clean_build(project, folder / "fresh")
        shutil.rmtree(folder)

    histories()


def text_of(root: Path, url: str) -> str:
    """The text of one page as the index has it."""
    [found] = [
        document.text
        for block in (root / "site/search/d").iterdir()
        for document in documents_in(block.read_bytes()).values()
        if document.url == url
    ]
    return found


def test_a_link_without_a_label_is_found_by_the_title_that_it_shows(root: Path) -> None:
    body = "一 [[a1]]，二 [[a2#部分]]，三 [[nowhere]]。\n\n- [[a3|标签]] 与 ![[a4]] 和 [[a1]]\n\n## 见 [[a2]]\n"
    put(root, {named(0): ARTICLE.format("头", body), named(2): ARTICLE.format("二", "## 部分\n")})
    updated(root)
    assert text_of(root, "articles/a0.html") == (
        "一 第1篇，二 二 › 部分，三 nowhere。\n标签 与 第4篇 和 第1篇\n见 a2"
    )
    assert is_right(root)


def test_a_new_title_is_found_where_links_show_it(root: Path, tmp_path: Path) -> None:
    put(root, article(0, "见 [[a1]]。"))
    updated(root)
    put(root, {named(1): ARTICLE.format("新名", OPENING)})
    updated(root)
    assert text_of(root, "articles/a0.html").endswith("见 新名。")
    assert is_right(root)
    assert tree(root / "site") == clean_build(root, tmp_path / "fresh")


def test_html_of_ones_own_leaves_the_names_in_their_places(root: Path) -> None:
    settings = "title: Notes\nmarkdown: {html: sanitized}\n"
    body = "<b>甲</b> &#1; [[a1]] <script>[[a2]]</script>\n\n乙 [[a3]]"
    put(root, {"kb.yaml": settings, named(0): ARTICLE.format("头", body)})
    updated(root)
    assert text_of(root, "articles/a0.html").splitlines()[-1] == "乙 第3篇"
