"""How many formulas of a collection are set, and which otherwise than KaTeX sets them?

    npm install katex && node bench/katex.mjs formulas.json katex.json
    python bench/formulas.py formulas.json katex.json

The formulas are `{"formulas": [{"tex", "display", "group", "id"}, ...]}`; groups of Chinese texts
begin with `zh`. Both are brought to one sequence of signs, their styles, and structure: fractions,
roots, scripts, limits, rows, cells, boxes. The size of signs and the space between do not count.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import process_time
from typing import Any
from xml.etree.ElementTree import ParseError

from math_sequence import sequence

from kb.markup.math import MathError, mathml


def main(formulas: Path, katex: Path) -> None:
    items = json.loads(formulas.read_text(encoding="utf-8"))["formulas"]
    references = json.loads(katex.read_text(encoding="utf-8"))
    made, cost = _set(items)
    total, failed, other = Counter[str](), Counter[str](), Counter[str]()
    for item, ours, theirs in zip(items, made, references, strict=True):
        groups = ("all", "zh" if item["group"].startswith("zh") else item["group"])
        total.update(groups)
        verdict = "\n".join(_verdict(ours, theirs))
        (failed if ours.startswith("error") else other).update(groups if verdict else ())
        if verdict:
            print(f"{item['group']} {item['id']} {item['tex']!r}\n{verdict}")
    for group, count in total.items():
        share = 100 * (1 - failed[group] / count)
        print(
            f"{group:12} {count:5} formulas, {share:6.2f} % set, {other[group]} not as KaTeX does"
        )
    print(f"{cost:.1f} microseconds of CPU time a formula")


def _set(items: list[dict[str, Any]]) -> tuple[list[str], float]:
    """The MathML of each, or its error, and the CPU time of one in microseconds."""
    made, started = [], process_time()
    for item in items:
        try:
            made.append(mathml(item["tex"], is_display=item["display"]))
        except MathError as error:
            made.append(f"error: {error}")
    return made, (process_time() - started) / len(items) * 1e6


def _verdict(ours: str, theirs: str) -> Iterator[str]:
    if ours.startswith("error"):
        yield f"    {ours}{' (so does KaTeX)' * theirs.startswith('error')}"
    elif not theirs.startswith("error"):
        try:
            mine, other = sequence(ours), sequence(theirs)
        except ParseError as error:
            mine, other = str(error), ""
        if mine != other:
            yield f"    ours  {mine}\n    KaTeX {other}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
