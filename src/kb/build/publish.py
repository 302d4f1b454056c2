"""How does a site change from its last state to the next without a broken moment?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kb import disk
from kb.build import manifest as manifests
from kb.build.manifest import Manifest, content_digest
from kb.problems import KbError, Place, Problem


@dataclass(frozen=True, slots=True)
class Published:
    """The paths that a build wrote, left as they were, and removed."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]


def is_intact(output: Path, path: str, digest: str) -> bool:
    """Whether the file still holds what the manifest says."""
    content = disk.read_if_there(output / path)
    return content is not None and content_digest(content) == digest


def refuse_foreign(output: Path, before: Manifest, contents: Mapping[str, bytes]) -> None:
    """Raise KbError for each file that kb did not make and would have to replace."""
    problems = [
        _foreign(output / path)
        for path in sorted(contents)
        if path not in before and _is_in_the_way(output, path, contents[path])
    ]
    if problems:
        raise KbError(problems)


def publish(
    output: Path, before: Manifest, contents: Mapping[str, bytes], kept: Iterable[str]
) -> Published:
    """Write `contents`, keep the files `kept`, remove all others that the manifest lists.

    New files come first, those that pages load before the pages; then changed files, then
    removals: at every moment each link of a published page leads to a published file.
    """
    refuse_foreign(output, before, contents)
    stays = set(kept)
    after = {path: before[path] for path in stays}
    after |= {path: content_digest(content) for path, content in contents.items()}
    removed = tuple(sorted(before.keys() - after.keys()))
    written = tuple(path for path in contents if not is_intact(output, path, after[path]))
    if written or removed or after != before:
        manifests.write(output, {**dict.fromkeys(after, ""), **before})
        for path in sorted(written, key=lambda path: (path in before, _is_page(path), path)):
            disk.write(output / path, contents[path])
        for path in sorted(removed, key=lambda path: (not _is_page(path), path)):
            disk.remove(output / path, output)
        manifests.write(output, after)
    unchanged = (set(contents) | stays) - set(written)
    return Published(tuple(sorted(written)), tuple(sorted(unchanged)), removed)


def _is_page(path: str) -> bool:
    return path.endswith(".html")


def _is_in_the_way(output: Path, path: str, content: bytes) -> bool:
    for folder in list((output / path).parents)[: path.count("/")]:
        if folder.is_symlink() or folder.is_file():
            return True
    target = output / path
    if target.is_symlink() or target.is_dir():
        return True
    found = disk.read_if_there(target)
    return found is not None and found != content


def _foreign(path: Path) -> Problem:
    fact = "kb did not make this file and will not replace it"
    hint = "move it away, or choose another output folder"
    return Problem("foreign-file", fact, Place(str(path)), hint)
