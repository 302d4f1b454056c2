"""Does the preview speak HTTP, and only of the site?"""

import socket
from contextlib import ExitStack
from typing import Any

import pytest

# Fixtures come from conftest.py, whose classes pytest does not let us name.
Running = Any


def test_a_page_is_served_with_the_script(shared: Running) -> None:
    answer = shared.get("/")
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert '<p>首页</p><script src="/__kb/reload.js" defer' in answer.body.decode()
    assert answer.body.endswith(b"</script>\n</body></html>")
    assert int(answer.headers["content-length"]) == len(answer.body)


def test_the_script_is_never_written_to_the_site(shared: Running) -> None:
    shared.get("/")
    assert all(
        b"__kb" not in path.read_bytes() for path in shared.site.rglob("*.html") if path.is_file()
    )


@pytest.mark.parametrize(
    ("path", "body"),
    [("/kb.css", b"0123456789"), ("/kb.js", b"1"), ("/feed.xml", b"<feed/>")],
)
def test_what_is_no_page_is_served_as_it_is(shared: Running, path: str, body: bytes) -> None:
    assert shared.get(path).body == body


def test_a_fragment_without_a_body_gets_the_script_too(shared: Running) -> None:
    assert shared.get("/fragment.html").body.startswith(b"<p>no body<script ")


def test_a_chinese_name_is_served(shared: Running) -> None:
    answer = shared.get("/articles/%E6%8E%A7%E5%88%B6%20%E7%BD%91.html?q=1#x")
    assert answer.body.startswith(b"<body>article")


def test_a_folder_leads_to_its_slash(shared: Running) -> None:
    answer = shared.get("/topics?page=2")
    assert (answer.status, answer.headers["location"]) == (307, "/topics/?page=2")
    assert shared.get("/topics/").body.startswith(b"<body>topics")


def test_a_missing_page_gives_the_page_of_the_site(shared: Running) -> None:
    answer = shared.get("/none/at/all.html", Range="bytes=0-1")
    assert answer.status == 404
    assert "查无此页" in answer.body.decode()
    assert b"/__kb/reload.js" in answer.body


def test_a_site_without_its_own_gives_a_plain_one(preview: Running) -> None:
    (preview.site / "404.html").unlink()
    answer = preview.get("/none.html")
    assert answer.status == 404
    assert answer.body.startswith(b"<!doctype html>")
    assert b"/__kb/reload.js" in answer.body


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/topics/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/%252e%252e/secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/%00",
        "/index.html%00",
        "/%0a",
        "/%0d%0aSet-Cookie:x",
        "//etc/passwd",
        "///etc/passwd",
        "//evil.example/topics",
        "/%2fetc%2fpasswd",
        "/link-out.txt",
        "/folder-out/secret.txt",
        "/folder-out/",
        "/link-hidden.txt",
        "/.hidden",
        "/.git/config",
        "/circle.html",
        "/bare/",
        "/%ff",
        "/%",
        "/" + "a" * 4000,
        "/__kb/",
        "/__kb/reload.py",
    ],
)
def test_nothing_but_the_site_is_served(shared: Running, path: str) -> None:
    answer = shared.get(path)
    assert answer.status == 404
    assert b"secret" not in answer.body
    assert "location" not in answer.headers


def test_a_head_is_a_get_without_its_content(shared: Running) -> None:
    full, head = shared.get("/kb.css"), shared.get("/kb.css", "HEAD", Range="bytes=0-1")
    assert (head.status, head.body) == (200, b"")
    del full.headers["date"], head.headers["date"]
    assert head.headers == full.headers


@pytest.mark.parametrize("path", ["/", "/kb.css"])
def test_a_known_file_is_not_sent_again(shared: Running, path: str) -> None:
    known = shared.get(path).headers
    by_tag = shared.get(path, If_None_Match=known["etag"])
    by_date = shared.get(path, If_Modified_Since=known["last-modified"])
    assert (by_tag.status, by_tag.body, by_tag.headers["etag"]) == (304, b"", known["etag"])
    assert by_date.status == 304


