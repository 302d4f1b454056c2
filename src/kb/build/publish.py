"""How does a site change from its last state to the next without a broken moment?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR, S_ISLNK

from kb import disk
from kb.build import manifest as manifests
from kb.build.manifest import Manifest, content_digest
from kb.build.press import Made
from kb.disk import Row
from kb.problems import KbError, Place, Problem

HOME = "index.html"


@dataclass(frozen=True, slots=True)
class Published:
    """The paths that a build wrote, left as they were, and removed, and what stands there now.

    `rows` is what the file system says of the files written.
    """

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    manifest: Manifest
    rows: tuple[Row, ...]


def is_intact(output: Path, path: str, digest: str) -> bool:
    """Whether there is a file that holds what the manifest says, and may be read."""
    content = disk.read_if_plain(output / path)
    return content is not None and content_digest(content) == digest


def refuse_foreign(output: Path, before: Manifest, made: Mapping[str, Made]) -> None:
    """Raise KbError for each file that kb did not make and would have to replace."""
    folders = {folder for path in made for folder in _folders(path)}
    shut = {folder for folder in folders if _is_shut(output / folder, before, output)}
    problems = [
        _foreign(f"{output.name}/{path}")
        for path in sorted(made)
        if not shut.isdisjoint(_folders(path)) or _is_in_the_way(output, made[path], before)
    ]
    if problems:
        raise KbError(problems)


def publish(
    output: Path,
    scratch: Path,
    before: Manifest,
    made: Mapping[str, Made],
    kept: Iterable[str],
) -> Published:
    """Put what was `made` in its place, keep the files `kept`, remove all others of the manifest.

    New files come first, those that pages load before the pages and the home page last; then
    changed files, then removals: at every moment each link of a page that a reader can come to
    leads to a published file. Only a file of kb's that stands where a folder must be, or the
    reverse, goes first.
    """
    refuse_foreign(output, before, made)
    stays = set(kept)
    after = {path: before[path] for path in stays}
    after |= {path: page.digest for path, page in made.items()}
    removed = tuple(sorted(before.keys() - after.keys()))
    written = tuple(path for path in made if not _is_there(output, path, after[path]))
    rows: list[Row] = []
    root = str(output)  # a Path for each file costs as much as its move
    if written or removed or after != before:
        if after.keys() - before.keys():
            manifests.write(output, {**dict.fromkeys(after, ""), **before}, scratch)
        for path in _obstacles(removed, written):
            disk.remove(output / path, output)
        for path in sorted(written, key=lambda path: (path in before, *_rank(path))):
            disk.move(made[path].file, f"{root}/{path}", 0o644)
            rows += disk.rows((f"{root}/{path}",))
        for path in sorted(removed, key=lambda path: (not _is_page(path), path)):
            disk.remove(output / path, output)
        manifests.write(output, after, scratch)
        rows += disk.rows((f"{root}/{manifests.FILE}",))
    unchanged = (made.keys() | stays) - set(written)
    left = tuple(sorted(unchanged))
    return Published(tuple(sorted(written)), left, removed, after, tuple(rows))


def _is_there(output: Path, path: str, digest: str) -> bool:
    return disk.mode(f"{output}/{path}") is not None and is_intact(output, path, digest)


def _rank(path: str) -> tuple[bool, bool, str]:
    """Where a file stands in the order: new pages link to each other, and from home to all."""
    return _is_page(path), path == HOME, path


def _is_page(path: str) -> bool:
    return path.endswith(".html")


def _is_shut(folder: Path, before: Manifest, output: Path) -> bool:
    """Whether nothing may be written below: it leads elsewhere, or is a person's file."""
    is_kbs = folder.relative_to(output).as_posix() in before
    return folder.is_symlink() or (folder.is_file() and not is_kbs)


def _is_in_the_way(output: Path, page: Made, before: Manifest) -> bool:
    mode = disk.mode(f"{output}/{page.path}")
    if mode is None:
        return False
    if S_ISDIR(mode):
        target = output / page.path
        inside = [file for file in target.rglob("*") if file.is_symlink() or not file.is_dir()]
        return not inside or any(f.relative_to(output).as_posix() not in before for f in inside)
    is_kbs = page.path in before
    return not is_kbs and (S_ISLNK(mode) or not is_intact(output, page.path, page.digest))


def _obstacles(removed: Iterable[str], written: Iterable[str]) -> list[str]:
    """The files to remove that stand above or below a file to write."""
    new = set(written)
    folders = {folder for path in new for folder in _folders(path)}
    return [path for path in removed if path in folders or not new.isdisjoint(_folders(path))]


def _folders(path: str) -> Iterator[str]:
    """The folders in which a file stands, the innermost first."""
    while path := path.rpartition("/")[0]:
        yield path


def _foreign(path: str) -> Problem:
    fact = "kb did not make this file and will not replace it"
    hint = "move it away, or choose another output folder"
    return Problem("foreign-file", fact, Place(path), hint)
