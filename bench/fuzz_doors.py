"""What must hold for any text that comes in by one of kb's doors?

A door raises nothing but problems with a sentence each, whatever it is given; what comes out is
what the functions here assert.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from posixpath import join, normpath
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

from kb import config
from kb.check.crawl import read
from kb.exchange import lines, notes, sidecar
from kb.ingest.decode import decode
from kb.ingest.identity import fold, keyed
from kb.ingest.parse import parse
from kb.ingest.study import study
from kb.library import ledger, records, taxonomy
from kb.markup import Markup, Target, assemble, excerpt, render, render_with_html
from kb.model import Line, LineKind
from kb.problems import KbError, Place
from kb.project import shipped_topics
from kb.routes import Route, UrlStyle, folder_of, page_path, relative_url, site_path
from kb.slugs import is_slug, slugify

Door = Callable[[bytes], object]

_NEVER = {
    *("script", "style", "iframe", "object", "embed", "base", "link", "meta", "form", "template"),
    *("foreignobject", "animate", "set", "use", "annotation-xml", "textarea", "select", "noscript"),
}
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
_SCHEMES = ("http:", "https:", "mailto:", "tel:")
_NONE = notes.Known(frozenset(), {})
_SHORT = 2000
"""Characters of an entry: a longer line is no excerpt of a listing."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """A door, and the seconds that 64 KB of input may take."""

    door: Door
    seconds: float = 2.0


def dump(content: bytes) -> None:
    """Every line ends in one class, and an entry loses no letter on its way to a record."""
    text, encoding = decode(content, "x.txt")
    found = parse(text, "x", encoding)
    assert all(line.kind in LineKind for line in found.lines)
    assert [line.number for line in found.lines] == [*range(1, len(found.lines) + 1)]
    entries = [line for line in found.lines if line.kind is LineKind.ENTRY]
    for line in entries[:3]:
        _entry(line)
    for line in entries:
        keyed(line.text.strip())


def _entry(line: Line) -> None:
    text = line.text.strip()[:_SHORT]
    made = study(text, shipped_topics())
    assert made.slug == "" or is_slug(made.slug), made.slug
    assert not _CONTROL.search(made.titles[0]), made.titles[0]
    assert _letters(made.body) == _letters(text), made.body
    fold(made.body)


def _letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def front_matter(content: bytes) -> None:
    """A record says the same after one of its fields was set, but for that field."""
    text = _text(content)
    record = records.parse(text, "content/articles/a.md")
    article = record.article
    assert article.slug == "" or is_slug(article.slug), article.slug
    again = records.parse(records.with_field(record, "title", "a: [b"), article.path).article
    assert again.title == "a: [b"
    assert (again.tags, again.body.strip()) == (article.tags, article.body.strip())
    for name in ("notes/../x.md", "a.md"):
        notes.fitted(text, name, Place(name), _NONE)


def markdown(content: bytes) -> None:
    """Nothing live, nothing left open, nothing given up on, for our texts and those of others."""
    text = _text(content)
    for trusted in (True, False):
        _checked(render(text, path="a.md", title="a", trusted=trusted))


def html(content: bytes) -> None:
    """The same where a person lets HTML pass."""
    _checked(render_with_html(_text(content), path="a.md"))


def _checked(markup: Markup) -> None:
    assert not any(problem.code == "unreadable-markup" for problem in markup.problems)
    made = assemble(markup, lambda _: Target('../x.html?a="b"&c', '<T> "t"'))
    page = LexborHTMLParser(f"<body><article>{made}</article><footer></footer>")
    body = page.body
    assert body is not None
    assert [node.tag for node in body.iter()] == ["article", "footer"], made[-300:]
    for node in page.css("article *"):
        _element(node.tag or "", node.attributes)
    for text in (markup.text, made):
        assert not any(sign in text for sign in "\x00\x0b\x1b\ud800\uffff")
    assert len(excerpt(markup.text, 150)) <= 150


def _element(tag: str, attributes: Mapping[str, str | None]) -> None:
    assert tag not in _NEVER, tag
    for name, value in attributes.items():
        assert not name.startswith("on"), name
        if name in ("href", "src", "action", "formaction", "xlink:href", "srcdoc"):
            bare = "".join(sign for sign in value or "" if sign > " ").lower()
            has_scheme = _SCHEME.match(bare)
            assert not has_scheme or bare.startswith(_SCHEMES), f"{name}={value}"


def names(content: bytes) -> None:
    """A slug is one, is its own slug, and its page's address leads back to its file."""
    text = _text(content)
    slug = slugify(text)
    assert is_slug(slug), slug
    assert slugify(slug) == slug, slug
    inside = site_path(f"/{text}")
    assert not inside.startswith("/"), inside
    assert ".." not in PurePosixPath(inside).parts, inside
    for style in UrlStyle:
        path = page_path(Route(f"articles/{slug}"), style)
        url = relative_url(path, "topics/a/b.html", style)
        there = normpath(join(folder_of("topics/a/b.html"), unquote(url)))
        assert there in {path, path.removesuffix("/index.html")}, url


def settings(content: bytes) -> None:
    """Settings that are accepted name folders inside the project."""
    found = config.load(_text(content))
    for folder in (found.content, found.templates, found.static, found.output):
        assert ".." not in PurePosixPath(folder).parts, folder
        assert not folder.startswith("/"), folder


def topics(content: bytes) -> None:
    """Topics that are accepted have ids that may stand in an address."""
    found = taxonomy.load(_text(content), "topics.yaml")
    assert all(is_slug(topic) for topic in found.by_id)


def remembered(content: bytes) -> None:
    """A ledger that is accepted is the same when written and read again."""
    known = ledger.parse(content, "ledger.jsonl")
    assert ledger.parse(ledger.render(known), "ledger.jsonl") == known


def exports(content: bytes) -> None:
    """Lines of an export, and the list beside an exported folder: what is wrong is listed."""
    for found in (lines.read(content, "x.jsonl")[1], sidecar.read(content, "x.jsonl")[1]):
        assert all(problem.message for problem in found)


def checked(content: bytes) -> None:
    """Whatever stands in a site, the check reads it."""
    for name in ("a.html", "a.css", "a.xml", "feed.json", "api/a.json", "llms.txt", "robots.txt"):
        read(name, content)


def _text(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode(errors="surrogateescape")


ENTRANCES: Mapping[str, Entrance] = {
    "dump": Entrance(dump),
    "front matter": Entrance(front_matter),
    "markdown": Entrance(markdown, 4.0),  # two texts are rendered
    "html": Entrance(html),
    "names": Entrance(names),
    "settings": Entrance(settings),
    "topics": Entrance(topics),
    "ledger": Entrance(remembered),
    "exports": Entrance(exports),
    "checked": Entrance(checked),
}


def enter(door: Door, content: bytes) -> None:
    """Let a text in. Raises what is wrong with kb, not with the text."""
    try:
        door(content)
    except KbError as error:
        for problem in error.problems:
            assert problem.message, problem
            assert "Traceback" not in problem.message, problem
