"""Is each thing that a person can get wrong told by its code, its line and its column?

Here stand the texts alone, door by door; tests/commands/test_bad_input.py builds whole projects.
"""

from collections.abc import Callable, Mapping
from time import process_time

import pytest

from kb.config import load
from kb.library import ledger, taxonomy
from kb.library.records import parse
from kb.markup import render
from kb.problems import KbError, Problem

SECONDS = 2.0
"""CPU time that a broken text may take."""


def of_markdown(text: str) -> None:
    """Raise what the markup of a text tells, as the other doors do."""
    if problems := render(text, path="a.md", title="x").problems:
        raise KbError(problems)


DOORS: Mapping[str, Callable[[str], object]] = {
    "settings": load,
    "front matter": lambda text: parse(text, "a.md"),
    "topics": lambda text: taxonomy.load(text, "topics.yaml"),
    "ledger": lambda text: ledger.parse(text.encode(errors="surrogatepass"), "ledger.jsonl"),
    "markdown": of_markdown,
}
CASES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "settings": {
        "a list": ("- title: x\n", "invalid-config 1:1"),
        "a lone word": ("title\n", "invalid-config 1:1"),
        "an open quote": ('title: "x\n', "broken-yaml 1:8"),
        "half a character": ("title: x\nauthor: a\ud800\n", "broken-yaml 2:10"),
        "an open bracket": ("headers: [a\n", "broken-yaml 1:10"),
        "a tab for an indent": ("merge:\n\talways: []\n", "broken-yaml 2:1"),
        "a key twice": ("title: x\ntitle: y\n", "duplicate-key 2:1"),
        "an anchor": ("title: &a x\n", "broken-yaml 1:8"),
        "an alias": ("title: *a\n", "broken-yaml 1:8"),
        "a tag": ("title: !!str x\n", "broken-yaml 1:8"),
        "a tag that runs": ("title: !!python/object/apply:os.system [id]\n", "broken-yaml 1:8"),
        "two documents": ("title: x\n---\ntitle: y\n", "broken-yaml 2:1"),
        "a key that is a list": ("? [a]\n: b\n", "broken-yaml 1:3"),
        "a key that is empty": (": x\n", "broken-yaml 1:1"),
        "deep brackets": (f"headers: {'[' * 200}{']' * 200}\n", "broken-yaml 1:26"),
        "a control character": ("title: a\x07b\n", "broken-yaml 1:9"),
        "a merge key": ("<<: {title: x}\n", "unknown-setting 1:1"),
        "an unknown key": ("titel: x\n", "unknown-setting 1:1"),
        "a key in capitals": ("Title: x\n", "unknown-setting 1:1"),
        "a title that is a list": ("title: [a]\n", "invalid-setting 1:8"),
        "a title that is a mapping": ("title: {a: b}\n", "invalid-setting 1:8"),
        "no pages at all": ("page_size: 0\n", "invalid-setting 1:12"),
        "a negative count": ("feed_size: -1\n", "invalid-setting 1:12"),
        "a count with a fraction": ("page_size: 2.5\n", "invalid-setting 1:12"),
        "a count in Chinese": ("page_size: 二十\n", "invalid-setting 1:12"),
        "a count that is huge": ("page_size: 99999999999\n", "invalid-setting 1:12"),
        "a language that is none": ("language: 'zh CN'\n", "invalid-setting 1:11"),
        "an address of a file": ("base_url: file:///etc\n", "invalid-setting 1:11"),
        "an address that runs": ("base_url: javascript:alert(1)\n", "invalid-setting 1:11"),
        "an address with a query": ("base_url: https://example.org/?a=b\n", "invalid-setting 1:11"),
        "an address with quotes": ("base_url: 'https://example.org/\"x'\n", "invalid-setting 1:11"),
        "an address with a name in it": (
            "base_url: https://me@example.org\n",
            "invalid-setting 1:11",
        ),
        "a source without a place": (
            "source_url: https://example.org/edit\n",
            "invalid-setting 1:13",
        ),
        "a source that runs": ("source_url: 'javascript:{path}'\n", "invalid-setting 1:13"),
        "a folder outside": ("content: ../x\n", "invalid-setting 1:10"),
        "a folder at the root": ("static: /etc\n", "invalid-setting 1:9"),
        "a folder in a folder outside": ("static: a/../../b\n", "invalid-setting 1:9"),
        "no folder": ("output: ''\n", "invalid-setting 1:9"),
        "headers that are one word": ("headers: x\n", "invalid-setting 1:10"),
        "headers of mappings": ("headers: [{a: b}]\n", "invalid-setting 1:10"),
        "a merge of one": ("merge: {always: [[a]]}\n", "invalid-setting 1:8"),
        "a merge of texts": ("merge: {always: [a, b]}\n", "invalid-setting 1:8"),
        "a merge of two minds": (
            "merge: {always: [[a, b]], never: [[a, b]]}\n",
            "invalid-setting 1:35",
        ),
        "a merge into itself": ("merge: {always: [[a, b], [b, a]]}\n", "invalid-setting 1:8"),
        "a merge into two": ("merge: {always: [[a, b], [c, b]]}\n", "invalid-setting 1:8"),
        "an unknown rule": ("merge: {sometimes: []}\n", "invalid-setting 1:8"),
        "HTML that is on": ("markdown: {html: on}\n", "invalid-setting 1:11"),
        "an unknown switch": ("markdown: {latex: on}\n", "invalid-setting 1:11"),
        "a markdown of a word": ("markdown: x\n", "invalid-setting 1:11"),
    },
    "front matter": {
        "no end": ("---\ntitle: x\n", "open-front-matter 1:1"),
        "an end of dots": ("---\ntitle: x\n...\n", "open-front-matter 1:1"),
        "a list": ("---\n- a\n---\n", "broken-yaml 2:1"),
        "a word": ("---\ntitle\n---\n", "broken-yaml 2:1"),
        "an open quote": ('---\ntitle: "x\n---\n', "broken-yaml 2:8"),
        "a key twice": ("---\ntitle: x\nslug: a\ntitle: y\n---\n", "duplicate-key 4:1"),
        "an anchor": ("---\ntitle: &a x\n---\n", "broken-yaml 2:8"),
        "a bomb": ("---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n", "broken-yaml 2:4"),
        "a tag that runs": ("---\ntitle: !!python/name:os.system\n---\n", "broken-yaml 2:8"),
        "a NUL": ("---\ntitle: a\x00b\n---\n", "broken-yaml 2:9"),
        "a bell": ("---\ntitle: a\x07b\n---\n", "broken-yaml 2:9"),
        "a lone surrogate": ('---\ntitle: "\\ud800"\n---\n', "broken-yaml 2:11"),
        "deep brackets": (f"---\nx: {'[' * 100}{']' * 100}\n---\n", "broken-yaml 2:20"),
        "a key that is a mapping": ("---\n? {a: b}\n: c\n---\n", "broken-yaml 2:3"),
        "tabs": ("---\ntags:\n\t- a\n---\n", "broken-yaml 3:1"),
        "a colon in a title": ("---\ntitle: a: b\n---\n", "broken-yaml 2:9"),
        "an at sign": ("---\ntitle: @home\n---\n", "broken-yaml 2:8"),
        "a backtick": ("---\ntitle: `x`\n---\n", "broken-yaml 2:8"),
        "a percent": ("---\ntitle: %x\n---\n", "broken-yaml 2:8"),
        "an open flow": ("---\ntags: [a, b\n---\n", "broken-yaml 2:7"),
        "a title that is a list": ("---\ntitle: [a]\n---\n", "invalid-field 2:8"),
        "a title that is a mapping": ("---\ntitle: {a: b}\n---\n", "invalid-field 2:8"),
        "tags that are a mapping": ("---\ntags: {a: b}\n---\n", "invalid-field 2:7"),
        "tags of lists": ("---\ntags: [[a]]\n---\n", "invalid-field 2:7"),
        "a slug in capitals": ("---\nslug: Flow\n---\n", "invalid-field 2:7"),
        "a slug of dots": ("---\nslug: ..\n---\n", "invalid-field 2:7"),
        "a slug with a slash": ("---\nslug: a/b\n---\n", "invalid-field 2:7"),
        "a slug of spaces": ("---\nslug: 'a b'\n---\n", "invalid-field 2:7"),
        "a slug in Chinese": ("---\nslug: 流\n---\n", "invalid-field 2:7"),
        "a slug that is endless": (f"---\nslug: {'a' * 300}\n---\n", "invalid-field 2:7"),
        "a slug of a device": ("---\nslug: con\n---\n", "invalid-field 2:7"),
        "a date in words": ("---\ndate: tomorrow\n---\n", "invalid-field 2:7"),
        "a thirteenth month": ("---\ndate: 2026-13-01\n---\n", "invalid-field 2:7"),
        "a thirtieth of February": ("---\ndate: 2026-02-30\n---\n", "invalid-field 2:7"),
        "a date of a day": ("---\ndate: 5\n---\n", "invalid-field 2:7"),
        "a draft that is maybe": ("---\ndraft: maybe\n---\n", "invalid-field 2:8"),
        "a draft that is a list": ("---\ndraft: [true]\n---\n", "invalid-field 2:8"),
        "a cut that is 2": ("---\ntruncated: 2\n---\n", "invalid-field 2:12"),
        "an id with a slash": ("---\nid: ../a\n---\n", "invalid-field 2:5"),
        "an id that is a list": ("---\nid: [a]\n---\n", "invalid-field 2:5"),
        "a language with a space": ("---\nlang: zh CN\n---\n", "invalid-field 2:7"),
        "a language that breaks out": ("---\nlang: '\"><script>'\n---\n", "invalid-field 2:7"),
        "an alias that is a mapping": ("---\naliases: {a: b}\n---\n", "invalid-field 2:10"),
        "a topic that is a list": ("---\ntopic: [a]\n---\n", "invalid-field 2:8"),
        "a description that is a list": ("---\ndescription: [a]\n---\n", "invalid-field 2:14"),
        "an updated in words": ("---\nupdated: soon\n---\n", "invalid-field 2:10"),
    },
    "topics": {
        "a list": ("- id: a\n", "invalid-topic 1:1"),
        "a word": ("topics\n", "invalid-topic 1:1"),
        "topics that are a word": ("topics: x\n", "invalid-topic 1:9"),
        "topics that are a mapping": ("topics: {id: a}\n", "invalid-topic 1:9"),
        "a topic that is a word": ("topics: [a]\n", "invalid-topic 1:10"),
        "a topic without an id": ("topics: [{zh: x}]\n", "invalid-topic 1:10"),
        "an id with spaces": ("topics: [{id: a b}]\n", "invalid-topic 1:15"),
        "an id that climbs": ("topics: [{id: ../x}]\n", "invalid-topic 1:15"),
        "an id in capitals": ("topics: [{id: ABC}]\n", "invalid-topic 1:15"),
        "an id twice": ("topics: [{id: a}, {id: a}]\n", "duplicate-topic 1:24"),
        "an id twice in the depth": (
            "topics: [{id: a, children: [{id: a}]}]\n",
            "duplicate-topic 1:34",
        ),
        "children that are a word": ("topics: [{id: a, children: b}]\n", "invalid-topic 1:28"),
        "terms that are a word": ("topics: [{id: a, terms: b}]\n", "invalid-topic 1:25"),
        "a weight of nine": ("topics: [{id: a, terms: [b: 9]}]\n", "invalid-topic 1:29"),
        "a weight in words": ("topics: [{id: a, terms: [b: much]}]\n", "invalid-topic 1:29"),
        "an unknown key": ("topics: [{id: a, color: red}]\n", "invalid-topic 1:18"),
        "an open bracket": ("topics: [\n", "broken-yaml 2:1"),
        "a key twice": ("topics: []\ntopics: []\n", "duplicate-key 2:1"),
        "an anchor": ("topics: &a []\n", "broken-yaml 1:9"),
        "tags that are a word": ("tags: x\n", "invalid-topic 1:7"),
        "a tag without a name": ("tags: [{zh: x}]\n", "invalid-topic 1:8"),
        "aliases that are a mapping": ("tags: [{tag: a, aliases: {b: c}}]\n", "invalid-topic 1:26"),
        "an unknown list": ("topic: []\n", "invalid-topic 1:1"),
        "depths": (f"topics: {'[{id: a, children: ' * 60}[]{'}]' * 60}\n", "broken-yaml 1:144"),
    },
    "ledger": {
        "no JSON": ("{broken\n", "broken-ledger 1:1"),
        "a list": ("[]\n", "broken-ledger 1:1"),
        "a number": ("5\n", "broken-ledger 1:1"),
        "a text": ('"a"\n', "broken-ledger 1:1"),
        "an id that is a number": ('{"id": 5}\n', "broken-ledger 1:1"),
        "no id": ('{"slugs": []}\n', "broken-ledger 1:1"),
        "half a line": ('{"id": "a", "sl\n', "broken-ledger 1:1"),
        "a lone surrogate": ('{"id": "\ud800"}\n', "broken-ledger 1:1"),
        "a NUL": ("\x00\n", "broken-ledger 1:1"),
        "a deep list": (f"{'[' * 5000}{']' * 5000}\n", "broken-ledger 1:1"),
        "conflict marks": ("<<<<<<< HEAD\n", "broken-ledger 1:1"),
    },
    "markdown": {
        "a formula without an end": ("$$\n\\frac{1}{\n$$\n", "broken-formula 1:0"),
        "an unknown command": ("$\\nonesense{x}$\n", "broken-formula 1:0"),
        "a language nobody knows": ("```nonesuch\nx\n```\n", "unknown-language 1:0"),
        "a formula too deep": (f"${'{' * 500}x{'}' * 500}$\n", "broken-formula 1:0"),
        "quotes too deep": (f"{'>' * 300} x\n", "nested-too-deep 1:0"),
        "lists too deep": ("\n".join(f"{'  ' * n}- x" for n in range(200)), "nested-too-deep 25:0"),
        "a broken diagram": ("```mermaid\nflowchart ???\n  -->\n```\n", "broken-diagram 1:0"),
    },
}
ALL = [
    pytest.param(door, text, told, id=f"{door}: {name}")
    for door, cases in CASES.items()
    for name, (text, told) in cases.items()
]


def problems_of(door: str, text: str) -> tuple[Problem, ...]:
    with pytest.raises(KbError) as raised:
        DOORS[door](text)
    return raised.value.problems


@pytest.mark.parametrize(("door", "text", "told"), ALL)
def test_a_broken_text_is_told_by_code_and_place_in_a_sentence(
    door: str, text: str, told: str
) -> None:
    begin = process_time()
    found = problems_of(door, text)
    took = process_time() - begin

    assert next(f"{p.code} {p.place.line}:{p.place.column}" for p in found) == told
    assert all(p.message and "Traceback" not in p.message for p in found)
    assert took < SECONDS
