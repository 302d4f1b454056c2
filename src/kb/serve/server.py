"""How do server, watch and rebuilds live and end together?"""

import asyncio
import secrets
import webbrowser
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import SimpleQueue
from socket import socket
from threading import Thread

from starlette.applications import Starlette
from uvicorn import Config, Server
from uvicorn.protocols.http.h11_impl import H11Protocol

from kb.serve.app import Preview, create_app
from kb.serve.hosts import in_url
from kb.serve.outcome import Outcome, are_styles, attempt
from kb.serve.ports import FIRST_PORT, listen
from kb.serve.reload import Channel
from kb.serve.roots import Roots, real_roots
from kb.serve.watch import Changes, Lookout, bursts

Announce = Callable[[str], None]

_TICK_SECONDS = 0.1
_SWEEP_SECONDS = 10.0
_PATIENCE_SECONDS = 5.0
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - looked up, never bound


@dataclass(frozen=True, slots=True)
class Work:
    """What to watch and how (`polls`: by looking), how to rebuild, whom to tell."""

    roots: Roots
    rebuild: Callable[[], Outcome]
    announce: Announce
    polls: bool = False
    changes: Changes = field(default_factory=SimpleQueue)


def serve(  # noqa: PLR0913 - each is a word of the command line
    site: Path,
    watched: tuple[Path, ...],
    rebuild: Callable[[], Outcome],
    *,
    host: str,
    port: int | None,
    announce: Announce,
    open_browser: bool = False,
    polls: bool = False,
) -> None:
    """Show `site` in the browser until Ctrl-C, rebuilding whenever something watched changes.

    `rebuild` runs once at the start and then after each burst of changes, in a thread of its own,
    never twice at a time. `announce` gets single lines for the person, from more than one thread.
    Raises KbError where it cannot listen, with the code `busy-port` among others.
    """
    work = Work(real_roots(watched, site), rebuild, announce, polls)
    with closing(listen(host, port)) as listener:
        url = address(host, listener)
        _greet(url, port, announce)
        if open_browser:
            Thread(target=_open_browser, args=(url, announce), daemon=True).start()
        server = create_server(site, host, work)
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listener])


def address(host: str, listener: socket) -> str:
    """The URL at which a person on this machine reaches the listener."""
    name = _EVERYWHERE.get(host.strip("[]"), host)
    return f"http://{in_url(name)}:{listener.getsockname()[1]}/"


def create_server(site: Path, host: str, work: Work) -> Server:
    """The server, quiet but for `work.announce`; set `should_exit` to end it."""
    preview = Preview(site, Channel(secrets.token_hex(4)))

    # Ctrl-C reaches the processes of a running rebuild too: how it ends then is no news.
    def announce(line: str) -> None:
        if not server.should_exit:
            work.announce(line)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        builder = _start_building(replace(work, announce=announce), preview.channel)
        tenders = [asyncio.create_task(tend) for tend in (_end(server, preview), _sweep(server))]
        yield
        for tender in tenders:
            tender.cancel()
        work.changes.put(None)
        await asyncio.to_thread(builder.join, _PATIENCE_SECONDS)

    app = create_app(preview, host, lifespan)
    server = Server(_config(app))
    return server


def _config(app: Starlette) -> Config:
    return Config(
        app,
        loop="asyncio",
        http=H11Protocol,
        ws="none",
        lifespan="on",
        log_config=None,
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=2,
    )


def _start_building(work: Work, channel: Channel) -> Thread:
    loop = asyncio.get_running_loop()

    def publish(outcome: Outcome) -> None:
        # The loop is closed where a rebuild outlives the server.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(channel.publish, outcome)

    builder = Thread(target=_build, args=(work, publish), name="kb-rebuild", daemon=True)
    builder.start()
    return builder


def _build(work: Work, publish: Callable[[Outcome], None]) -> None:
    with Lookout(work.roots, work.changes, work.announce, polls=work.polls) as lookout:
        publish(attempt(work.rebuild, work.announce))
        since: frozenset[Path] = frozenset()
        for burst in bursts(work.changes):
            lookout.follow(burst)
            since |= burst
            outcome = attempt(work.rebuild, work.announce)
            publish(replace(outcome, only_styles=outcome.changed and are_styles(since)))
            if outcome.changed or not outcome.problems:
                since = frozenset()


async def _end(server: Server, preview: Preview) -> None:
    # uvicorn waits for open streams before it tells the app that it ends.
    while not server.should_exit:  # noqa: ASYNC110 - it is a flag that a signal sets
        await asyncio.sleep(_TICK_SECONDS)
    preview.channel.close()


async def _sweep(server: Server) -> None:
    # uvicorn waits for the rest of a half-sent request for ever.
    before: frozenset[H11Protocol] = frozenset()
    while True:
        await asyncio.sleep(_SWEEP_SECONDS)
        silent = frozenset(_half_sent(server.server_state.connections))
        for connection in silent & before:
            connection.transport.close()
        before = silent


def _half_sent(connections: Iterable[object]) -> Iterable[H11Protocol]:
    for connection in connections:
        if isinstance(connection, H11Protocol) and connection.timeout_keep_alive_task is None:
            # None before the first request, whatever its annotation says.
            cycle = getattr(connection, "cycle", None)
            if cycle is None or cycle.response_complete:
                yield connection


def _greet(url: str, asked: int | None, announce: Announce) -> None:
    if asked is None and not url.endswith(f":{FIRST_PORT}/"):
        announce(f"port {FIRST_PORT} is in use, so this is the next free one")
    announce(f"serving at {url} (Ctrl-C ends)")


def _open_browser(url: str, announce: Announce) -> None:
    if not webbrowser.open(url):
        announce(f"no browser found: open {url} yourself")
