"""Does the preview find a place to listen, or say why not?"""

import socket
from collections.abc import Iterator
from contextlib import closing

import pytest

from kb.problems import KbError
from kb.serve import ports
from kb.serve.ports import listen
from kb.serve.server import address


@pytest.fixture
def busy() -> Iterator[int]:
    """A port that another program listens on."""
    with closing(listen("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def code_of(host: str, port: int | None) -> str:
    with pytest.raises(KbError) as raised:
        listen(host, port)
    return raised.value.problems[0].code


def test_a_busy_port_that_was_asked_for_is_a_problem(busy: int) -> None:
    with pytest.raises(KbError) as raised:
        listen("127.0.0.1", busy)
    problem = raised.value.problems[0]
    assert problem.code == "busy-port"
    assert problem.message == f"port {busy} of 127.0.0.1 is in use by another program"
    assert problem.hint == "end that program, or name a free port with --port"


def test_without_a_port_the_next_free_one_is_taken(
    busy: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ports, "FIRST_PORT", busy)
    with closing(listen("127.0.0.1", None)) as listener:
        assert busy < listener.getsockname()[1] < busy + 20


def test_twenty_busy_ports_are_a_problem(busy: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "FIRST_PORT", busy)
    monkeypatch.setattr(ports, "_TRIES", 1)
    assert code_of("127.0.0.1", None) == "busy-port"


@pytest.mark.parametrize(
    ("host", "port", "code"),
    [
        ("127.0.0.1", 99999, "bad-port"),
        ("127.0.0.1", -1, "bad-port"),
        ("203.0.113.1", 0, "bad-host"),
        ("no such host", 0, "bad-host"),
        ("", 0, "bad-host"),
        ("a" * 70, 0, "bad-host"),
    ],
)
def test_a_place_where_nobody_can_listen_is_a_problem(host: str, port: int, code: str) -> None:
    assert code_of(host, port) == code


def test_a_port_is_free_again_as_soon_as_a_server_has_ended(busy: int) -> None:
    with closing(listen("127.0.0.1", 0)) as first:
        port = first.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as client:
            first.accept()[0].close()
            client.recv(1)
    assert port != busy
    listen("127.0.0.1", port).close()


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])  # noqa: S104 - written only
def test_the_address_can_be_opened_here(host: str, busy: int) -> None:
    with closing(listen("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        assert address(host, listener) == f"http://127.0.0.1:{port}/"
    assert port != busy
