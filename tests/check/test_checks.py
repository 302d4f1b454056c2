"""Does each check tell of what is wrong, where a person wrote it, and of nothing else?"""

from collections.abc import Callable
from pathlib import Path

import pytest
from checked import found
from projects import SMALL, TOPICS, Files, built, put

from kb.build.unchanged import NO_OPTIONS
from kb.build.update import update
from kb.problems import Problem
from kb.project import open_project

Wrong = Callable[..., list[Problem]]
PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000")


@pytest.fixture
def wrong(tmp_path: Path) -> Wrong:
    """What is wrong with the small project with these files, built, and its site then changed."""

    def find(files: Files, site: Files | None = None, code: str = "") -> list[Problem]:
        root = tmp_path / "project"
        put(root, {**SMALL, **files})
        built(root)
        put(root / "site", site or {})
        return found(root, code)

    return find


def told(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.code, str(problem.place)) for problem in problems]


@pytest.mark.parametrize(
    "settings",
    [
        "title: Notes\n",
        "title: Notes\nurls: pretty\n",
        "title: Notes\nbase_url: https://example.org/kb\n",
        "title: Notes\nbase_url: https://example.org\nurls: pretty\n",
    ],
)
def test_nothing_is_wrong_with_a_small_project(wrong: Wrong, settings: str) -> None:
    text = "---\ntitle: Links\n---\n\n## 一\n\n[a](#一) [b](/about.html) [c](/note.txt) [[flow]]\n\n![words](</a b.png>)\n"
    if "pretty" in settings:
        text = text.replace("/about.html", "/about/")
    assert (
        wrong({"kb.yaml": settings, "content/articles/links.md": text, "static/a b.png": PNG}) == []
    )


def test_a_dead_link_is_told_where_it_is_written(wrong: Wrong) -> None:
    text = "---\ntitle: Links\n---\n\nSee [a](lost.html) there.\n"
    [problem] = wrong({"content/articles/links.md": text})

    assert (problem.code, str(problem.place)) == ("dead-link", "content/articles/links.md:5:9")
    assert problem.message == 'this links to "lost.html", and the site has no articles/lost.html'
    assert (problem.source, problem.width) == ("See [a](lost.html) there.", 9)


def test_a_link_that_nearly_names_a_page_is_told_with_its_name(wrong: Wrong) -> None:
    [problem] = wrong({"content/articles/links.md": "---\ntitle: Links\n---\n\n[a](blcoks.html)\n"})
    assert problem.hint == 'did you mean "articles/blocks.html"?'


def test_an_address_that_is_a_mere_word_is_found_where_addresses_stand(wrong: Wrong) -> None:
    text = "---\ntitle: Links\n---\n\nA lost word, and [a](lost).\n"
    [problem] = wrong({"content/articles/links.md": text})
    assert str(problem.place) == "content/articles/links.md:5:22"


def test_a_link_that_a_build_tells_of_is_told_once(wrong: Wrong) -> None:
    text = "---\ntitle: Links\n---\n\n[a](/lost.html)\n\n[[nobody]]\n"
    assert told(wrong({"content/articles/links.md": text})) == [
        ("dead-link", "content/articles/links.md:5"),
        ("dead-link", "content/articles/links.md:7"),
    ]


def test_a_dead_link_in_a_text_that_other_pages_embed_is_told_once(wrong: Wrong) -> None:
    files = {
        "content/articles/links.md": "---\ntitle: Links\n---\n\n[a](lost.html)\n",
        "content/articles/more.md": "---\ntitle: More\n---\n\n![[links]]\n",
        "content/articles/most.md": "---\ntitle: Most\n---\n\n![[more]]\n",
    }
    assert told(wrong(files)) == [("dead-link", "content/articles/links.md:5:5")]


def test_a_dead_link_in_the_frame_is_one_problem_of_the_template(wrong: Wrong) -> None:
    shipped = Path(__file__).parents[2] / "templates/parts/nav.html"
    nav = shipped.read_text("utf-8") + '<li><a href="{{ "lost.html"|url }}">x</a></li>\n'
    [problem] = wrong({"templates/parts/nav.html": nav})

    line = nav.count("\n")
    assert (problem.code, str(problem.place)) == (
        "dead-link",
        f"templates/parts/nav.html:{line}:18",
    )


def test_a_dead_link_on_many_pages_that_nobody_wrote_is_one_problem_of_the_first(
    wrong: Wrong,
) -> None:
    page = b'<!doctype html>\n<a href="/lost.html">x</a>\n'
    [problem] = wrong({}, {"tags/index.html": page, "topics/index.html": page})

    assert (problem.code, str(problem.place)) == ("dead-link", "site/tags/index.html:2:10")
    assert problem.message.endswith("has no lost.html, as 1 other page does")


