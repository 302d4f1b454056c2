"""Which texts does the fuzzer begin with, and how does it change them?"""

import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

LONGEST = 64 * 1024
"""Bytes of an input: more than any excerpt or setting, enough to show what grows too fast."""
SHORT = 2000
"""Bytes of most inputs, so that many are tried."""

_YAML = (
    ": |- |> |'|\"|[|]|{|}|,|&a |*a|!!str |---|...|? |#|\\t|~|null|true|1e9|0x1F|2026-13-01|<<: "
    "|title: |tags: |slug: |id: |topic: |topics:|terms: |children: |check: |html: |\\n  |\\n- "
)
_MARKS = (
    "$|$$|\\(|\\)|\\[|\\]|\\begin{align}|\\end{align}|\\frac{|}|{|[[|]]|![[|\\||#|![|](|)|[|]|[^a]"
    "|[^a]: |[公式]|> [!note]-|`|```|~~~|**|*|_|~~|> |- |1. |- [ ] |: |    |---|\\|---\\|\\|"
    "|https://|javascript:|data:|//|&#0;|&lt;|<script>|<img src=x onerror=a>|<!--|-->|<![CDATA["
    '|<svg>|<math>|</p>|<a href="|<b>|{#a}|title=|\u3000|中文|，|。|“|\u202e|\u200b|\u2028|\ufeff'
    "|é|e\u0301|İ|ﬁ|👨\u200d💻|%2e%2e/|../|\ud800"
)
_LINES = (
    "\r\n|\r|\n|LATEST UPDATES|INCOMING TRANSMISSION|1 2 3|下一页|...|……|概述 |题目 |题解 |76. "
    "|一、|第一，|其一是|[Math]|[代码]|💡 |🔖 |,|，|(|（|\x00|\x85|\x0c|\ufffe|x_{t}|\\mathcal{N}"
    "|http://a.b|2026年1月2日"
)
_JSON = '{|}|[|]|:|,|"|\\|\\u0000|\\ud800|null|1e999|-0|"id"|"slugs"|"path"|"text"|../|\n|true'
_HTML = (
    "<a href=|<style>|url(|@import |srcset=|<meta http-equiv=refresh content=|&#x|<!DOCTYPE a [|]]>"
)


@dataclass(frozen=True, slots=True)
class Seeds:
    """Texts to begin with, by door; `marks` are what the formats of each mind."""

    texts: dict[str, tuple[bytes, ...]]
    marks: dict[str, tuple[bytes, ...]]

    def of(self, door: str) -> Sequence[bytes]:
        """The texts of a door."""
        return self.texts[door]

    def signs(self, door: str) -> Sequence[bytes]:
        """The signs of a door."""
        return self.marks[door]


def seeds(root: Path) -> Seeds:
    """What the repository holds for each door."""
    dumps = _contents(root / "content" / "transmissions", "*.txt")
    articles = _contents(root / "content" / "articles", "*.md")
    attacks = _split((root / "tests/hostile/attacks.txt").read_bytes(), b"\n")
    cases = [
        part
        for path in sorted((root / "tests/cases").rglob("*.txt"))
        for part in _split(path.read_bytes(), b"\n\n")
    ]
    heads = [text[: text.find(b"\n---\n") + 40] for text in articles]
    vocabulary = [(root / "content/topics.yaml").read_bytes()[:LONGEST]]
    starter = (root / "src/kb/starter/kb.yaml").read_bytes().replace(b"\n# ", b"\n")
    marked = [*cases, *attacks, *articles]
    texts = {
        "dump": [*dumps, *attacks, *cases],
        "front matter": [*heads, *articles, *attacks],
        "markdown": marked,
        "html": [*attacks, *marked],
        "names": [*attacks, *cases],
        "settings": [starter, (root / "kb.yaml").read_bytes()],
        "topics": [*vocabulary, b"topics:\n  - {id: a, zh: x, terms: [b: 3]}\ntags: [{tag: a}]\n"],
        "ledger": [_ledger(root)],
        "exports": [_ledger(root), *_exported(articles)],
        "checked": [*_golden(root), *attacks],
    }
    return Seeds({door: tuple(filter(None, found)) for door, found in texts.items()}, _marks())


def changed(texts: Sequence[bytes], signs: Sequence[bytes], chance: random.Random) -> bytes:
    """Another text of these: a few changes in a part of one of them."""
    text = chance.choice(texts)
    most = LONGEST if chance.random() < 0.02 else SHORT
    if len(text) > most:
        start = chance.randrange(len(text) - most)
        text = text[start if chance.random() < 0.7 else 0 :][:most]
    for _ in range(chance.choice((1, 1, 2, 3, 5, 12))):
        text = chance.choice(_CHANGES)(text, chance.choice(texts), chance.choice(signs), chance)
    return text[:LONGEST]


