"""Which paths that come from elsewhere stay in the folder that they are for?"""

import re

from kb.problems import Place, Problem

_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\]")


def is_unsafe_name(name: str) -> bool:
    """Whether a relative path leads out of its folder, is hidden in it or is none."""
    return bool(_UNSAFE.search(name)) or any(
        not part or part.startswith(".") or len(part.encode(errors="replace")) > 255
        for part in name.split("/")
    )


def unsafe_path(path: str, place: Place) -> Problem | None:
    """The problem of a path that no record may have."""
    if not is_unsafe_name(path) and path.endswith(".md"):
        return None
    fact = f"{path[:200]!r} is no path of a record below content/articles"
    return Problem("unsafe-path", fact, place, "a path such as notes/lora.md, nothing hidden")


def below(path: str, folder: str) -> str:
    """A record's path below the folder of articles."""
    return path.removeprefix(f"{folder}/")
