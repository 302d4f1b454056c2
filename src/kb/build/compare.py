"""Which pages must be made, and why?"""

from collections.abc import Iterable, Mapping

from kb.build.fingerprints import changes, parts
from kb.build.manifest import Manifest
from kb.build.memo import Known
from kb.build.standing import Standing
from kb.pages.context import Page

NEW = "it is new"
DAMAGED = "its file is not as kb left it"
ELSEWHERE = "the theme, the settings or kb itself changed"


def reasons(
    pages: Iterable[Page],
    fingerprints: Mapping[str, str],
    known: Mapping[str, Known],
    before: Manifest,
    standing: Standing,
) -> dict[str, str]:
    """Why each page that cannot stay as it is cannot, by its path."""
    found: dict[str, str] = {}
    for page in pages:
        old, digest = known.get(page.path), before.get(page.path)
        if old is None or digest is None:
            found[page.path] = NEW
        elif old.fingerprint != fingerprints[page.path]:
            changed = changes(old.parts, parts(page.view))
            found[page.path] = f"changed: {', '.join(changed)}" if changed else ELSEWHERE
        elif old.digest != digest or not standing.holds(page.path, digest, old.stamp):
            found[page.path] = DAMAGED
    return found
