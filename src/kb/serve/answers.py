"""How does a file of the site become an answer, with the reload script where it is a page?"""

import os
from dataclasses import dataclass, replace
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from kb.serve.exchange import Sort, Verdict, headers, judge
from kb.serve.paths import Elsewhere, find, media_type
from kb.serve.reload import State, inject

_CHUNK = 256 * 1024
_PAGES = (".html", ".htm")
_EMPTY = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{title}</h1><p>{text}</p></body></html>
"""


@dataclass(frozen=True, slots=True)
class Opened:
    """An open file and what HTTP says about it; whoever holds it closes it."""

    file: BinaryIO
    sort: Sort


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """An ASGI answer: the part of an open file that a verdict names."""

    opened: Opened
    verdict: Verdict

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it, and close the file whatever happens."""
        with self.opened.file as file:
            named = headers(self.opened.sort, self.verdict)
            start = {"status": int(self.verdict.status), "headers": Headers(named).raw}
            await send({"type": "http.response.start", **start})
            if scope["method"] != "HEAD":
                await self._send_part(file, Request(scope, receive), send)
            await send({"type": "http.response.body", "body": b""})

    async def _send_part(self, file: BinaryIO, request: Request, send: Send) -> None:
        left = self.verdict.end - self.verdict.start
        file.seek(self.verdict.start)
        while left and not await request.is_disconnected():
            chunk = await run_in_threadpool(file.read, min(left, _CHUNK))
            if not chunk:
                return
            left -= len(chunk)
            await send({"type": "http.response.body", "body": chunk, "more_body": True})


def answer(site: Path, request: Request, state: State) -> FileAnswer | Response:
    """The answer of the site to a GET or HEAD; `state` is what the served page will know.

    `state` is taken before the file is read: a page that is older than its file loads once too
    often, a page that is newer would never load again.
    """
    found = find(site, request.scope["raw_path"])
    if isinstance(found, Elsewhere):
        return RedirectResponse(_with_query(found.path, request.url.query))
    opened = found and _open(found, state)
    if not opened:
        return _missing(site, state)
    asked = request.headers if request.method == "GET" else _without_range(request.headers)
    return FileAnswer(opened, judge(asked, opened.sort))


def _missing(site: Path, state: State) -> FileAnswer:
    own = find(site, b"/404.html")
    opened = (_open(own, state) if isinstance(own, Path) else None) or _placeholder(state)
    return FileAnswer(opened, Verdict(HTTPStatus.NOT_FOUND, 0, opened.sort.size))


def _open(path: Path, state: State) -> Opened | None:
    try:
        file = path.open("rb")
    except OSError:
        return None
    # The handle is asked, not the path: the builder may put another file there in between.
    facts = os.fstat(file.fileno())
    etag = f"{facts.st_mtime_ns:x}-{facts.st_size:x}"
    sort = Sort(media_type(path), facts.st_size, int(facts.st_mtime), f'"{etag}"')
    if path.suffix.lower() not in _PAGES:
        return Opened(file, sort)
    with file:
        content = inject(file.read(), state)
    marked = replace(sort, size=len(content), etag=f'"{etag}-{state.page}-{state.style}"')
    return Opened(BytesIO(content), marked)


def _placeholder(state: State) -> Opened:
    title = "Not found" if state.built else "The first build is running"
    text = "The site has no such page." if state.built else "The page comes by itself."
    # Before the first build it is a page of another run, so that whatever is built replaces it.
    known = state if state.built else replace(state, run="none")
    content = inject(_EMPTY.format(title=title, text=text).encode(), known)
    etag = f'"none-{known.page}-{known.style}"'
    return Opened(BytesIO(content), Sort("text/html; charset=utf-8", len(content), 0, etag))


def _without_range(asked: Headers) -> dict[str, str]:
    return {name: value for name, value in asked.items() if name != "range"}


def _with_query(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path
