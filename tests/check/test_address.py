import pytest

from kb.check.address import Stand, Target, Where, stand_of

AT_HOME = Stand()
BELOW = stand_of("https://Example.org/kb")


@pytest.mark.parametrize(
    ("url", "path", "anchor"),
    [
        ("lora.html", "articles/lora.html", ""),
        ("../topics/", "topics/index.html", ""),
        ("..", "index.html", ""),
        ("./", "articles/index.html", ""),
        ("/about.html", "about.html", ""),
        ("/", "index.html", ""),
        ("#rank", "articles/here.html", "rank"),
        ("?q=1", "articles/here.html", ""),
        ("#", "articles/here.html", ""),
        ("#Top", "articles/here.html", ""),
        ("lora.html#a:~:text=b", "articles/lora.html", "a"),
        ("%E4%B8%AD.html?x=/y#%E5%9B%BD", "articles/中.html", "国"),
        (" lora.html ", "articles/lora.html", ""),
    ],
)
def test_an_address_names_a_file_of_the_site(url: str, path: str, anchor: str) -> None:
    assert AT_HOME.target(url, "articles/here.html") == Target(Where.INSIDE, path, anchor)


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://example.org/kb/a.html", "a.html"),
        ("//example.org/kb/", "index.html"),
        ("https://example.org/kb", "index.html"),
        ("/kb/feed.xml", "feed.xml"),
        ("../a/", "a/index.html"),
    ],
)
def test_an_address_below_the_base_url_names_a_file_too(url: str, path: str) -> None:
    assert BELOW.target(url, "tags/index.html") == Target(Where.INSIDE, path)


@pytest.mark.parametrize(
    ("url", "where"),
    [
        ("https://example.com/", Where.ELSEWHERE),
        ("//example.com/a", Where.ELSEWHERE),
        ("https://example.org/other/", Where.ELSEWHERE),
        ("/other/a.html", Where.OUTSIDE),
        ("/kbx/a.html", Where.OUTSIDE),
        ("../../a.html", Where.OUTSIDE),
        ("http://[", Where.OUTSIDE),
        ("mailto:a@example.org", Where.NOWHERE),
        ("data:image/png;base64,AA", Where.NOWHERE),
        ("javascript:void(0)", Where.NOWHERE),
    ],
)
def test_an_address_that_names_no_file_of_the_site(url: str, where: Where) -> None:
    assert BELOW.target(url, "tags/index.html").where is where


def test_an_address_may_be_relative_to_another_one() -> None:
    found = BELOW.target("b.html", "feed.xml", "https://example.org/kb/articles/a.html")
    assert found == Target(Where.INSIDE, "articles/b.html")
