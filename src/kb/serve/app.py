"""Which requests does the preview answer, and with what on every answer?"""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kb.serve.answers import FileAnswer, answer
from kb.serve.hosts import is_our_host, is_our_origin
from kb.serve.reload import EVENTS, SCRIPT, Channel

Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]

# No CORS header is among them. The last one keeps pages of other sites from loading the search
# index as a script, which needs no CORS.
_ALWAYS = MappingProxyType(
    {
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-origin",
    }
)


@dataclass(frozen=True, slots=True)
class Preview:
    """The answers, each a method that Starlette calls with a request."""

    site: Path
    channel: Channel

    async def page(self, request: Request) -> FileAnswer | Response:
        """A file of the site."""
        return await run_in_threadpool(answer, self.site, request, self.channel.state)

    async def script(self, _request: Request) -> Response:
        """The reload script."""
        source = files("kb.serve").joinpath("reload.js").read_bytes()
        return Response(source, media_type="text/javascript; charset=utf-8")

    async def events(self, request: Request) -> Response:
        """The stream of states."""
        if not is_our_origin(request.headers.get("origin"), request.headers["host"]):
            return PlainTextResponse("Foreign origin.", HTTPStatus.FORBIDDEN)
        if request.method == "HEAD":
            return Response(media_type="text/event-stream")
        stream: AsyncIterator[bytes] = self.channel.stream()
        return StreamingResponse(stream, media_type="text/event-stream")


def create_app(preview: Preview, host: str, lifespan: Lifespan | None = None) -> Starlette:
    """The preview as an ASGI app that answers to `host` and the names of this machine."""
    app = Starlette(
        routes=[
            Route(SCRIPT, preview.script),
            Route(EVENTS, preview.events),
            Route("/{path:path}", preview.page),
        ],
        middleware=[Middleware(_guarded, host=host)],
        lifespan=lifespan,
    )
    # Which paths lack a slash is for the site to say.
    app.router.redirect_slashes = False
    return app


def _guarded(app: ASGIApp, host: str) -> ASGIApp:
    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_ALWAYS)
            await send(message)

        if scope["type"] != "http" or is_our_host(*_hosts(scope, host)):
            await app(scope, receive, send_marked)
        else:
            refusal = PlainTextResponse("Foreign host.", HTTPStatus.FORBIDDEN)
            await refusal(scope, receive, send_marked)

    return guard


def _hosts(scope: Scope, asked: str) -> tuple[str, str, str]:
    reached = scope.get("server") or ("", None)
    return Headers(scope=scope).get("host", ""), asked, str(reached[0])