def _cut(text: bytes, _other: bytes, _sign: bytes, chance: random.Random) -> bytes:
    start, end = _span(text, chance)
    return text[:start] + text[end:]


def _insert(text: bytes, _other: bytes, sign: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(text) + 1)
    return text[:at] + sign + text[at:]


def _replace(text: bytes, _other: bytes, sign: bytes, chance: random.Random) -> bytes:
    start, end = _span(text, chance)
    return text[:start] + sign + text[end:]


def _splice(text: bytes, other: bytes, _sign: bytes, chance: random.Random) -> bytes:
    at, (start, end) = chance.randrange(len(text) + 1), _span(other, chance)
    return text[:at] + other[start:end][:SHORT] + text[at:]


def _repeat(text: bytes, _other: bytes, sign: bytes, chance: random.Random) -> bytes:
    """The same again and again, which shows what grows faster than its text."""
    start, end = _span(text, chance)
    piece = chance.choice((text[start:end][:40], sign, sign + text[start:end][:5])) or sign
    times = chance.choice((2, 5, 20, 100, LONGEST)) if chance.random() < 0.3 else 3
    return text[:start] + piece * min(times, LONGEST // len(piece)) + text[start:]


def _flip(text: bytes, _other: bytes, _sign: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(text) + 1)
    return text[:at] + bytes([chance.randrange(256)]) + text[at + 1 :]


def _move(text: bytes, _other: bytes, _sign: bytes, chance: random.Random) -> bytes:
    start, end = _span(text, chance)
    rest = text[:start] + text[end:]
    at = chance.randrange(len(rest) + 1)
    return rest[:at] + text[start:end] + rest[at:]


def _recode(text: bytes, _other: bytes, _sign: bytes, chance: random.Random) -> bytes:
    """In another encoding, as files come."""
    encoding = chance.choice(("gb18030", "utf-16", "big5", "latin-1", "utf-8-sig"))
    return text.decode(errors="replace").encode(encoding, errors="replace")


_CHANGES: tuple[Callable[[bytes, bytes, bytes, random.Random], bytes], ...] = (
    *(_cut, _insert, _insert, _insert, _replace, _replace, _splice, _splice, _repeat, _repeat),
    *(_flip, _move, _recode),
)


def _span(text: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(text) + 1)
    return start, min(len(text), start + chance.choice((1, 2, 5, 20, 200)))


def _marks() -> dict[str, tuple[bytes, ...]]:
    yaml, marks, lines = (_listed(signs) for signs in (_YAML, _MARKS, _LINES))
    coded, tags = _listed(_JSON), _listed(_HTML)
    return {
        **dict.fromkeys(("settings", "topics"), yaml),
        **dict.fromkeys(("ledger", "exports"), coded),
        **dict.fromkeys(("markdown", "names"), marks),
        "dump": (*lines, *marks),
        "front matter": (*yaml, *marks),
        "html": (*marks, *tags),
        "checked": (*tags, *coded, *marks),
    }


def _listed(signs: str) -> tuple[bytes, ...]:
    """Signs between bars; `\\|` is a bar."""
    parts = signs.replace("\\|", "\ue000").split("|")
    named = (
        part.replace("\ue000", "|").replace("\\n", "\n").replace("\\t", "\t") for part in parts
    )
    return tuple(part.encode(errors="surrogatepass") for part in named if part)


def _contents(folder: Path, pattern: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted(folder.rglob(pattern))]


def _split(content: bytes, by: bytes) -> list[bytes]:
    return [part for part in content.split(by) if part.strip()]


def _golden(root: Path) -> list[bytes]:
    kinds = {".html", ".xml", ".json", ".css", ".txt"}
    files = sorted((root / "tests/golden").rglob("*"))
    return [path.read_bytes() for path in files if path.suffix in kinds]


def _ledger(root: Path) -> bytes:
    return b"".join((root / "content/ledger.jsonl").read_bytes().splitlines(keepends=True)[:3])


def _exported(articles: Sequence[bytes]) -> Iterator[bytes]:
    for number, text in enumerate(articles[:5]):
        path = f"articles/a{number}.md"
        entry = {"version": 1, "path": path, "text": text.decode(), "id": f"a{number}"}
        yield json.dumps(entry).encode() + b"\n"
