"""Does any text make kb crash, run something, take too long or too much memory?

    python bench/fuzz.py [--minutes N] [--seed N] [--door NAME...] [--keep FOLDER]

Texts of tests/cases, the attacks of tests/hostile and the content of this repository are cut,
spliced, repeated and mixed with the signs that each format minds, and go in by every door in turn.
What bench/fuzz_doors.py asserts must hold; 64 KB may take two seconds of CPU time, and no input
100 MB of memory more. The last lines are counts; exit 1 with the inputs that failed, kept in files.
"""

import argparse
import faulthandler
import hashlib
import random
import resource
import signal
import sys
import traceback
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, process_time
from typing import TYPE_CHECKING

from fuzz_doors import ENTRANCES, Entrance, enter
from fuzz_texts import changed, seeds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

ROOT = Path(__file__).parents[1]
WHOLE = 64 * 1024
"""Bytes for which an entrance names its seconds; a smaller input may take as long as this does."""
PATIENCE = 20
"""Seconds of CPU time after which an input is given up; a hang in C ends it all."""
MEMORY = 100 * 2**20


@dataclass(slots=True)
class Found:
    """What was tried and what went wrong, by door."""

    tried: Counter[str] = field(default_factory=Counter)
    slowest: dict[str, tuple[float, int]] = field(default_factory=dict)
    faults: dict[str, bytes] = field(default_factory=dict)


def main() -> None:
    given = _arguments()
    chance, found, known = random.Random(given.seed), Found(), seeds(ROOT)
    faulthandler.enable()
    end = monotonic() + 60 * given.minutes
    while monotonic() < end:
        for name in given.door:
            content = changed(known.of(name), known.signs(name), chance)
            _try(name, ENTRANCES[name], content, found)
    _tell(found, given.keep)
    sys.exit(1 if found.faults else 0)


def _arguments() -> argparse.Namespace:
    title, _, rest = (__doc__ or "").partition("\n")
    parser = argparse.ArgumentParser(
        description=title, epilog=rest, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--door", nargs="+", choices=list(ENTRANCES), default=list(ENTRANCES))
    parser.add_argument("--keep", type=Path, default=Path(".cache/fuzz"), help="for what failed")
    return parser.parse_args()


def _try(name: str, entrance: Entrance, content: bytes, found: Found) -> None:
    found.tried[name] += 1
    before, start = _memory(), process_time()
    fault = ""
    try:
        with _patience():
            enter(entrance.door, content)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
        fault = _named(error)
    took = process_time() - start
    if took > found.slowest.get(name, (0.0, 0))[0]:
        found.slowest[name] = took, len(content)
    if not fault and took > entrance.seconds * max(1, len(content) / WHOLE):
        fault = f"{took:.1f} s for {len(content):,} bytes"
    if not fault and _memory() - before > MEMORY:
        fault = f"{(_memory() - before) / 2**20:.0f} MB for {len(content):,} bytes"
    if fault:
        _keep(f"{name}: {fault}", content, found)


def _keep(fault: str, content: bytes, found: Found) -> None:
    """Of two inputs that fail alike, the smaller one."""
    kept = found.faults.get(fault)
    if kept is None or len(content) < len(kept):
        found.faults[fault] = content
    if kept is None:
        print(fault, flush=True)


def _named(error: Exception) -> str:
    """An error by the innermost line of ours and what it says."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if "/kb/" in f.filename or "fuzz_doors" in f.filename]
    at = (ours or frames)[-1]
    where = f"{Path(at.filename).name}:{at.lineno}"
    return f"{type(error).__name__} at {where}: {at.line}"


def _memory() -> int:
    """The most bytes that this program ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


@contextmanager
def _patience() -> "Iterator[None]":
    def stop(_number: int, _frame: "FrameType | None") -> None:
        raise TimeoutError(f"no end after {PATIENCE} s")

    signal.signal(signal.SIGPROF, stop)  # of CPU time: other programs run beside
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    faulthandler.dump_traceback_later(9 * PATIENCE, exit=True)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        faulthandler.cancel_dump_traceback_later()


def _tell(found: Found, folder: Path) -> None:
    for name, count in found.tried.items():
        took, size = found.slowest[name]
        print(f"{name:13} {count:>9,} inputs, the slowest {took:.2f} s of {size:,} bytes")
    print(f"{'all':13} {found.tried.total():>9,} inputs, {len(found.faults)} kinds of faults")
    for fault, content in found.faults.items():
        path = folder / hashlib.sha256(fault.encode()).hexdigest()[:12]
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        print(f"{path}  {fault}")


if __name__ == "__main__":
    main()
