"""What do the builds that were measured come to, as one table?"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from meter import Cost

OURS = "kb"


@dataclass(frozen=True, slots=True)
class Build:
    """A measured build: of which generator, in which phase, in the round of which number."""

    tool: str
    phase: str
    number: int
    cost: Cost


@dataclass(frozen=True, slots=True)
class Figures:
    """Medians of a generator: wall and processor seconds of each phase, and peak memory in MiB."""

    tool: str
    phases: tuple[tuple[float, float], ...]
    memory: float


def markdown(builds: Sequence[Build]) -> str:
    """Wall seconds, processor seconds in brackets, MiB; below, kb's share of each other's."""
    phases, tools = (
        tuple(dict.fromkeys(getattr(build, name) for build in builds)) for name in ("phase", "tool")
    )
    every = {tool: figures(builds, tool, phases) for tool in tools}
    rows = [("", *phases, "memory"), ("---", *("---:" for _ in (*phases, "memory")))]
    rows += map(_row, every.values())
    if OURS in every:
        rows += [_shares(every[OURS], other) for tool, other in every.items() if tool != OURS]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def figures(builds: Sequence[Build], tool: str, phases: Sequence[str]) -> Figures:
    """What a generator's builds come to over the rounds; memory is that of the largest phase."""
    own = {(build.phase, build.number): build.cost for build in builds if build.tool == tool}
    seconds, sizes = [], []
    for phase in phases:
        costs = [cost for (name, _), cost in own.items() if name == phase]
        seconds.append((median(cost.wall for cost in costs), median(cost.cpu for cost in costs)))
        sizes.append(median(cost.memory for cost in costs) / 2**20)
    return Figures(tool, tuple(seconds), max(sizes))


def _row(one: Figures) -> tuple[str, ...]:
    seconds = (f"{wall:.2f} s ({cpu:.2f})" for wall, cpu in one.phases)
    return (one.tool, *seconds, f"{one.memory:,.0f} MiB")


def _shares(one: Figures, other: Figures) -> tuple[str, ...]:
    pairs = zip(one.phases, other.phases, strict=True)
    seconds = (
        f"{wall / of_wall:.3f} ({cpu / of_cpu:.3f})" for (wall, cpu), (of_wall, of_cpu) in pairs
    )
    return (f"{one.tool} / {other.tool}", *seconds, f"{one.memory / other.memory:.2f}")
