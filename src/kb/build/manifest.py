"""Which files of the output folder are kb's own?

The manifest stands in the output folder, so that deleting the cache forgets nothing. Before a
build writes, it also lists the files to come: if the build dies, the next one knows them as its
own, finishes what is missing and removes what is too much.
"""

import os
from hashlib import blake2b
from pathlib import Path

import msgspec

from kb import disk
from kb.problems import KbError, Place, Problem

FILE = ".kb-manifest.json"

Manifest = dict[str, str]
"""The digest of each file by its path; empty for one that is yet to be written."""


def read(output: Path) -> Manifest:
    """The manifest of an output folder, empty where there is none. Raises KbError."""
    content = disk.read_if_there(output / FILE)
    if content is None and os.path.lexists(output / FILE):
        raise _broken(output, "it is no file")
    try:
        found = msgspec.json.decode(content, type=Manifest) if content else {}
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise _broken(output, f"it cannot be read: {error}") from None
    for path in found:
        if not _is_inside(path):
            raise _broken(output, f"it lists {path!r}, which is no file of the site")
    return found


def write(output: Path, manifest: Manifest, scratch: Path) -> None:
    """Replace the manifest of an output folder."""
    content = msgspec.json.encode({path: manifest[path] for path in sorted(manifest)})
    # No quotation mark stands in a text as it is, so these are the marks between the texts.
    lines = content[1:-1].replace(b'":"', b'": "').replace(b'","', b'",\n"')
    disk.write(output / FILE, b"{\n" + lines + b"\n}\n", scratch, mode=0o644)


_FOREIGN = {"\0", "\\", ":"} if os.name == "nt" else {"\0"}
"""Signs that lead elsewhere; a static file may have the others in its name where they do not."""


def _is_inside(path: str) -> bool:
    """Whether a path can only be of a file below the output folder; the manifest is not trusted."""
    parts = path.split("/")
    return not ({"", ".", ".."} & set(parts) or _FOREIGN & set(path))


def _broken(output: Path, fact: str) -> KbError:
    hint = f"move {output.name}/ away; the next build makes it anew"
    place = Place(f"{output.name}/{FILE}")
    return KbError(Problem("broken-manifest", f"the list of kb's own files: {fact}", place, hint))


def content_digest(content: bytes) -> str:
    """128 bits of BLAKE2b in hexadecimal."""
    return blake2b(content, digest_size=16).hexdigest()