def test_a_dead_anchor_is_told_where_it_is_written(wrong: Wrong) -> None:
    text = "---\ntitle: Links\n---\n\n[a](/about.html#nowhere) [b](#none)\n"
    problems = wrong({"content/articles/links.md": text})

    assert [(p.code, p.place.column, p.message) for p in problems] == [
        ("unknown-heading", 0, 'no heading of this text is called "none"'),
        (
            "dead-anchor",
            5,
            'this links to "/about.html", and about.html has no place called "nowhere"',
        ),
    ]


def test_an_image_a_script_and_a_style_that_are_missing_are_told(wrong: Wrong) -> None:
    page = '<!doctype html>\n<script src="a.js"></script>\n<img alt="" src="b.png">\n<link rel="stylesheet" href="c.css">\n'
    assert told(wrong({"static/demo.html": page})) == [
        ("missing-asset", "static/demo.html:2:14"),
        ("missing-asset", "static/demo.html:3:18"),
        ("missing-asset", "static/demo.html:4:30"),
    ]


def test_what_a_style_asks_for_is_looked_for(wrong: Wrong) -> None:
    files = {"static/demo.css": "a { background: url(a.png) }\nb { background: url(note.txt) }\n"}
    assert told(wrong(files)) == [("missing-asset", "static/demo.css:1:21")]


def test_an_image_of_a_set_that_is_missing_is_told(wrong: Wrong) -> None:
    page = '<!doctype html>\n<img alt="" src="a.png" srcset="a.png 1x, b.png 2x">\n'
    files = {"static/demo.html": page, "static/a.png": PNG}
    assert told(wrong(files)) == [("missing-asset", "static/demo.html:2:43")]


def test_a_link_out_of_the_folder_of_the_site_is_told(wrong: Wrong) -> None:
    page = "<!doctype html>\n<a href=/kb/about.html>a</a> <a href=/other/>b</a>\n"
    files = {"kb.yaml": "base_url: https://example.org/kb\n", "static/demo.html": page}
    assert told(wrong(files)) == [("outside-link", "static/demo.html:2:38")]


def test_an_image_without_words_is_told_in_html_and_in_markdown(wrong: Wrong) -> None:
    files = {
        "content/articles/links.md": "---\ntitle: Links\n---\n\n![](/a.png)\n",
        "static/demo.html": "<!doctype html>\n<img src=a.png><img src=a.png alt=''>\n",
        "static/a.png": PNG,
    }
    assert told(wrong(files)) == [
        ("image-without-words", "content/articles/links.md:5"),
        ("image-without-words", "static/demo.html:2:10"),
    ]


def test_a_formula_that_failed_is_told_with_its_line(wrong: Wrong) -> None:
    text = "---\ntitle: Links\n---\n\nOne $x$, one $\\nosuchcommand$.\n"
    [problem] = wrong({"content/articles/links.md": text})
    assert (problem.code, problem.place.line) == ("broken-formula", 5)
    assert problem.source == "One $x$, one $\\nosuchcommand$."


def test_a_feed_that_links_to_what_is_not_there_is_told(wrong: Wrong) -> None:
    feed = '<feed xmlns="http://www.w3.org/2005/Atom">\n<link href="https://example.org/lost.html"/></feed>'
    json = '{"items": [{"url": "https://example.org/gone.html"}]}'
    site = {"feed.xml": feed, "feed.json": json}
    assert told(wrong({"kb.yaml": "base_url: https://example.org\n"}, site)) == [
        ("dead-link", "site/feed.json:1:21"),
        ("dead-link", "site/feed.xml:2:13"),
    ]


def test_a_sitemap_that_names_what_is_not_there_is_told(wrong: Wrong) -> None:
    sitemap = "<urlset><url><loc>https://example.org/lost.html</loc></url></urlset>"
    [problem] = wrong({"kb.yaml": "base_url: https://example.org\n"}, {"sitemap.xml": sitemap})
    assert (problem.code, str(problem.place)) == ("dead-link", "site/sitemap.xml:1:19")


def test_a_feed_that_cannot_be_read_is_told(wrong: Wrong) -> None:
    assert told(wrong({}, {"feed.xml": "<feed>\n&nbsp;</feed>", "api/tags.json": "["})) == [
        ("broken-format", "site/api/tags.json"),
        ("broken-format", "site/feed.xml:2:1"),
    ]


def test_a_page_that_somebody_took_away_is_one_problem_whoever_links_to_it(wrong: Wrong) -> None:
    [problem] = wrong({}, {"articles/blocks.html": None})
    assert (problem.code, str(problem.place)) == ("missing-file", "site/articles/blocks.html")


