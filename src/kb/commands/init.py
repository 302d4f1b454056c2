"""`kb init`: what does a new project hold?"""

from pathlib import Path

from kb import disk
from kb.config import FILE
from kb.console import Console
from kb.library import taxonomy
from kb.problems import KbError, Place, Problem
from kb.project import shipped_taxonomy, starter


def init(folder: Path, console: Console) -> None:
    """Write the starter into `folder`; files that are there already stay as they are."""
    if (folder / FILE).exists():
        fact = "a project is here already"
        raise KbError(Problem("project-exists", fact, Place(str(folder / FILE))))
    for name, source in _files().items():
        if (folder / name).exists():
            console.say(f"kept {folder / name}")
        else:
            disk.write(folder / name, disk.read(source))
    console.say(f"made {folder}\n\n  cd {folder}\n  kb build\n  kb serve --open")


def _files() -> dict[str, Path]:
    """Where each file of the project is copied from, by its path there."""
    root = starter()
    names = {path.relative_to(root).as_posix(): path for path in disk.walk(root)}
    hidden = {".gitignore": names.pop("gitignore")}
    return names | hidden | {f"content/{taxonomy.FILE}": shipped_taxonomy()}
