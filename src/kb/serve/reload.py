"""What do open pages need to know, and how do they learn of it?"""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from unicodedata import east_asian_width

from kb.problems import Problem
from kb.serve.outcome import Outcome

SCRIPT = "/__kb/reload.js"
EVENTS = "/__kb/events"

_SHOWN = 50
_HEARTBEAT_SECONDS = 15.0
_RETRY_MILLISECONDS = 500


@dataclass(frozen=True, slots=True)
class State:
    """What the site is at now.

    An open page compares it with what it was served as, so a missed message costs nothing. `run`
    tells one run of the server from another; `pages` and `styles` count the changes of this run.
    """

    run: str
    pages: int = 0
    styles: int = 0
    built: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def page(self) -> str:
        """The name of what pages are at; another name means: load again."""
        return f"{self.run}.{self.pages}"

    @property
    def style(self) -> str:
        """The name of what stylesheets are at; another name means: swap them."""
        return f"{self.run}.{self.styles}"


def after(state: State, outcome: Outcome) -> State:
    """The state that follows from a rebuild."""
    return replace(
        state,
        pages=state.pages + (outcome.changed and not outcome.only_styles),
        styles=state.styles + (outcome.changed and outcome.only_styles),
        built=True,
        problems=outcome.problems,
    )


def inject(page: bytes, state: State) -> bytes:
    """The page with the reload script before the end of its body."""
    script = f'<script src="{SCRIPT}" defer data-page="{state.page}" data-style="{state.style}">'
    tag = f"{script}</script>\n".encode()
    at = page.lower().rfind(b"</body")
    return page[:at] + tag + page[at:] if at >= 0 else page + tag


def message(state: State) -> bytes:
    """The state as one message of an event stream."""
    shown = [_shown(problem) for problem in state.problems[:_SHOWN]]
    more = len(state.problems) - len(shown)
    fields = {"page": state.page, "style": state.style, "problems": shown, "more": more}
    return f"retry: {_RETRY_MILLISECONDS}\ndata: {json.dumps(fields)}\n\n".encode()


def carets(problem: Problem) -> str:
    """The line that points from below at the place in the source line, or an empty string.

    Wide characters get wide blanks and wide carets, so that the two lines stay aligned.
    """
    start = problem.place.column - 1
    if start < 0 or not problem.source:
        return ""
    pointed = problem.source[start : start + problem.width].strip("\t") or " "
    blanks = "".join(_as_wide_as(char, " ", "\u3000") for char in problem.source[:start])
    return blanks + "".join(_as_wide_as(char, "^", "\uff3e") for char in pointed)


def _as_wide_as(char: str, narrow: str, wide: str) -> str:
    if char == "\t":
        return char
    return wide if east_asian_width(char) in "WF" else narrow


def _shown(problem: Problem) -> dict[str, str]:
    return {
        "severity": problem.severity.value,
        "code": problem.code,
        "place": str(problem.place),
        "message": problem.message,
        "line": str(problem.place.line or ""),
        "source": problem.source,
        "carets": carets(problem),
        "hint": problem.hint,
    }


class Channel:
    """The latest state, and everybody who waits for the next.

    It lives on the event loop: others reach it by `loop.call_soon_threadsafe`.
    """

    def __init__(self, run: str) -> None:
        self.state = State(run)
        self._is_open = True
        self._news = asyncio.Event()

    def publish(self, outcome: Outcome) -> None:
        """Tell every open page what came of a rebuild."""
        self.state = after(self.state, outcome)
        self._wake()

    def close(self) -> None:
        """End every stream."""
        self._is_open = False
        self._wake()

    async def stream(self) -> AsyncIterator[bytes]:
        """The state now, each state that follows, and a sign of life in between."""
        told: State | None = None
        while self._is_open:
            news = self._news
            state = self.state
            # Before the first build there is nothing to tell, but a stream that has begun.
            is_news = state.built and state != told
            yield message(state) if is_news else b": here\n\n"
            told = state
            await _at_most(news, _HEARTBEAT_SECONDS)

    def _wake(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()


async def _at_most(event: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return
