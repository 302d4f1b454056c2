import re
from collections import Counter
from itertools import islice
from pathlib import Path

from corpus import TOPICS, Article, articles, read
from tools import kb

from kb.build.run import build
from kb.project import open_project

CODE = re.compile(r"```\w+\n(.*?)```", re.DOTALL)
FORMULA = re.compile(r"\$+([^$]+)\$+")


def test_a_corpus_is_the_same_each_time() -> None:
    assert tuple(articles(20)) == tuple(articles(20))


def test_an_article_is_the_same_in_a_larger_corpus_but_for_its_links() -> None:
    one, other = (
        [(a.slug, a.title, a.date, a.topic, a.tags) for a in islice(articles(count), 20)]
        for count in (20, 5000)
    )
    assert one == other


def test_articles_have_three_to_four_kilobytes() -> None:
    sizes = [len(article.body.encode()) for article in articles(300)]
    assert min(sizes) >= 2990
    assert max(sizes) < 5000
    assert 3000 < sum(sizes) / len(sizes) < 4000


def test_formulas_and_code_hardly_ever_come_twice() -> None:
    text = "".join(article.body for article in articles(300))
    for found in (CODE.findall(text), FORMULA.findall(CODE.sub("", text))):
        assert len(found) > 300
        assert len(set(found)) > 0.95 * len(found)


def test_few_topics_are_common_and_all_occur() -> None:
    counts = Counter(article.topic for article in articles(2000))
    ranked = [count for _, count in counts.most_common()]
    assert counts.keys() == set(TOPICS)
    assert ranked[0] > 4 * ranked[-1]


def test_links_lead_to_articles_of_the_corpus_by_their_titles() -> None:
    titles = {article.slug: article.title for article in articles(50)}
    links = [
        link
        for article in articles(50)
        for link in re.findall(r"\[([^]]+)\]\(([\w-]+)\.md\)", article.body)
    ]
    assert len(links) == 100
    assert all(titles[slug] == title for title, slug in links)


def test_articles_are_read_from_a_folder_of_markdown(tmp_path: Path) -> None:
    text = "---\ntitle: 缓存\ndate: 2024-01-02\ntopic: 数据库\ntags: [缓存, 锁]\n---\n\n正文。\n"
    (tmp_path / "cache.md").write_text(text, "utf-8")
    expected = Article("cache", "缓存", "2024-01-02", "数据库", ("缓存", "锁"), "\n正文。\n")
    assert tuple(read(tmp_path)) == (expected,)
    assert expected.summary == "正文。"


def test_kb_finds_nothing_wrong_with_the_corpus(tmp_path: Path) -> None:
    kb().lay_out(tuple(articles(8)), tmp_path)
    built = build(open_project(tmp_path), 1)
    assert built.problems == ()
    assert len(list((tmp_path / "site/articles").glob("*.html"))) == 8
