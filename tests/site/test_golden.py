"""Is the small site, byte for byte, what it was when a person last looked at it?

KB_GOLDEN=write rewrites the expectation; the difference is then reviewed like any other change.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

GOLDEN = Path(__file__).parents[1] / "golden" / "small"
WHOLE = "articles/lru.html"
"""The page that is compared with its frame; of the others the main part is enough."""


def test_the_small_site_is_what_it_was(tmp_path: Path) -> None:
    shutil.copytree(GOLDEN, tmp_path / "small", ignore=shutil.ignore_patterns("expected"))
    command = [sys.executable, "-m", "kb", "-C", str(tmp_path / "small"), "build"]
    subprocess.run(command, check=True, capture_output=True)
    made = shown(tmp_path / "small")
    if os.environ.get("KB_GOLDEN") == "write":
        rewrite(made)
    expected = {
        path.relative_to(GOLDEN / "expected").as_posix(): path.read_text("utf-8")
        for path in sorted((GOLDEN / "expected").rglob("*"))
        if path.is_file()
    }
    assert made == expected


def shown(project: Path) -> dict[str, str]:
    """The records that ingest wrote and the pages, without what changes with the theme's assets."""
    folders = project / "content" / "articles", project / "site"
    paths = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    texts = {path.relative_to(project).as_posix(): path for path in paths if is_text(path)}
    return {name: normal(name, path.read_text("utf-8")) for name, path in texts.items()}


def is_text(path: Path) -> bool:
    return path.parent.name != "assets" and path.name != ".kb-manifest.json"


def normal(name: str, text: str) -> str:
    text = re.sub(r"\.[0-9a-f]{10}\.(css|js|svg|png|woff2)", r".*.\1", text)
    text = re.sub(r"kb \d+\.\d+\.\d+", "kb *", text)
    if name.endswith(".html") and not name.endswith(WHOLE):
        return "".join(re.findall(r"<main.*?</main>", text, re.DOTALL)) or text
    return text


def rewrite(made: dict[str, str]) -> None:
    shutil.rmtree(GOLDEN / "expected", ignore_errors=True)
    for name, text in made.items():
        path = GOLDEN / "expected" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
