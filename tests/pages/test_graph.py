"""What do the maps show, and where does everything stand on them?"""

import re
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from projects import Files, built, put

from kb.pages.chart import COLUMN, LETTER, chart
from kb.pages.courses import Disc
from kb.pages.graph_views import Cluster, Region, Sheaf, Star, Thread, Way
from kb.pages.lettering import DIGIT, GAP, caption, lines, width
from kb.pages.parts import CountedLink, Link
from kb.pages.sheaf import GUTTER, ROW, drawn
from kb.pages.sunflower import sunflower
from kb.pages.ties import Tie, ways

Project = Callable[[Files], Path]

names = st.text(alphabet="扩散模型与得分强化学习 GPU-Transformer", min_size=1, max_size=24)
topics = st.builds(CountedLink, names, st.just("t.html"), st.integers(1, 3000))
shelves = st.lists(topics, min_size=1, max_size=9).map(tuple)
regions = st.lists(st.builds(Region, st.just(Link("枝", "r.html")), shelves), max_size=8)
columns = st.sampled_from(sorted(COLUMN))


def alone(*counts: int) -> Region:
    return Region(None, tuple(CountedLink("主题", "t.html", count) for count in counts))


def box(disc: Disc) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a disc with its name and number."""
    letters = max(
        width(words) + (GAP + DIGIT * len(number)) * bool(number) for words, number in disc.lines
    )
    half = max(disc.radius, letters * LETTER / 2)
    bottom = disc.base + 15 * (len(disc.lines) - 1) + 4
    return disc.x - half, disc.y - disc.radius, disc.x + half, bottom


@given(regions, st.lists(shelves.map(lambda discs: Region(None, discs)), max_size=1), columns)
def test_no_disc_and_no_name_lies_over_another_or_outside(
    branches: list[Region], single: list[Region], across: int
) -> None:
    made = chart((*branches, *single), (), across)
    boxes = [box(disc) for disc in made.discs]
    for left, top, right, bottom in boxes:
        assert 0 <= left < right <= made.width
        assert 0 <= top < bottom <= made.height
    for one, other in combinations(boxes, 2):
        is_beside = one[2] <= other[0] or other[2] <= one[0]
        assert is_beside or one[3] <= other[1] or other[3] <= one[1]


@given(regions, columns)
def test_plates_stand_apart(branches: list[Region], across: int) -> None:
    for one, other in combinations(chart(branches, (), across).plates, 2):
        is_beside = one.x + one.width < other.x or other.x + other.width < one.x
        assert is_beside or one.y + one.height < other.y or other.y + other.height < one.y


def test_one_more_article_moves_no_topic() -> None:
    before, after = (chart([alone(20, n, 3, 7)], (), 1).discs for n in (12, 13))
    assert [(disc.x, disc.y) for disc in before] == [(disc.x, disc.y) for disc in after]
    assert before[1].radius < after[1].radius


def test_a_new_topic_at_the_end_moves_no_other() -> None:
    before, after = chart([alone(5, 5, 5)], (), 1), chart([alone(5, 5, 5, 1)], (), 1)
    assert before.discs == after.discs[:3]


def test_a_link_moves_no_topic() -> None:
    way = Way((0, 1), 1, 0, 0, is_main=True)
    assert chart([alone(1, 1)], (way,), 1).discs == chart([alone(1, 1)], (), 1).discs


@pytest.mark.parametrize(("largest", "worth"), [(60, 1), (61, 2), (121, 5), (559, 10), (4000, 100)])
def test_a_star_stands_for_several_articles_where_a_topic_has_many(
    largest: int, worth: int
) -> None:
    assert chart([alone(largest, 3)], (), 1).worth == worth


def test_fewer_seeds_are_the_beginning_of_more() -> None:
    assert sunflower(1) == "m0 0h0"
    assert sunflower(3) == "m6 0h0m-15 8h0m10 -23h0"
    assert sunflower(60).startswith(sunflower(59))


def test_long_ways_show_only_with_their_topics() -> None:
    far = Way((0, 11), 1, 0, 0, is_main=True)
    near = Way((0, 1), 1, 0, 0, is_main=True)
    made = chart([alone(*[1] * 12)], (near, far), 1)
    assert len(made.ways) == 1
    assert [len(lead) for lead in made.leads] == [2, 1, *[0] * 9, 1]


def test_the_nearest_topics_are_tied_first_and_the_largest_are_not_near_to_all() -> None:
    tied = {("a", "big"): Tie(4, 0), ("a", "b"): Tie(1, 1), ("b", "big"): Tie(3, 0)}
    found = ways(tied, {"a": 2, "b": 2, "big": 400})
    assert [way.ends for way in found] == [(0, 1), (0, 2), (1, 2)]
    assert found[0].kin == 1


def test_a_topic_has_no_more_ways_than_are_told_and_its_strongest_are_main() -> None:
    tied = {("hub", f"t{n}"): Tie(n, 0) for n in range(1, 10)}
    tied |= {("t1", f"t{n}"): Tie(20, 0) for n in range(2, 10)}
    found = ways(tied, {"hub": 1, **{f"t{n}": 1 for n in range(1, 10)}})
    assert len([way for way in found if 0 in way.ends and way.is_main]) <= 2


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("注意力机制", ("注意力机制",)),
        ("扩散模型与得分模型", ("扩散模型", "与得分模型")),
        ("基于价值的方法们", ("基于价值的", "方法们")),
        ("Transformer 结构", ("Transformer", "结构")),
        ("Generative modelling basics", ("Generative", "modelling…")),
        ("一二三四五六七八九十一二三四五六七八", ("一二三四五六七", "八九十一二三…")),
    ],
)
def test_a_name_breaks_where_it_reads_best(name: str, expected: tuple[str, ...]) -> None:
    assert lines(name, 7) == expected


def test_a_number_stands_behind_a_name_or_below_it() -> None:
    assert caption("微调", "96", 7) == (("微调", "96"),)
    assert caption("策略梯度与演员评论员", "129", 7) == (
        ("策略梯度", ""),
        ("与演员评论员", ""),
        ("", "129"),
    )


@given(st.text(max_size=60), st.floats(2, 20))
def test_no_line_is_wider_than_asked(name: str, most: float) -> None:
    assert all(width(line) <= most for line in lines(name, most))


def sheaf(count: int, *threads: tuple[int, int]) -> Sheaf:
    stars = tuple(Star(f"{number}", f"{number}.html", "zh") for number in range(count))
    found = tuple(Thread(ends, is_link=True) for ends in threads)
    return Sheaf((Cluster(Link("主题", "t.html"), stars),), found, 0)


def test_an_arc_joins_the_rows_of_its_articles() -> None:
    made = drawn(sheaf(3, (2, 0)))
    assert made.height == 4 * ROW
    assert made.links == "M66 54C35 54 35 126 66 126"
    assert [row.links for row in made.bunches[0].rows] == [
        "M66 18C35 18 35 90 66 90",
        "",
        "M66 -54C35 -54 35 18 66 18",
    ]


@given(st.data(), st.integers(2, 100))
def test_no_arc_leaves_the_gutter(data: st.DataObject, count: int) -> None:
    ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(
        lambda pair: pair[0] != pair[1]
    )
    made = drawn(sheaf(count, *data.draw(st.lists(ends, max_size=20))))
    for x, y in re.findall(r"(-?\d+) (-?\d+)", made.links):
        assert -GUTTER / 4 < int(x) < GUTTER  # a curve keeps a quarter short of its handles
        assert 0 < int(y) < made.height


def test_arcs_over_many_rows_show_only_with_their_articles() -> None:
    made = drawn(sheaf(40, (0, 39), (0, 1)))
    assert made.links.count("M") == 1
    assert made.bunches[0].rows[0].links.count("M") == 2


TOPICS = """\
topics:
  - {id: models, zh: 模型, children: [{id: diffusion, zh: 扩散}, {id: flow, zh: 流}]}
  - {id: storage, zh: 存储}
