"""Which code computed what a cache holds?"""

import sys
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from kb import disk


@cache
def revision(*libraries: str) -> str:
    """A digest of kb's own sources, of Python's version and of the versions of libraries."""
    found = blake2b(digest_size=16)
    for path in disk.walk(Path(__file__).parent):
        if path.suffix == ".py":
            found.update(path.name.encode() + b"\0" + disk.read(path))
    versions = (f"{library} {version(library)}" for library in libraries)
    found.update("\n".join((sys.version, *versions)).encode())
    return found.hexdigest()
