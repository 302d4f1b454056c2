"""Are other hosts asked only when a person asks for it, politely, and seldom?"""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from projects import SMALL, built, kb, put

from kb.check import asking, external
from kb.check.asking import UNREACHED, Answer, ask, is_private
from kb.check.evidence import gather
from kb.check.external import DAY, Answers, external_links
from kb.project import open_project

STATUS = {"/ok": 200, "/no-head": 200, "/gone": 404, "/closed": 403, "/a%20%E4%B8%AD?b=1": 200}


@dataclass
class Host:
    """A host of this machine, what it was asked for, and how many asked at once at most."""

    url: str = ""
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    now: int = 0
    most: int = 0


@pytest.fixture
def host() -> Iterator[Host]:
    known = Host()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known.now += 1
            known.most = max(known.most, known.now)
            known.asked.append(f"{self.command} {self.path}")
            known.agents.add(self.headers["User-Agent"])
            time.sleep(0.005)
            known.now -= 1
            self.answer()

        do_HEAD = do_GET  # noqa: N815 - the server's name

        def answer(self) -> None:
            status = STATUS.get(self.path, 404)
            if self.path == "/no-head" and self.command == "HEAD":
                status = 405
            if self.path in {"/moved", "/round"}:
                status = 301
            self.send_response(status)
            self.send_header("Location", "/ok" if self.path == "/moved" else "/round")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_said: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    known.url = f"http://127.0.0.1:{server.server_port}"
    yield known
    server.shutdown()
    thread.join()
    server.server_close()


def project(tmp_path: Path, host: Host, *paths: str, private: str = "true") -> Path:
    links = " ".join(f"[x]({host.url}{path})" for path in paths)
    text = f"---\ntitle: Links\n---\n\n{links}\n"
    settings = f"check: {{private_hosts: {private}}}\n"
    put(tmp_path, {**SMALL, "kb.yaml": settings, "content/articles/links.md": text})
    built(tmp_path)
    return tmp_path


def asked(root: Path, now: float = 0) -> Answers:
    def untold(_done: int, _total: int) -> None:
        """Nobody waits."""

    return external_links(gather(open_project(root), 1, untold), now, untold)


def test_a_page_is_asked_for_by_head_and_by_get_where_that_fails(host: Host) -> None:
    assert ask(f"{host.url}/ok", private=True).is_fine
    assert ask(f"{host.url}/no-head", private=True).is_fine
    assert host.asked == ["HEAD /ok", "HEAD /no-head", "GET /no-head"]


def test_an_address_goes_over_the_wire_in_ascii_and_without_its_anchor(host: Host) -> None:
    assert ask(f"{host.url}/a 中?b=1#c", private=True).is_fine


def test_a_redirect_is_followed_unless_it_goes_round(host: Host) -> None:
    assert ask(f"{host.url}/moved", private=True).is_fine
    assert not ask(f"{host.url}/round", private=True).is_fine


def test_a_redirect_into_a_private_network_is_not_followed(host: Host) -> None:
    assert ask(f"{host.url}/moved") == Answer(301, "301 Moved Permanently")
    assert host.asked == ["HEAD /moved", "GET /moved"]


def test_a_host_that_is_not_there_is_dead_and_one_that_is_slow_is_not(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ask("http://127.0.0.1:1/", private=True).status == UNREACHED
    assert ask("http://[", private=True).words == "this is no address"

    monkeypatch.setattr(asking, "PATIENCE", 0.000001)
    assert not ask(f"{host.url}/ok", private=True).is_dead


@pytest.mark.parametrize(
    "url",
    ["http://localhost:8000/", "http://127.0.0.1/", "http://192.168.1.1/", "http://[::1]/",
     "http://169.254.169.254/latest", "http://printer/", "https://example.com/a", "http://a.test/",
     "http://www.example.org/", "http://a.internal/", "http://["],
)  # fmt: skip
def test_an_address_of_a_private_network_or_an_example_is_private(url: str) -> None:
    assert is_private(url)


def test_an_address_of_the_world_is_not_private() -> None:
    assert not is_private("https://www.python.org/doc/")
    assert not is_private("https://1.1.1.1/")


def test_a_dead_link_to_another_host_is_told_where_it_is_written(
    host: Host, tmp_path: Path
) -> None:
    found = asked(project(tmp_path, host, "/ok", "/gone", "/closed"))

    told = [(p.code, str(p.severity), str(p.place)) for p in found.problems]
    assert sorted(told) == [
        ("dead-external-link", "warning", f"content/articles/links.md:5:{14 + len(host.url)}"),
        ("unsure-external-link", "note", f"content/articles/links.md:5:{25 + 2 * len(host.url)}"),
    ]  # fmt: skip
    assert (found.asked, found.remembered) == (3, 0)


def test_an_answer_is_remembered_for_a_day_unless_it_tells_nothing(
    host: Host, tmp_path: Path
) -> None:
    root = project(tmp_path, host, "/ok", "/gone", "/closed")
    first = asked(root)
    host.asked.clear()

    again = asked(root, DAY - 1)
    assert again.problems == first.problems
    assert host.asked == ["HEAD /closed", "GET /closed"]

    assert asked(root, DAY).asked == 3


def test_a_host_is_asked_for_one_page_at_a_time_by_who_says_its_name(
    host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(external, "PAUSE", 0)
    asked(project(tmp_path, host, *(f"/{n}" for n in range(20))))
    assert (len(host.asked), host.most) == (40, 1)
    assert [agent.startswith("kb/") for agent in host.agents] == [True]


def test_private_hosts_are_asked_for_nothing_unless_the_settings_say_so(
    host: Host, tmp_path: Path
) -> None:
    assert asked(project(tmp_path, host, "/gone", private="false")) == Answers()
    assert host.asked == []


def test_links_for_editing_a_page_are_not_asked_for(host: Host, tmp_path: Path) -> None:
    root = project(tmp_path, host)
    put(
        root,
        {"kb.yaml": f"check: {{private_hosts: true}}\nsource_url: '{host.url}/edit/{{path}}'\n"},
    )
    built(root)
    assert asked(root).asked == 0


def test_a_check_asks_other_hosts_only_where_a_person_asks_for_it(
    host: Host, tmp_path: Path
) -> None:
    root = project(tmp_path, host, "/gone")

    quiet = kb("check", folder=root)
    assert (host.asked, "2 links to other hosts: not asked" in quiet.stderr) == ([], False)
    asking_ran = kb("check", "--external", "--strict", folder=root)

    assert host.asked == ["HEAD /gone", "GET /gone"]
    assert (quiet.code, asking_ran.code) == (0, 1)
    assert "warning[dead-external-link]" in asking_ran.stdout
