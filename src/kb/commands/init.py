"""`kb init`: what does a new project hold?"""

from pathlib import Path

from kb import disk
from kb.config import FILE
from kb.console import Console, encoded
from kb.library import taxonomy
from kb.problems import KbError, Place, Problem
from kb.project import shipped_taxonomy, starter
from kb.schema import FILE as SCHEMA
from kb.schema import schema


def init(folder: Path, console: Console) -> None:
    """Write the starter into `folder`; files that are there already stay as they are."""
    if (folder / FILE).exists():
        fact = "a project is here already"
        hint = "`kb build` builds it; for a new one name another folder"
        raise KbError(Problem("project-exists", fact, Place(str(folder / FILE)), hint))
    for name, content in _files().items():
        if (folder / name).exists():
            console.say(f"kept {folder / name}")
        else:
            disk.write(folder / name, content)
    console.say(f"made {folder}\n\n  cd {folder}\n  kb build\n  kb serve --open")


def _files() -> dict[str, bytes]:
    """What each file of the project holds, by its path there."""
    root = starter()
    files = {path.relative_to(root).as_posix(): disk.read(path) for path in disk.walk(root)}
    hidden = {".gitignore": files.pop("gitignore")}
    topics = {f"content/{taxonomy.FILE}": disk.read(shipped_taxonomy())}
    return files | hidden | topics | {SCHEMA: encoded(schema())}
