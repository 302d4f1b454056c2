"""A preview that really listens, for the tests to talk to."""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from kb.serve.outcome import Outcome
from kb.serve.ports import listen
from kb.serve.roots import real_roots
from kb.serve.server import Work, create_server


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Builder:
    """A rebuild that a test steers and counts."""

    outcome: Outcome | BaseException = field(default_factory=lambda: Outcome(changed=False))
    runs: int = 0
    started: Event = field(default_factory=Event)
    may_end: Event = field(default_factory=Event)

    def __call__(self) -> Outcome:
        """Do what the test said."""
        self.runs += 1
        self.started.set()
        self.may_end.wait(5)
        if isinstance(self.outcome, BaseException):
            raise self.outcome
        return self.outcome


@dataclass
class Stream:
    """The event stream of a page."""

    answer: HTTPResponse

    def state(self) -> dict[str, Any]:
        """The next state."""
        while line := self.answer.readline():
            if line.startswith(b"data: "):
                state: dict[str, Any] = json.loads(line[6:])
                return state
        raise EOFError


@dataclass
class Running:
    """A running preview."""

    site: Path
    content: Path
    port: int
    builder: Builder
    said: list[str]

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask over a connection of its own, with the path as it is."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=5)) as connection:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, headers=named)
            answer = connection.getresponse()
            fields = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, fields, answer.read())

    def send(self, raw: bytes) -> bytes:
        """Send bytes, and return all that comes back."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
            connection.sendall(raw)
            connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: connection.recv(65536), b""))


PAGES = {
    "index.html": "<!doctype html><body><p>首页</p></body></html>",
    "404.html": "<!doctype html><body><p>查无此页</p></body></html>",
    "topics/index.html": "<body>topics</body>",
    "articles/控制 网.html": "<body>article</body>",
    "fragment.html": "<p>no body",
    "kb.css": "0123456789",
    "kb.js": "1",
    "search.json": "{}",
    "feed.xml": "<feed/>",
    "favicon.ico": "icon",
    "bare/note.txt": "no index here",
    ".hidden": "secret",
    ".git/config": "secret",
}


def site_in(folder: Path) -> Path:
    """A small site, with a secret beside it and links that lead there."""
    made = folder / "site"
    for name, text in PAGES.items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(text, encoding="utf-8")
    (folder / "secret.txt").write_text("secret", encoding="utf-8")
    (made / "link-out.txt").symlink_to(folder / "secret.txt")
    (made / "folder-out").symlink_to(folder)
    (made / "circle.html").symlink_to(made / "circle.html")
    (made / "link-in.css").symlink_to(made / "kb.css")
    (made / "link-hidden.txt").symlink_to(made / ".hidden")
    return made


@contextmanager
def running(site: Path, builder: Builder) -> Iterator[Running]:
    """A preview of `site` that watches `content/` beside it."""
    content = site.parent / "content"
    content.mkdir()
    said: list[str] = []
    work = Work(real_roots((content,), site), builder, said.append)
    with closing(listen("127.0.0.1", 0)) as listener:
        server = create_server(site, "127.0.0.1", work)
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield Running(site, content, listener.getsockname()[1], builder, said)
        server.should_exit = True
        thread.join(10)
        assert not thread.is_alive()


def quick_builder() -> Builder:
    """A rebuild that changes nothing and does not wait."""
    made = Builder()
    made.may_end.set()
    return made


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site."""
    return site_in(tmp_path)


@pytest.fixture
def builder() -> Builder:
    """A rebuild that changes nothing and does not wait."""
    return quick_builder()


@pytest.fixture
def preview(site: Path, builder: Builder) -> Iterator[Running]:
    """A preview of the site, for one test."""
    with running(site, builder) as made:
        yield made


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A preview of the site, for tests that only ask."""
    with running(site_in(tmp_path_factory.mktemp("shared")), quick_builder()) as made:
        yield made


@pytest.fixture
def stream(preview: Running) -> Iterator[Stream]:
    """The event stream, with the state after the first build taken."""
    with closing(HTTPConnection("127.0.0.1", preview.port, timeout=5)) as connection:
        connection.request("GET", "/__kb/events")
        with connection.getresponse() as answer:
            opened = Stream(answer)
            opened.state()
            yield opened


@pytest.fixture
def save() -> Callable[[Path, str], None]:
    """Save as editors do: a temporary file, then a rename."""

    def save_by_rename(path: Path, text: str) -> None:
        temporary = path.with_name(f".{path.name}.tmp")
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)

    return save_by_rename
