"""Does a request path ever leave the site?"""

from pathlib import Path

import pytest

from kb.serve.paths import Elsewhere, find, media_type, segments


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"*",
        b"index.html",
        b"http://127.0.0.1/index.html",
        b"/../secret.txt",
        b"/./index.html",
        b"/%2e%2e/secret.txt",
        b"/%2E%2E%2Fsecret.txt",
        b"/topics/..%2f..%2fsecret.txt",
        b"/..%5csecret.txt",
        b"/topics\\index.html",
        b"/%00",
        b"/index.html%00.png",
        b"/index.html%0a",
        b"/%7f",
        b"//etc/passwd",
        b"/topics//index.html",
        b"/%2fetc/passwd",
        b"/.hidden",
        b"/.git/config",
        b"/%ff%fe",
    ],
)
def test_a_suspect_path_has_no_segments(raw: bytes) -> None:
    assert segments(raw) is None


def test_a_path_is_decoded_once() -> None:
    assert segments(b"/%252e%252e/%E6%8E%A7%E5%88%B6") == ("%2e%2e", "控制")


def test_what_is_well_known_is_not_hidden(site: Path) -> None:
    file = site / ".well-known" / "security.txt"
    file.parent.mkdir()
    file.write_text("Contact: mailto:a@example.org\n", "utf-8")
    assert find(site, b"/.well-known/security.txt") == file
    assert segments(b"/.well-known/.hidden") is None


def test_a_closing_slash_leaves_an_empty_name() -> None:
    assert segments(b"/topics/") == ("topics", "")


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"/", "index.html"),
        (b"/index.html", "index.html"),
        (b"/topics/", "topics/index.html"),
        (b"/articles/%E6%8E%A7%E5%88%B6%20%E7%BD%91.html", "articles/控制 网.html"),
        (b"/link-in.css", "kb.css"),
    ],
)
def test_a_path_finds_its_file(site: Path, raw: bytes, name: str) -> None:
    assert find(site, raw) == site / name


def test_a_folder_without_its_slash_is_elsewhere(site: Path) -> None:
    assert find(site, b"/topics") == Elsewhere("/topics/")


@pytest.mark.parametrize(
    "raw",
    [
        b"/none.html",
        b"/bare",
        b"/bare/",
        b"/index.html/",
        b"/index.html/index.html",
        b"/link-out.txt",
        b"/folder-out/secret.txt",
        b"/folder-out/site/index.html/../../secret.txt",
        b"/link-hidden.txt",
        b"/circle.html",
        b"/" + b"a" * 5000,
        b"/" + b"a/" * 5000,
    ],
)
def test_what_is_not_there_or_not_ours_is_not_found(site: Path, raw: bytes) -> None:
    assert find(site, raw) is None


def test_a_site_that_is_a_link_itself_is_served(site: Path, tmp_path: Path) -> None:
    (tmp_path / "current").symlink_to(site)
    assert find(tmp_path / "current", b"/kb.css") == site / "kb.css"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.json", "application/json; charset=utf-8"),
        ("a.xml", "application/xml; charset=utf-8"),
        ("a.svg", "image/svg+xml; charset=utf-8"),
        ("a.md", "text/markdown; charset=utf-8"),
        ("a.txt", "text/plain; charset=utf-8"),
        ("a.PNG", "image/png"),
        ("a.woff2", "font/woff2"),
        ("a.tar.gz", "application/gzip"),
        ("CNAME", "application/octet-stream"),
    ],
)
def test_a_type_follows_the_suffix(name: str, kind: str) -> None:
    assert media_type(Path(name)) == kind
