"""Where did the time of a build go?"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter

from kb.build.press import Made


@dataclass(slots=True)
class Spent:
    """How often something was done, and the seconds that it took in all."""

    count: int = 0
    seconds: float = 0.0

    def add(self, seconds: float) -> None:
        """Count it once more."""
        self.count += 1
        self.seconds += seconds


@dataclass(slots=True)
class Profile:
    """The time of each stage of a build by the clock, and of each template over all processes."""

    stages: dict[str, Spent] = field(default_factory=dict)
    templates: dict[str, Spent] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count the time that passes inside; what is inside another stage counts for both."""
        start = perf_counter()
        try:
            yield
        finally:
            self.stages.setdefault(name, Spent()).add(perf_counter() - start)

    def rendered(self, pages: Iterable[Made]) -> None:
        """Count the pages of each template."""
        for page in pages:
            self.templates.setdefault(page.template or "(no template)", Spent()).add(page.seconds)

    def entry(self) -> dict[str, dict[str, dict[str, float]]]:
        """What programs read."""
        both = {"stages": self.stages, "templates": self.templates}
        return {
            kind: {
                name: {"count": spent.count, "seconds": round(spent.seconds, 4)}
                for name, spent in found.items()
            }
            for kind, found in both.items()
        }
