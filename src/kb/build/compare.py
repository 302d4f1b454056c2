"""Which pages must be made, and why?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kb.build.fingerprints import Planned, changes
from kb.build.manifest import Manifest
from kb.build.memo import Known
from kb.build.standing import Standing

NEW = "it is new"
DAMAGED = "its file is not as kb left it"
OTHER_TERMS = "changed: terms"
ELSEWHERE = "the theme, the settings or kb itself changed"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the last build knew of the pages, and what stands in the site now."""

    known: Mapping[str, Known]
    plan: Callable[[str], Planned | None]
    before: Manifest
    standing: Standing

    def reason(self, page: Planned) -> str:
        """Why a page cannot stay as it is, or nothing where it can."""
        old, digest = self.known.get(page.path), self.before.get(page.path)
        if old is None or digest is None:
            return NEW
        if old.fingerprint != page.fingerprint:
            return reason_of(self.plan(old.fingerprint), page)
        return "" if self.holds(page.path) else DAMAGED

    def shard_reason(self, path: str, digest: str) -> str:
        """Why a shard is to have this digest, or nothing where it has it."""
        if path not in self.known or path not in self.before:
            return NEW
        if self.known[path].digest != digest:
            return OTHER_TERMS
        return "" if self.holds(path) else DAMAGED

    def holds(self, path: str) -> bool:
        """Whether a known file is what the last build left."""
        old, digest = self.known[path], self.before.get(path)
        return old.digest == digest and self.standing.holds(path, digest, old.stamp)


def reason_of(before: Planned | None, now: Planned) -> str:
    """Why a page is another than it was planned before."""
    changed = changes(before.view, now.view) if before else ()
    return f"changed: {', '.join(changed)}" if changed else ELSEWHERE