"""


def article(title: str, topic: str, text: str = "", tags: str = "") -> str:
    return f"---\ntitle: {title}\ntopic: {topic}\ntags: [{tags}]\n---\n\n{text}\n"


FILES = {
    "content/topics.yaml": TOPICS,
    "content/articles/a.md": article("甲", "diffusion", "见 [[乙]] 与 [[丙]]。", "同"),
    "content/articles/b.md": article("乙", "diffusion"),
    "content/articles/c.md": article("丙", "flow", "回到 [[甲]]。"),
    "content/articles/d.md": article("丁", "storage", "", "同"),
}


def page(root: Path, name: str) -> str:
    return (root / "site" / name).read_text("utf-8")


def test_the_map_names_every_topic_and_every_article_of_a_small_library(project: Project) -> None:
    root = project(FILES)
    built(root)
    shown = page(root, "graph/index.html")
    widest = shown.split("across-3")[1].split("</svg>")[0]
    assert re.findall(r'aria-label="(.*?)"', widest) == [
        *("模型", "扩散 2", "流 1", "存储 1"),
    ]
    assert re.findall(r'<a class="branch-name".*?<text.*?>(.*?)<', widest) == ["模型"]
    assert re.findall(r'<li class="strand">.*?<a.*?>(.*?)</a>', shown) == ["丙", "甲", "乙", "丁"]


def test_every_link_in_a_drawing_says_its_name(project: Project) -> None:
    root = project(FILES)
    built(root)
    drawings = re.findall(r"<svg.*?</svg>", page(root, "graph/index.html"), re.DOTALL)
    links = [link for drawing in drawings for link in re.findall(r"<a .*?>", drawing)]
    assert len(links) == 12
    assert all('aria-label="' in link for link in links)


def test_what_ties_topics_stands_in_words(project: Project) -> None:
    root = project(FILES)
    built(root)
    words = page(root, "graph/index.html").split('<details class="in-words">')[1]
    told = re.findall(r"<li>(流|存储) <span>(.*?)</span></li>", words)
    assert told[:2] == [("流", "2 处链接"), ("存储", "1 对相近的文章")]


def test_the_map_of_a_topic_shows_its_articles_and_what_lies_beyond(project: Project) -> None:
    root = project(FILES)
    built(root)
    shown = page(root, "graph/models.html")
    assert re.findall(r'<a class="bunch".*?>(.*?)</a>', shown) == ["扩散", "流"]
    assert re.findall(r'<li class="strand">.*?<a.*?>(.*?)</a>', shown) == ["乙", "甲", "丙"]
    beyond = shown.split("kb-beyond")[-1]
    assert re.findall(r"<span>(.*?)</span> <span class=\"count\">(.*?)<", beyond) == [
        ("存储", "1 处联系")
    ]


def test_a_library_without_articles_has_no_map(project: Project) -> None:
    root = project({"kb.yaml": "title: Notes\n"})
    built(root)
    assert not (root / "site/graph").exists()


def test_the_articles_with_the_most_links_stand_for_many(project: Project) -> None:
    many = {f"content/articles/n{n:03}.md": article(f"第{n:03}", "storage") for n in range(120)}
    root = project({**FILES, **many})
    built(root)
    assert 'class="strand"' not in page(root, "graph/index.html")
    shown = page(root, "graph/storage.html")
    assert shown.count('class="strand"') == 100
    assert "另有 21 篇" in shown


def test_an_article_shows_what_leads_to_it_and_where_it_leads(project: Project) -> None:
    root = project(FILES)
    built(root)
    shown = page(root, "articles/a.html").split('class="around"')[1].split("</section>")[0]
    left, right = shown.split("<svg")
    assert re.findall(r'<li class="(\w+)"><a.*?>(.*?)</a>', left) == [
        ("home", "扩散"),
        ("link", "丙"),
        ("tag", "同"),
    ]
    assert re.findall(r'<li class="(\w+)"><a.*?>(.*?)</a>', right) == [
        ("link", "乙"),
        ("kin", "丁"),
    ]


def test_an_edit_that_changes_no_link_changes_no_map(project: Project) -> None:
    root = project(FILES)
    built(root)
    put(root, {"content/articles/b.md": article("乙", "diffusion", "还是这些话，没有链接。")})
    assert not [path for path in built(root).published.written if path.startswith("graph/")]


def test_a_link_changes_the_maps_that_show_it_alone(project: Project) -> None:
    root = project(FILES)
    built(root)
    put(root, {"content/articles/d.md": article("丁", "storage", "见 [[乙]]。", "同")})
    written = {path for path in built(root).published.written if path.startswith("graph/")}
    assert written == {f"graph/{name}.html" for name in ("index", "models", "diffusion", "storage")}
