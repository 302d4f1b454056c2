from posixpath import relpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.routes import Route, UrlStyle, absolute_url, page_path, relative_url, site_path, site_url

FILES, PRETTY = UrlStyle.FILES, UrlStyle.PRETTY


@pytest.mark.parametrize(
    ("route", "file", "folder"),
    [
        ("articles/lora", "articles/lora.html", "articles/lora/index.html"),
        ("topics/index", "topics/index.html", "topics/index.html"),
        ("index", "index.html", "index.html"),
        ("404", "404.html", "404.html"),
        ("page/2", "page/2.html", "page/2/index.html"),
    ],
)
def test_a_route_has_one_file_in_each_style(route: str, file: str, folder: str) -> None:
    assert page_path(Route(route), FILES) == file
    assert page_path(Route(route), PRETTY) == folder


@pytest.mark.parametrize(
    ("path", "origin", "url"),
    [
        ("index.html", "index.html", "./"),
        ("index.html", "articles/lora/index.html", "../../"),
        ("articles/lora/index.html", "index.html", "articles/lora/"),
        ("feed.xml", "topics/llm/index.html", "../../feed.xml"),
        ("注.txt", "index.html", "%E6%B3%A8.txt"),
    ],
)
def test_a_pretty_link_names_a_folder(path: str, origin: str, url: str) -> None:
    assert relative_url(path, origin, PRETTY) == url


def test_a_link_names_a_file_and_never_looks_like_a_scheme() -> None:
    assert relative_url("index.html", "articles/lora.html", FILES) == "../index.html"
    assert relative_url("a:b.html", "index.html", FILES) == "a%3Ab.html"


PATHS = st.lists(st.sampled_from(["a", "b", "ab"]), min_size=1, max_size=4).map("/".join)


@given(PATHS, PATHS)
def test_a_relative_link_leads_as_the_shortest_path_does(folder: str, file: str) -> None:
    path = f"{file}.html"
    assert relative_url(path, f"{folder}/x.html", FILES) == relpath(path, folder)


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("/", "index.html"),
        ("", "index.html"),
        ("/?x=1", "index.html"),
        ("/#top", "index.html"),
        ("/articles/", "articles/index.html"),
        ("/articles/lora.html", "articles/lora.html"),
        ("/a.html?x=1#y", "a.html"),
        ("//a//b.html", "a/b.html"),
        ("/../../etc/passwd", "etc/passwd"),
        ("/..", "index.html"),
    ],
)
def test_a_link_from_the_root_names_a_path_inside_the_site(target: str, path: str) -> None:
    assert site_path(target) == path


@pytest.mark.parametrize(
    ("target", "style", "url"),
    [
        ("/", FILES, "../index.html"),
        ("/", PRETTY, "../"),
        ("/topics/", FILES, "../topics/index.html"),
        ("/a.html?x=1&y=2", FILES, "../a.html?x=1&y=2"),
        ("/a.html?q=两 字", FILES, "../a.html?q=%E4%B8%A4%20%E5%AD%97"),
        ("/images/a b.png", FILES, "../images/a%20b.png"),
    ],
)
def test_a_link_from_the_root_becomes_relative(target: str, style: UrlStyle, url: str) -> None:
    assert site_url(target, "articles/lora.html", style) == url


def test_an_address_needs_a_base() -> None:
    assert absolute_url("a.html", "https://kb.test/sub", FILES) == "https://kb.test/sub/a.html"
    assert absolute_url("a/index.html", "https://kb.test", PRETTY) == "https://kb.test/a/"
    assert absolute_url("a.html", "", FILES) == ""
