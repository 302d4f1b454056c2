"""How fast is kb, and how large, beside the generators that are installed here?

    python bench/run.py [--articles N...] [--runs N] [--hugo PATH] [--eleventy PATH]

Lays the same articles out for each generator and builds each project cold, unchanged, after an edit
of a body, of a title, and of the template of all pages. The generators take turns at each of these.
Every output is checked; kb's last one must be what a clean build makes. Prints a table of medians.
"""

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from corpus import Article, articles, read
from figures import Build, markdown
from meter import FailedError
from rounds import PHASES, Round, compare_with_clean, measured
from tools import Tool, eleventy, hugo, kb


def main() -> None:
    given = _arguments()
    work = (given.work or Path(tempfile.mkdtemp(prefix="kb-bench-"))).resolve()
    done, is_whole = [], True
    for chosen in _corpora(given):
        projects = _projects(given, chosen, work)
        builds = _builds(projects, given.runs)
        print(f"{_conditions(builds, len(chosen), given.runs)}\n\n{markdown(builds)}", flush=True)
        done.append({"articles": len(chosen), "builds": [asdict(build) for build in builds]})
        is_whole &= len(builds) == len(projects) * given.runs * len(PHASES)
        if given.json:
            given.json.write_text(json.dumps(done, indent=1), "utf-8")
    if not given.work:
        shutil.rmtree(work)
    if not is_whole:
        sys.exit(1)


def _arguments() -> argparse.Namespace:
    title, _, rest = __doc__.partition("\n")
    parser = argparse.ArgumentParser(
        description=title, epilog=rest, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, nargs="+", default=[1000], help="how many")
    told = "Markdown files with title, date, topic and tags, instead of made articles"
    parser.add_argument("--corpus", type=Path, help=told)
    parser.add_argument("--runs", type=int, default=3, help="rounds")
    parser.add_argument("--only", nargs="+", help="of kb, hugo, hugo-mathml, eleventy")
    parser.add_argument(
        "--hugo", type=_whole, default=shutil.which("hugo"), help="the program itself"
    )
    told = "the program, in a folder node_modules"
    parser.add_argument("--eleventy", type=_whole, default=shutil.which("eleventy"), help=told)
    parser.add_argument("--work", type=Path, help="leave the projects in this folder")
    parser.add_argument("--timeout", type=float, default=3600, help="seconds for a build")
    parser.add_argument("--json", type=Path, help="write every build into this file")
    return parser.parse_args()


def _whole(path: str) -> str:
    """A path that holds in every folder."""
    return str(Path(path).absolute())


def _corpora(given: argparse.Namespace) -> Iterator[Sequence[Article]]:
    if given.corpus:
        yield tuple(read(given.corpus))
        return
    for count in given.articles:
        yield tuple(articles(count))


def _tools(given: argparse.Namespace) -> Iterator[Tool]:
    yield kb()
    if given.hugo:
        yield hugo(given.hugo, formulas=False)
        yield hugo(given.hugo, formulas=True)
    if given.eleventy:
        yield eleventy(given.eleventy)


def _projects(given: argparse.Namespace, chosen: Sequence[Article], work: Path) -> list[Round]:
    slugs = tuple(article.slug for article in chosen)
    projects = []
    for tool in _tools(given):
        if given.only and tool.name not in given.only:
            continue
        folder = work / str(len(chosen)) / tool.name
        shutil.rmtree(folder, ignore_errors=True)
        tool.lay_out(chosen, folder)
        projects.append(Round(tool, folder, slugs, given.timeout))
    return projects


def _builds(projects: Sequence[Round], runs: int) -> tuple[Build, ...]:
    """All builds of those that never fail, and whose outputs are right."""
    found: dict[str, list[Build]] = {one.tool.name: [] for one in projects}
    steps = [(number, phase, change) for number in range(runs) for phase, change in PHASES]
    for number, phase, change in steps:
        for one in projects:
            if one.tool.name in found:
                with _left_out_if_wrong(one, found):
                    cost = measured(one, phase, change, number)
                    found[one.tool.name].append(_told(Build(one.tool.name, phase, number, cost)))
    for one in projects:
        if one.tool.name in found and one.tool.keeps:
            with _left_out_if_wrong(one, found):
                compare_with_clean(one)
    return tuple(build for builds in found.values() for build in builds)


@contextmanager
def _left_out_if_wrong(one: Round, found: dict[str, list[Build]]) -> Iterator[None]:
    try:
        yield
    except FailedError as error:
        print(f"{one.tool.name} is left out: {error}", file=sys.stderr)
        del found[one.tool.name]


def _told(build: Build) -> Build:
    cost = build.cost
    seconds = f"{cost.wall:.2f} s ({cost.cpu:.2f})"
    memory = f"{cost.memory / 2**20:.0f} MiB"
    told = f"{build.tool}, {build.phase}: {seconds}, {memory}, load {cost.load:.1f}"
    print(told, file=sys.stderr)
    return build


def _conditions(builds: Sequence[Build], count: int, runs: int) -> str:
    loads = sorted(build.cost.load for build in builds) or [0.0]
    return (
        f"{count:,} articles, medians of {runs}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, load {loads[0]:.1f} to {loads[-1]:.1f}"
    )


if __name__ == "__main__":
    main()
