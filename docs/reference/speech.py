"""How is what the code says, in English, told in one of the languages of the documentation?"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Speech:
    """A language: for each sentence of the code its own, and those it lacks, found by asking.

    `said` holds what the code does not say of itself, in English: by kind and name.
    """

    lang: str
    own: Mapping[str, str]
    said: Mapping[str, Mapping[str, str]]
    lacking: set[str] = field(default_factory=set)

    def tell(self, sentence: str) -> str:
        """A sentence of the code in this language, itself where it is not translated."""
        words = re.sub(r"\s+", " ", sentence)
        if self.lang == "en" or not words:
            return words
        if words not in self.own:
            self.lacking.add(words)
        return self.own.get(words, words)

    def of(self, kind: str, name: str) -> str:
        """What the documentation says of a thing that the code names only."""
        if name not in self.said[kind]:
            self.lacking.add(f"{kind}: {name}")
        return self.tell(self.said[kind].get(name, ""))


def speech(lang: str) -> Speech:
    """The speech of `zh` or `en`."""
    own: dict[str, str] = _read("zh.yaml") if lang == "zh" else {}
    return Speech(lang, own, _read("en.yaml"))


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table in Markdown."""
    cells = [tuple(head), *map(tuple, rows)]
    lines = ["| " + " | ".join(_cell(text) for text in row) + " |\n" for row in cells]
    return "".join((lines[0], "| --- " * len(cells[0]) + "|\n", *lines[1:]))


def code(text: str) -> str:
    """A text as code."""
    return f"`{text}`" if text else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _read(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text("utf-8"))
