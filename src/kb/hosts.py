"""Which of the hosts that many use would refuse a site of this size?"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MIB, GIB = 1024**2, 1024**3


@dataclass(frozen=True, slots=True)
class Size:
    """How large a site is: its files, the most of them in one folder, bytes, the largest file."""

    files: int
    in_one_folder: int
    bytes: int
    largest: int
    largest_path: str


@dataclass(frozen=True, slots=True)
class Host:
    """What a host takes at most, 0 for what it does not limit, and where it says so."""

    name: str
    says: str
    files: int = 0
    in_one_folder: int = 0
    bytes: int = 0
    largest: int = 0


HOSTS = (
    Host(
        "GitHub Pages",
        "https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits",
        bytes=GIB,
    ),
    Host(
        "Cloudflare Pages",
        "https://developers.cloudflare.com/pages/platform/limits/",
        files=20_000,
        largest=25 * MIB,
    ),
    Host("Netlify", "https://docs.netlify.com/site-deploys/overview/", in_one_folder=54_000),
)
"""Limits of their free plans, as read in November 2026."""


def size_of(files: Iterable[tuple[str, int]]) -> Size:
    """The size of a site that has these files, each its path with `/` and its bytes."""
    found = dict(files)
    folders = Counter(path.rpartition("/")[0] for path in found)
    largest = max(found, key=lambda path: (found[path], path), default="")
    most = max(folders.values(), default=0)
    return Size(len(found), most, sum(found.values()), found.get(largest, 0), largest)


def excess(size: Size, host: Host) -> Iterator[str]:
    """What a host would refuse of a site, each a fact."""
    if host.files and size.files > host.files:
        yield f"takes {host.files:,} files, the site has {size.files:,}"
    if host.in_one_folder and size.in_one_folder > host.in_one_folder:
        yield f"takes {host.in_one_folder:,} files in a folder, one has {size.in_one_folder:,}"
    if host.bytes and size.bytes > host.bytes:
        yield f"takes {_mib(host.bytes)}, the site has {_mib(size.bytes)}"
    if host.largest and size.largest > host.largest:
        fact = f"{size.largest_path} has {_mib(size.largest)}"
        yield f"takes files of {_mib(host.largest)}, {fact}"


def _mib(count: int) -> str:
    return f"{count / MIB:,.1f} MiB".replace(".0 MiB", " MiB")
