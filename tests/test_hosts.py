"""Which sites are too large for which hosts?"""

from kb.hosts import HOSTS, MIB, Size, excess, size_of

BY_NAME = {host.name: host for host in HOSTS}


def test_the_size_of_a_site_counts_files_bytes_and_the_fullest_folder() -> None:
    files = [("index.html", 5), ("articles/a.html", 7), ("articles/b.html", 9)]

    assert size_of(files) == Size(3, 2, 21, 9, "articles/b.html")


def test_an_empty_site_has_no_size() -> None:
    assert size_of([]) == Size(0, 0, 0, 0, "")


def test_a_small_site_fits_everywhere() -> None:
    size = size_of([("index.html", 5)])

    assert [words for host in HOSTS for words in excess(size, host)] == []


def test_too_many_files_and_too_large_ones_are_told_with_their_figures() -> None:
    size = Size(20_001, 3, 40 * MIB, 26 * MIB, "static/film.mp4")

    assert [*excess(size, BY_NAME["Cloudflare Pages"])] == [
        "takes 20,000 files, the site has 20,001",
        "takes files of 25 MiB, static/film.mp4 has 26 MiB",
    ]


def test_a_site_over_a_gigabyte_is_too_large_for_github() -> None:
    size = Size(10, 3, 1025 * MIB, 5, "a")

    assert [*excess(size, BY_NAME["GitHub Pages"])] == ["takes 1,024 MiB, the site has 1,025 MiB"]


def test_a_folder_of_too_many_files_is_too_full_for_netlify() -> None:
    size = Size(60_000, 54_001, 5, 5, "a")

    assert [*excess(size, BY_NAME["Netlify"])] == ["takes 54,000 files in a folder, one has 54,001"]
