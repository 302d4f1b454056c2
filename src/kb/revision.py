"""Which code computed what a cache holds?"""

import sys
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from kb import disk

RENDERING = (
    *("brotli", "fonttools", "jinja2", "markdown-it-py", "markupsafe", "math-core"),
    *("mdit-py-plugins", "msgspec", "pygments", "pypinyin", "pyyaml", "rjsmin", "ziamath"),
)
"""The libraries that have a say in the bytes of a page."""
CURATION = (
    *("ahocorasick-rs", "charset-normalizer", "markdown-it-py", "math-core", "mdit-py-plugins"),
    *("numpy", "pypinyin"),
)
"""The libraries that have a say in a record's fields and body."""


@cache
def revision(*libraries: str) -> str:
    """A digest of kb's own sources, of Python's version and of the versions of libraries."""
    found = blake2b(digest_size=16)
    root = Path(__file__).parent
    for path in disk.walk(root):
        if path.suffix == ".py":
            found.update(path.relative_to(root).as_posix().encode() + b"\0" + disk.read(path))
    versions = (f"{library} {version(library)}" for library in libraries)
    found.update("\n".join((sys.version, *versions)).encode())
    return found.hexdigest()