def test_a_page_that_nothing_leads_to_is_told_with_its_file(wrong: Wrong) -> None:
    empty = b"<!doctype html>\n<p>Nothing.\n"
    site = dict.fromkeys(
        ("topics/index.html", "tags/index.html", "transmissions/index.html", "index.html"), empty
    )
    problems = wrong({}, site)
    assert {p.code for p in problems} == {"orphan"}
    assert "content/articles/flow.md" in {p.place.path for p in problems}


def test_two_articles_with_one_title_are_told_at_the_second(wrong: Wrong) -> None:
    files = {"content/articles/z.md": "---\ntitle: BLOCKS\nslug: z\n---\n\nText.\n"}
    [problem] = wrong(files)
    assert (problem.code, str(problem.place)) == ("duplicate-title", "content/articles/z.md:2:8")
    assert problem.message == 'content/articles/blocks.md has the title "BLOCKS" too'


def test_two_articles_with_one_slug_and_an_unknown_topic_are_told_as_a_build_tells_it(
    wrong: Wrong,
) -> None:
    files = {
        "content/articles/z.md": "---\ntitle: Z\nslug: flow\n---\n\nText.\n",
        "content/articles/y.md": "---\ntitle: Y\ntopic: difusion\n---\n\nText.\n",
    }
    assert told(wrong(files)) == [
        ("unknown-topic", "content/articles/y.md:3:8"),
        ("duplicate-slug", "content/articles/z.md:3:7"),
    ]


def test_a_tag_of_ones_own_vocabulary_that_no_article_has_is_noted(wrong: Wrong) -> None:
    topics = TOPICS + "  - {tag: my own}\n  - {tag: another, aliases: [RLX]}\n"
    files = {
        "content/topics.yaml": topics,
        "content/articles/z.md": "---\ntitle: Z\ntags: [rlx]\n---\n\nText.\n",
    }
    noted = [p for p in wrong(files, code="unused-tag") if p.code == "unused-tag"]
    assert [(p.message, str(p.place)) for p in noted] == [
        ('no article has the tag "my own"', "content/topics.yaml:11:5")
    ]


def test_a_tag_of_one_article_is_noted_and_one_of_two_is_not(wrong: Wrong) -> None:
    files = {"content/articles/z.md": "---\ntitle: Z\ntags: [HDFS, alone]\n---\n\nText.\n"}
    noted = [p for p in wrong(files, code="lonely-tag") if p.place.path.endswith("z.md")]
    assert [(p.message, str(p.place)) for p in noted] == [
        ('no other article has the tag "alone"', "content/articles/z.md:3:7")
    ]


def test_a_record_of_which_the_machine_was_unsure_is_noted_until_a_person_files_it(
    wrong: Wrong, tmp_path: Path
) -> None:
    dump = "LATEST UPDATES\n今天写一写周末去爬山的事情,天气很好,路上遇见了几个老朋友,一起吃了午饭,聊了很久...\n"
    [noted] = wrong({"content/transmissions/x.txt": dump}, code="needs-review")
    assert noted.message == "a person should look at this record: no topic fits"

    record = tmp_path / "project" / noted.place.path
    text = record.read_text("utf-8")
    record.write_text(text.replace("topic: other", "topic: storage"), "utf-8")
    built(tmp_path / "project")
    assert found(tmp_path / "project", "needs-review") == []


def test_a_project_without_a_site_is_told_and_its_texts_are_checked(tmp_path: Path) -> None:
    text = "---\ntitle: Links\n---\n\n[[nobody]]\n"
    put(tmp_path, {**SMALL, "content/articles/links.md": text})
    assert [p.code for p in found(tmp_path)] == ["dead-link", "no-site"]


def test_a_site_that_is_older_than_its_texts_is_told(tmp_path: Path) -> None:
    root = tmp_path / "project"
    put(root, SMALL)
    update(open_project(root), NO_OPTIONS)
    assert found(root) == []

    put(root, {"content/pages/about.md": "---\ntitle: About\nslug: about\n---\n\nMore.\n"})
    [problem] = found(root)
    assert (problem.code, str(problem.place)) == ("stale-site", "content/pages/about.md")


def test_foreign_files_in_the_output_are_no_concern_but_may_be_linked_to(wrong: Wrong) -> None:
    text = "---\ntitle: Links\n---\n\n[a](/mine/demo.html)\n"
    site = {"mine/demo.html": "<a href=lost.html>x</a>"}
    assert [p.code for p in wrong({"content/articles/links.md": text}, site)] == []
