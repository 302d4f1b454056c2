"""Which pages of the documentation does the code write, and what do they say?

Usage: docs/generate.py [FOLDER], where FOLDER is a project with the documentation's content.
"""

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from reference.codes import codes
from reference.commands import commands
from reference.settings import front_matter, settings
from reference.speech import Speech, speech
from reference.views import filters, values, views

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "zh")
SECTIONS: tuple[Callable[[Speech], str], ...] = (
    settings,
    front_matter,
    commands,
    views,
    values,
    filters,
    codes,
)
_OUTWARD = re.compile(r"\[([^\[\]]+)\]\(\.\./[^()\s]*\)")
_SLOT = re.compile(r"^\{\{ (\w+) \}\}\n", re.MULTILINE)


def reference() -> tuple[Mapping[str, str], frozenset[str]]:
    """The pages of the reference by their path in the content, and the sentences that they lack."""
    pages: dict[str, str] = {}
    lacking: set[str] = set()
    for lang in LANGUAGES:
        spoken = speech(lang)
        made = {section.__name__: section(spoken) for section in SECTIONS}
        for source in sorted((FOLDER / "reference" / "pages").glob(f"*.{lang}.md")):
            pages[f"articles/reference/{source.name}"] = _filled(source.read_text("utf-8"), made)
        lacking |= spoken.lacking
    return pages, frozenset(lacking)


def _filled(text: str, made: Mapping[str, str]) -> str:
    """A page with what the code says in the place of `{{ name }}`."""
    return _SLOT.sub(lambda slot: made[slot[1]], text)


def notes() -> Mapping[str, str]:
    """The texts that stand in docs/ itself, in English, as pages by their path in the content.

    What they link to beside docs/ is no part of the site: of such a link the words stay.
    """
    return {
        f"articles/notes/{path.name}": (
            f"---\nslug: {path.stem}\ntopic: explanation\nlang: en\n---\n\n"
            + _OUTWARD.sub(r"\1", path.read_text("utf-8"))
        )
        for path in sorted(FOLDER.glob("*.md"))
    }


def write(folder: Path) -> None:
    """Write all of them into the content of the project in `folder`."""
    pages, lacking = reference()
    for name, text in {**pages, **notes()}.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    for sentence in sorted(lacking):
        print(f"docs/reference/zh.yaml lacks: {sentence}")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
