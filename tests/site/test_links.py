from pathlib import Path

import pytest
from crawl import Site, dead_links, reachable

BASES = ("https://kb.test/", "https://kb.test/sub/path/", "file:///some/folder/")
ALONE = {"404.html"}
"""Pages that nothing links to, and redirects, which are found by their old address only."""


@pytest.mark.parametrize("base", BASES)
def test_no_link_of_our_own_site_is_dead(own_site: Path, base: str) -> None:
    assert dead_links(Site(own_site, base)) == []


def test_no_link_is_dead_where_addresses_name_folders(pretty_site: Path) -> None:
    assert dead_links(Site(pretty_site, "https://kb.test/sub/path/")) == []


def test_every_page_is_reachable_from_home(own_site: Path) -> None:
    assert unreachable(own_site) == set()


def unreachable(folder: Path) -> set[str]:
    pages = {path for path in folder.rglob("*.html") if not is_redirect(path)}
    lost = pages - reachable(Site(folder, "https://kb.test/"))
    return {path.relative_to(folder).as_posix() for path in lost} - ALONE


def is_redirect(path: Path) -> bool:
    return 'http-equiv="refresh"' in path.read_text("utf-8")


if (Path(__file__).parents[3] / "shared" / "transmissions").is_dir():

    def test_the_site_of_the_real_dumps_is_whole(real_site: Path) -> None:
        assert unreachable(real_site) == set()
        assert dead_links(Site(real_site, "https://kb.test/")) == []
