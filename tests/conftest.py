"""Which fixtures do all tests share? The functions behind them are in tests/support."""

from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import Environment
from projects import SMALL, TOPICS, Files, Ran, built, kb, put


@pytest.fixture
def project(tmp_path: Path) -> Callable[[Files], Path]:
    """Makes a project with a few topics in a folder of its own, with these files."""

    def make(files: Files) -> Path:
        root = tmp_path / "project"
        put(root, {"kb.yaml": "title: Notes\n", "content/topics.yaml": TOPICS, **files})
        return root

    return make


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Ran]:
    """Runs kb as a person does; `folder` is by default the folder of `project`."""

    def in_folder(*arguments: str, folder: Path | None = None, **environment: str) -> Ran:
        return kb(*arguments, folder=folder or tmp_path / "project", **environment)

    return in_folder


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project, built; copy it before you change it."""
    root = tmp_path_factory.mktemp("small") / "project"
    put(root, SMALL)
    built(root)
    return root


@pytest.fixture
def compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A template is compiled once, for tests that build a hundred times."""
    compiled = Environment.compile
    known: dict[tuple[object, ...], object] = {}

    def once(self: Environment, *source: object) -> object:
        if source not in known:
            known[source] = compiled(self, *source)  # type: ignore[call-overload]
        return known[source]

    monkeypatch.setattr(Environment, "compile", once)
