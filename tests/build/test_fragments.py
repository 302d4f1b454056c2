"""Is what many pages share kept for those pages, and for no others?"""

import pytest

from kb.build.fragments import MOST, Fragments

PATHS = ("index.html", "topics/index.html", "assets/kb.css")
KEY = ("top", ("", 1))


@pytest.mark.parametrize(
    ("path", "seat"),
    [
        ("index.html", ("", 0)),
        ("about.html", ("", 0)),
        ("articles/flow.html", ("", 1)),
        ("articles/flow/index.html", ("", 2)),
        ("topics/models.html", ("topics", 0)),
        ("topics/models/diffusion.html", ("topics", 1)),
    ],
)
def test_a_page_stands_below_the_nearest_folder_that_all_link_to(
    path: str, seat: tuple[str, int]
) -> None:
    assert Fragments(PATHS).seat(path) == seat


def test_what_leads_to_the_trunk_only_is_kept() -> None:
    fragments = Fragments(PATHS)
    fragments.keep(KEY, "<p>", ["index.html", "topics/models.html", "feed.xml"])
    assert fragments.known(KEY) == "<p>"


def test_what_leads_elsewhere_is_not_kept() -> None:
    fragments = Fragments(PATHS)
    fragments.keep(KEY, "<p>", ["index.html", "topics/models/feed.xml"])
    assert fragments.known(KEY) is None


def test_a_theme_that_asks_for_too_many_fragments_keeps_the_last() -> None:
    fragments = Fragments(PATHS)
    for number in range(MOST + 1):
        fragments.keep((number,), "<p>", [])
    assert (fragments.known((0,)), fragments.known((MOST,))) == (None, "<p>")