def test_a_part_is_sent(shared: Running) -> None:
    answer = shared.get("/kb.css", Range="bytes=2-4")
    assert (answer.status, answer.body) == (206, b"234")
    assert answer.headers["content-range"] == "bytes 2-4/10"


def test_a_part_of_a_page_is_a_part_of_what_is_served(shared: Running) -> None:
    whole = shared.get("/").body
    assert shared.get("/", Range="bytes=-20").body == whole[-20:]


def test_a_part_that_is_not_there_is_refused(shared: Running) -> None:
    answer = shared.get("/kb.css", Range="bytes=10-")
    assert (answer.status, answer.headers["content-range"]) == (416, "bytes */10")


def test_a_large_file_comes_whole(preview: Running) -> None:
    content = bytes(range(256)) * 8192
    (preview.site / "large.bin").write_bytes(content)
    assert preview.get("/large.bin").body == content


@pytest.mark.parametrize("path", ["/", "/kb.css", "/none", "/__kb/reload.js", "/__kb/events"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"])
def test_other_methods_are_refused(shared: Running, path: str, method: str) -> None:
    answer = shared.get(path, method)
    assert answer.status == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}


@pytest.mark.parametrize("path", ["/", "/none", "/__kb/reload.js", "/__kb/events"])
@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "192.168.1.5", ""])
def test_a_foreign_host_gets_nothing(shared: Running, path: str, host: str) -> None:
    answer = shared.get(path, Host=host)
    assert (answer.status, answer.body) == (403, b"Foreign host.")


@pytest.mark.parametrize("host", ["localhost", "localhost:1", "127.0.0.1:8000", "[::1]:8000"])
def test_our_own_names_get_the_page(shared: Running, host: str) -> None:
    assert shared.get("/", Host=host).status == 200


@pytest.mark.parametrize("path", ["/", "/kb.css", "/none", "/__kb/reload.js"])
def test_every_answer_is_private_and_fresh(shared: Running, path: str) -> None:
    headers = shared.get(path, Origin="http://evil.example").headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert not any(name.startswith("access-control") for name in headers)


def test_the_script_is_served(shared: Running) -> None:
    answer = shared.get("/__kb/reload.js")
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert b"new EventSource" in answer.body
    assert b"innerHTML" not in answer.body


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:3000"])
def test_a_foreign_page_may_not_listen(shared: Running, origin: str) -> None:
    assert shared.get("/__kb/events", Origin=origin).status == 403


def test_a_head_of_the_stream_ends(shared: Running) -> None:
    answer = shared.get("/__kb/events", "HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"


@pytest.mark.parametrize(
    "raw",
    [
        b"\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"GET http://localhost/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.0\r\n\r\n",
        b"X" * 100_000,
        b"GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
)
def test_odd_requests_leave_the_server_well(shared: Running, raw: bytes) -> None:
    try:
        answer = shared.send(raw)
    except ConnectionResetError:
        answer = b""
    assert not answer.startswith(b"HTTP/1.1 5")
    assert shared.get("/").status == 200
    assert shared.said == []


def test_half_sent_requests_leave_the_server_well(preview: Running) -> None:
    with ExitStack() as opened:
        for _ in range(200):
            connection = socket.create_connection(("127.0.0.1", preview.port), timeout=5)
            opened.enter_context(connection).sendall(b"GET / HTTP/1.1\r\nHost: loc")
        assert preview.get("/").status == 200


@pytest.fixture
def quick_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half-sent requests are looked for far more often."""
    monkeypatch.setattr("kb.serve.server._SWEEP_SECONDS", 0.2)


@pytest.mark.usefixtures("quick_sweep")
def test_half_sent_requests_are_dropped(preview: Running) -> None:
    with socket.create_connection(("127.0.0.1", preview.port), timeout=5) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: loc")
        assert connection.recv(1) == b""
