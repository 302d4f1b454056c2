"""Where can we listen?"""

import errno
import os
import socket

from kb.problems import KbError, Place, Problem

FIRST_PORT = 8000
_TRIES = 20
_LAST_PORT = 65535


def listen(host: str, port: int | None) -> socket.socket:
    """A socket that listens at `host`, on `port` or on the first free one from 8000 on.

    Raises KbError: `busy-port`, `bad-port`, `bad-host`, `refused-port`.
    """
    if port is not None:
        return _listen(host, port)
    for free in range(FIRST_PORT, FIRST_PORT + _TRIES):
        try:
            return _listen(host, free)
        except KbError as error:
            if error.problems[0].code != "busy-port":
                raise
    raise KbError(_busy(f"the ports {FIRST_PORT} to {FIRST_PORT + _TRIES - 1} are all in use"))


def _listen(host: str, port: int) -> socket.socket:
    if not 0 <= port <= _LAST_PORT:
        message = f"{port} is no port: ports go from 0 to {_LAST_PORT}"
        raise KbError(Problem("bad-port", message, Place("--port")))
    try:
        family, kind, protocol, _, address = _address(host, port)
        with_closing = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as error:
        message = f'"{host}" is no address of this machine: {error}'
        raise KbError(Problem("bad-host", message, Place("--host"))) from error
    try:
        return _bound(with_closing, address)
    except OSError as error:
        with_closing.close()
        raise KbError(_refusal(error, host, port)) from error


def _address(host: str, port: int) -> tuple[int, int, int, str, tuple[object, ...]]:
    found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    return min(found, key=lambda info: info[0] != socket.AF_INET)


def _bound(listener: socket.socket, address: tuple[object, ...]) -> socket.socket:
    # On Windows this option would let two servers share a port; elsewhere it only frees the port
    # of a server that has just ended.
    if os.name == "posix":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(address)
    # Only listening makes the port ours: two may bind it.
    listener.listen(2048)
    return listener


def _refusal(error: OSError, host: str, port: int) -> Problem:
    if error.errno == errno.EADDRINUSE:
        return _busy(f"port {port} of {host} is in use by another program")
    if error.errno == errno.EADDRNOTAVAIL:
        return Problem("bad-host", f'"{host}" is no address of this machine', Place("--host"))
    reason = error.strerror or str(error)
    message = f"the system refuses port {port} of {host}: {reason}"
    return Problem("refused-port", message, Place("--port"), "ask for a port over 1023")


def _busy(message: str) -> Problem:
    hint = "end that program, or name a free port with --port"
    return Problem("busy-port", message, Place("--port"), hint)
