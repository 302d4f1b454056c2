"""Are foreign names and foreign pages told from ours?"""

import pytest

from kb.serve.hosts import in_url, is_our_host, is_our_origin


@pytest.mark.parametrize(
    "header",
    ["localhost", "localhost:8000", "LOCALHOST:1", "127.0.0.1", "127.0.0.1:8000", "[::1]:8000"],
)
def test_the_names_of_this_machine_are_ours(header: str) -> None:
    assert is_our_host(header, "127.0.0.1", "127.0.0.1")


@pytest.mark.parametrize(
    "header",
    [
        "",
        "evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evil.localhost",
        "localhost.",
        "localhost:80@evil.example",
        "user@localhost",
        "localhost, evil.example",
        "localhost:port",
        "192.168.1.5:8000",
        "0.0.0.0:8000",
        "::1",
        "[::1",
    ],
)
def test_any_other_name_is_foreign(header: str) -> None:
    assert not is_our_host(header, "127.0.0.1", "127.0.0.1")


@pytest.mark.parametrize(
    ("header", "asked", "reached"),
    [
        ("desk.lan:8000", "desk.lan", "192.168.1.5"),
        ("192.168.1.5:8000", "192.168.1.5", "192.168.1.5"),
        ("192.168.1.5:8000", "0.0.0.0", "192.168.1.5"),  # noqa: S104 - compared only
        ("[fe80::1]:8000", "::", "fe80::1"),
        ("[fe80::1]:8000", "fe80::1", "fe80::1"),
    ],
)
def test_the_host_that_was_asked_for_is_ours(header: str, asked: str, reached: str) -> None:
    assert is_our_host(header, asked, reached)


def test_listening_everywhere_takes_no_foreign_name() -> None:
    everywhere = "0.0.0.0"  # noqa: S104 - compared only
    assert not is_our_host("evil.example:8000", everywhere, "192.168.1.5")


@pytest.mark.parametrize("origin", [None, "http://localhost:8000", "https://LOCALHOST:8000"])
def test_a_page_of_ours_may_listen(origin: str | None) -> None:
    assert is_our_origin(origin, "localhost:8000")


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "",
        "http://evil.example",
        "http://localhost:3000",
        "http://localhost:8000.evil.example",
    ],
)
def test_a_page_of_others_may_not_listen(origin: str) -> None:
    assert not is_our_origin(origin, "localhost:8000")


@pytest.mark.parametrize(
    ("host", "written"),
    [("127.0.0.1", "127.0.0.1"), ("::1", "[::1]"), ("[::1]", "[::1]")],
)
def test_an_ipv6_address_is_written_in_brackets(host: str, written: str) -> None:
    assert in_url(host) == written
