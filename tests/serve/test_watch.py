"""Is a save seen, once, and nothing else?"""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Self

import pytest
from watchdog.observers import Observer

from kb.serve.roots import real_roots
from kb.serve.watch import Changes, Lookout, bursts

Save = Callable[[Path, str], None]
Burst = frozenset[Path]


class Watched:
    """A watched project and the bursts it gives."""

    def __init__(self, project: Path, *, polls: bool = False) -> None:
        self.project = project
        self._polls = polls
        self.changes: Changes = SimpleQueue()
        self.seen: SimpleQueue[Burst] = SimpleQueue()
        self.said: list[str] = []
        self._thread = Thread(target=self._run)

    def __enter__(self) -> Self:
        self._ready: SimpleQueue[bool] = SimpleQueue()
        self._thread.start()
        self._ready.get(timeout=5)
        return self

    def __exit__(self, *_error: object) -> None:
        self.changes.put(None)
        self._thread.join(5)
        assert not self._thread.is_alive()

    def names(self, seconds: float = 2) -> set[str]:
        """The names in the next burst, or an empty set."""
        try:
            burst = self.seen.get(timeout=seconds)
        except Empty:
            return set()
        return {path.relative_to(self.project).as_posix() for path in burst}

    def _run(self) -> None:
        watched = (self.project / "content", self.project / "kb.yaml")
        roots = real_roots(watched, self.project / "site")
        with Lookout(roots, self.changes, self.said.append, polls=self._polls) as lookout:
            self._ready.put(item=True)
            for burst in bursts(self.changes):
                lookout.follow(burst)
                self.seen.put(burst)


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.md").write_text("old", encoding="utf-8")
    with Watched(tmp_path) as running:
        yield running


def test_a_save_is_seen(watched: Watched) -> None:
    (watched.project / "content" / "a.md").write_text("new", encoding="utf-8")
    assert watched.names() == {"content/a.md"}


def test_a_save_is_seen_by_looking_where_that_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.serve.watch.Observer", None)
    (tmp_path / "content").mkdir()
    with Watched(tmp_path, polls=True) as watched:
        (tmp_path / "content" / "a.md").write_text("new", encoding="utf-8")
        assert watched.names(5) == {"content/a.md"}


def test_an_atomic_save_is_seen(watched: Watched, save: Save) -> None:
    save(watched.project / "content" / "a.md", "new")
    assert watched.names() == {"content/a.md"}


def test_a_removal_is_seen(watched: Watched) -> None:
    (watched.project / "content" / "a.md").unlink()
    assert watched.names() == {"content/a.md"}


def test_reading_is_no_change(watched: Watched) -> None:
    (watched.project / "content" / "a.md").read_text(encoding="utf-8")
    assert watched.names(0.5) == set()


def test_a_burst_is_one(watched: Watched) -> None:
    for number in range(50):
        (watched.project / "content" / f"{number}.md").write_text("new", encoding="utf-8")
    assert len(watched.names()) == 50
    assert watched.names(0.5) == set()


def test_site_cache_and_hidden_files_are_no_change(watched: Watched) -> None:
    for name in ("site", ".kb", "content/.kb"):
        (watched.project / name).mkdir()
        (watched.project / name / "a").write_text("new", encoding="utf-8")
    (watched.project / "content" / ".a.md.swp").write_text("new", encoding="utf-8")
    assert watched.names(0.5) == set()


def test_a_file_that_was_not_there_is_seen(watched: Watched, save: Save) -> None:
    save(watched.project / "kb.yaml", "title: x")
    assert watched.names() == {"kb.yaml"}
    save(watched.project / "kb.yaml", "title: y")
    assert watched.names() == {"kb.yaml"}


def test_a_folder_that_goes_and_comes_back_is_watched_again(watched: Watched) -> None:
    content = watched.project / "content"
    shutil.rmtree(content)
    assert "content" in watched.names()
    content.mkdir()
    assert "content" in watched.names()
    (content / "deep").mkdir()
    (content / "deep" / "b.md").write_text("new", encoding="utf-8")
    assert "content/deep/b.md" in watched.names()


def test_a_folder_that_is_replaced_at_once_is_watched_again(watched: Watched) -> None:
    content = watched.project / "content"
    content.rename(watched.project / "old")
    content.mkdir()
    assert "content" in watched.names()
    (content / "b.md").write_text("new", encoding="utf-8")
    assert watched.names() == {"content/b.md"}


def test_where_the_system_watches_no_more_files_kb_looks_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    (tmp_path / "content").mkdir()
    monkeypatch.setattr(Observer, "schedule", refuse)
    with Watched(tmp_path) as watched:
        (tmp_path / "content" / "a.md").write_text("new", encoding="utf-8")
        assert watched.names() == {"content/a.md"}
    assert watched.said == [
        "the system watches no more files (inotify watch limit reached); looking by ourselves"
    ]


def test_changes_that_follow_each_other_make_one_burst() -> None:
    changes: Changes = SimpleQueue()
    for name in ("a", "b", "a"):
        changes.put(Path(name))
    assert next(bursts(changes)) == {Path("a"), Path("b")}


def test_changes_without_end_make_a_burst_after_a_second() -> None:
    changes: Changes = SimpleQueue()

    def keep_changing() -> None:
        for number in range(60):
            changes.put(Path(str(number)))
            time.sleep(0.03)

    thread = Thread(target=keep_changing)
    begin = time.monotonic()
    thread.start()
    next(bursts(changes))
    assert 0.9 < time.monotonic() - begin < 1.5
    thread.join()


def test_a_change_while_the_caller_is_busy_makes_one_more_burst() -> None:
    changes: Changes = SimpleQueue()
    changes.put(Path("a"))
    seen = bursts(changes)
    assert next(seen) == {Path("a")}
    changes.put(Path("b"))
    changes.put(Path("c"))
    assert next(seen) == {Path("b"), Path("c")}
    changes.put(None)
    assert list(seen) == []


def test_the_end_comes_at_once_even_within_a_burst() -> None:
    changes: Changes = SimpleQueue()
    changes.put(Path("a"))
    changes.put(None)
    assert list(bursts(changes)) == []
