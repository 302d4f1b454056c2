"""Which names can a shell complete, asked in a project?"""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import click

from kb.folder import ARTICLES
from kb.problems import KbError


def topic_names(ctx: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """The ids of topics that begin so; none where the project cannot be read."""
    from kb.project import open_project, read_taxonomy

    with suppress(KbError, OSError):
        return _beginning(begun, read_taxonomy(open_project(_folder(ctx))).by_id)
    return []


def article_names(ctx: click.Context, _: click.Parameter, begun: str) -> list[str]:
    """The names of articles' files that begin so; none where the project cannot be read."""
    from kb.project import open_project, text_paths

    with suppress(KbError, OSError):
        paths = text_paths(open_project(_folder(ctx)), ARTICLES)
        return _beginning(begun, (path.stem for path in paths))
    return []


def _folder(ctx: click.Context) -> Path:
    """The folder of `-C`; a shell that asks has run no command."""
    folder = ctx.find_root().params.get("folder")
    return Path(folder or ".")


def _beginning(begun: str, names: Iterable[str]) -> list[str]:
    return sorted(name for name in names if name.startswith(begun))
