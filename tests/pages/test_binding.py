"""Do long indexes fall into pages that stay as they are when something new comes?"""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from projects import Files, built

from kb.pages import archive, paths, tag, transmission
from kb.pages.binding import bound, bound_from_the_end, counted_from_the_end

Project = Callable[[Files], Path]

GROUPS = st.lists(st.text("abc", min_size=1, max_size=9), max_size=12).map(
    lambda groups: [(str(number), list(things)) for number, things in enumerate(groups)]
)


@pytest.mark.parametrize(
    ("groups", "pages"),
    [
        ([], [[]]),
        ([("a", "12"), ("b", "3")], [[("a", "12"), ("b", "3")]]),
        ([("a", "123"), ("b", "456")], [[("a", "123")], [("b", "456")]]),
        ([("a", "123"), ("b", "45"), ("c", "6")], [[("a", "123")], [("b", "45"), ("c", "6")]]),
        ([("a", "1234567")], [[("a", "1234")], [("a", "567")]]),
        ([("a", "1234"), ("b", "5")], [[("a", "1234"), ("b", "5")]]),
        ([("a", "12345")], [[("a", "12345")]]),
    ],
    ids=["nothing", "all", "whole groups", "two groups", "too large", "a short rest", "half"],
)
def test_groups_stay_whole_as_far_as_they_fit(
    groups: list[tuple[str, str]], pages: list[list[tuple[str, str]]]
) -> None:
    found = bound(groups, 4)
    assert [[(key, "".join(things)) for key, things in page] for page in found] == pages


@pytest.mark.parametrize(
    ("count", "size", "sizes"),
    [
        (0, 20, [0]),
        (29, 20, [29]),
        (30, 20, [10, 20]),
        (49, 20, [29, 20]),
        (50, 20, [10, 20, 20]),
        (3, 1, [1, 1, 1]),
        (7, 3, [4, 3]),
    ],
)
def test_the_first_page_takes_what_is_left(count: int, size: int, sizes: list[int]) -> None:
    pages = list(counted_from_the_end(range(count), size))
    assert [number for number, _ in pages] == [*range(1, len(sizes) + 1)]
    assert [len(things) for _, things in pages] == sizes
    assert [thing for _, things in pages for thing in things] == [*range(count)]


@given(GROUPS, st.integers(1, 7))
def test_nothing_is_lost_or_moved(groups: list[tuple[str, list[str]]], most: int) -> None:
    for pages in (bound(groups, most), bound_from_the_end(groups, most)):
        found = [(key, thing) for page in pages for key, things in page for thing in things]
        assert found == [(key, thing) for key, things in groups for thing in things]
        sizes = [sum(len(things) for _, things in page) for page in pages]
        assert max(sizes) <= most + most // 2
        assert all(len({key for key, _ in page}) == len(page) for page in pages)


@given(GROUPS, st.integers(2, 7))
def test_a_new_thing_at_the_beginning_changes_one_page_until_that_is_full(
    groups: list[tuple[str, list[str]]], most: int
) -> None:
    before = bound_from_the_end(groups, most)
    after = bound_from_the_end([("new", ["x"]), *groups], most)
    if len(after) == len(before):
        assert after[1:] == before[1:]
    else:
        assert len(after) == len(before) + 1
        assert after[2:] == before[1:]


def article(number: int, day: str, *tags: str) -> dict[str, str]:
    text = f"---\ntitle: A{number}\ndate: {day}\ntags: [{', '.join(tags)}]\n---\n\nText.\n"
    return {f"content/articles/a{number}.md": text}


def page(root: Path, path: str) -> str:
    return (root / "site" / path).read_text("utf-8")


def led(root: Path, path: str, label: str) -> str:
    """What follows the place that a year or an initial leads to from a page."""
    bar = page(root, path).partition('<nav class="initials"')[2].partition("</nav>")[0]
    [url] = re.findall(rf'<a href="([^"]*)"[^>]*>{re.escape(label)}</a>', bar)
    file, _, anchor = unquote(url).partition("#")
    target = page(root, str(Path(path).parent / file) if file else path)
    _, mark, rest = target.partition(f'id="{anchor}"')
    assert mark
    return rest


