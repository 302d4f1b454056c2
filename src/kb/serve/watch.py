"""When has a person saved something?"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Self, cast

from watchdog.events import (
    EVENT_TYPE_CLOSED_NO_WRITE,
    EVENT_TYPE_MODIFIED,
    EVENT_TYPE_OPENED,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

from kb.serve.roots import Roots, Watch

# A changed path; None ends the watch.
Changes = SimpleQueue[Path | None]

_QUIET_SECONDS = 0.08
_LONGEST_SECONDS = 1.0
_POLL_SECONDS = 0.4
_READING = (EVENT_TYPE_OPENED, EVENT_TYPE_CLOSED_NO_WRITE)


def bursts(changes: Changes) -> Iterator[frozenset[Path]]:
    """The changed paths, gathered into bursts, until None comes.

    A burst ends when nothing has changed for 80 ms, or after a second. What changes while the
    caller is busy with a burst makes the next one.
    """
    while (path := changes.get()) is not None:
        burst, is_last = _settled(changes, path)
        if is_last:
            return
        yield burst


def _settled(changes: Changes, first: Path) -> tuple[frozenset[Path], bool]:
    burst = {first}
    latest = time.monotonic() + _LONGEST_SECONDS
    while (left := latest - time.monotonic()) > 0:
        try:
            path = changes.get(timeout=min(_QUIET_SECONDS, left))
        except Empty:
            break
        if path is None:
            return frozenset(), True
        burst.add(path)
    return frozenset(burst), False


@dataclass(frozen=True, slots=True)
class Listener:
    """Puts the changes that matter into the queue."""

    roots: Roots
    changes: Changes

    def dispatch(self, event: FileSystemEvent) -> None:
        """Take an event: all that watchdog ever calls."""
        # A folder counts as modified when a file in it is, which tells of itself.
        is_folder_of_change = event.is_directory and event.event_type == EVENT_TYPE_MODIFIED
        if is_folder_of_change or event.event_type in _READING:
            return
        for name in (os.fsdecode(event.src_path), os.fsdecode(event.dest_path)):
            if name and self.roots.concern(Path(name)):
                self.changes.put(Path(name))


class Lookout:
    """Watches the roots from `with` to its end, however often they come and go.

    With `polls` it looks at the files by itself, where a system tells nothing of changes: network
    drives, some containers.
    """

    def __init__(
        self,
        roots: Roots,
        changes: Changes,
        announce: Callable[[str], None],
        *,
        polls: bool = False,
    ) -> None:
        self._roots = roots
        self._listener = cast("FileSystemEventHandler", Listener(roots, changes))
        self._announce = announce
        self._watches: frozenset[Watch] = frozenset()
        self._observer: BaseObserver = _poller() if polls else Observer()

    def __enter__(self) -> Self:
        """Begin to watch."""
        self._observer.start()
        self._schedule()
        return self

    def __exit__(self, *_error: object) -> None:
        """End the watch and its threads."""
        self._observer.stop()
        self._observer.join()

    def follow(self, burst: frozenset[Path]) -> None:
        """Watch anew where the changes in `burst` have torn or added a root.

        Call it before the rebuild: what changes before the new watch stands, the rebuild sees.
        """
        torn = any(
            watch.recursive and watch.folder.is_relative_to(path)
            for watch in self._watches
            for path in burst
        )
        if torn or self._watches != self._roots.watches():
            self._observer.unschedule_all()
            self._schedule()

    def _schedule(self) -> None:
        self._watches = self._roots.watches()
        try:
            self._watch_all()
        except OSError as error:
            self._poll_instead(error)

    def _watch_all(self) -> None:
        for watch in sorted(self._watches):
            # A folder that has gone since will be reported by its parent when it is back.
            with suppress(FileNotFoundError, NotADirectoryError):
                folder = str(watch.folder)
                self._observer.schedule(self._listener, folder, recursive=watch.recursive)

    def _poll_instead(self, error: OSError) -> None:
        self._announce(f"the system watches no more files ({error.strerror}); looking by ourselves")
        self._observer.stop()
        self._observer.join()
        self._observer = _poller()
        self._observer.start()
        self._watch_all()


def _poller() -> BaseObserver:
    return PollingObserver(timeout=_POLL_SECONDS)