def test_each_year_of_the_archive_is_one_click_away_on_every_page(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MOST", 4)
    days = [f"{2020 + number // 5}-0{1 + number % 5}-01" for number in range(20)]
    files = [article(number, day) for number, day in enumerate(days)]
    root = project({name: text for file in files for name, text in file.items()})
    built(root)
    pages = ["archive/index.html", *(f"archive/page/{number}.html" for number in range(2, 6))]
    assert not (root / "site/archive/page/6.html").exists()
    for path in pages:
        for year in range(2020, 2024):
            newest = (year - 2020) * 5 + 4
            assert f">A{newest}</a>" in led(root, path, str(year)).partition("</ul>")[0]
    assert '<span class="nth">第 3 页</span></h1>' in page(root, pages[2])
    assert 'rel="prev" href="2.html"' in page(root, pages[2])
    assert 'rel="next" href="4.html"' in page(root, pages[2])
    assert "<title>归档 · 第 3 页 · " in page(root, pages[2])
    assert re.findall(r'class="here">(\d+)<', page(root, pages[3])) == ["2021", "2020"]


def test_a_new_article_writes_one_page_of_the_archive(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MOST", 4)
    files = [article(number, f"2020-01-{number + 1:02}") for number in range(18)]
    root = project({name: text for file in files for name, text in file.items()})
    built(root)
    [(name, text)] = article(18, "2020-01-31").items()
    (root / name).write_text(text, "utf-8")
    written = [path for path in built(root).published.written if path.startswith("archive/")]
    assert written == ["archive/index.html"]


def test_a_new_article_writes_the_first_page_of_each_of_its_lists(project: Project) -> None:
    files = [article(number, f"2020-01-{number + 1:02}", "one") for number in range(14)]
    root = project(
        {"kb.yaml": "page_size: 4\n"} | {k: text for file in files for k, text in file.items()}
    )
    built(root)
    [(name, text)] = article(14, "2020-01-31", "one").items()
    (root / name).write_text(text, "utf-8")
    lists = ("index.html", "page/", "topics/other", "tags/one")
    found = (path for path in built(root).published.written if path.startswith(lists))
    written = [path for path in found if path.endswith(".html")]
    assert written == ["index.html", "tags/one.html", "topics/other.html"]


def test_each_initial_of_the_tags_is_one_click_away_on_every_page(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tag, "MOST", 2)
    tags = ("amber", "ant", "beta", "编译", "调度", "Zig", "#1", "缓存")
    root = project(article(1, "2020-01-01", *(f'"{name}"' for name in tags)))
    built(root)
    for path in ("tags/index.html", "tags/page/2.html", "tags/page/3.html"):
        assert ">amber " in led(root, path, "A").partition("</ul>")[0]
        assert ">编译 " in led(root, path, "B").partition("</ul>")[0]
        assert ">调度 " in led(root, path, "D").partition("</ul>")[0]
        assert ">Zig " in led(root, path, "Z").partition("</ul>")[0]
    assert ">下一页</a>" in page(root, "tags/index.html")


def test_a_new_dump_writes_one_page_of_the_index(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transmission, "MOST", 4)
    folder = "content/transmissions"
    names = [f"{2019 + number // 6}-01-{number + 1:02}.txt" for number in range(18)]
    texts = [
        f"第{n}条摘录讲的是编号{n}的主题,其中有{n * n}个例子,一步一步说清楚...\n" for n in range(19)
    ]
    root = project({f"{folder}/{name}": text for name, text in zip(names, texts, strict=False)})
    built(root)
    for path in ("transmissions/index.html", "transmissions/page/4.html"):
        for year, newest in (("2021", 18), ("2020", 12), ("2019", 6)):
            assert f"-01-{newest:02}.txt" in led(root, path, year).partition("</li>")[0]
    (root / folder / "2021-02-01.txt").write_text(texts[18], "utf-8")
    written = [path for path in built(root).published.written if path.startswith("transmissions/")]
    assert written == [
        "transmissions/2021-01-18.html",
        "transmissions/2021-02-01.html",
        "transmissions/index.html",
    ]


def test_the_lines_of_a_long_dump_are_on_pages_that_its_articles_lead_to(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "LINES", 3)
    lines = [
        f"第{n}条摘录讲的是编号{n}的主题,其中有{n * n}个例子,一步一步说清楚..." for n in range(5)
    ]
    files = {
        "content/transmissions/a.txt": "\n".join(["LATEST UPDATES", *lines, "1 2"]),
        "content/transmissions/b.txt": "另一次传输里只有一条摘录,讲的是别的事情,与前面的都不一样...\n",
    }
    root = project(files)
    built(root)
    found = [page(root, f"transmissions/a{rest}.html") for rest in ("", "/page/2", "/page/3")]
    assert [re.findall(r'<li class="\w+" id="L(\d+)"', text) for text in found] == [
        ["1", "2", "3"],
        ["4", "5", "6"],
        ["7"],
    ]
    [url] = {
        url
        for path in (root / "site/articles").glob("*.html")
        for url in re.findall(r'href="([^"]*#L5)"', path.read_text("utf-8"))
    }
    assert url == "../transmissions/a/page/2.html#L5"
    assert ['<nav class="steps"' in text for text in found] == [False, False, True]
    assert all("<dt>条目</dt><dd>5</dd>" in text for text in found)
