"""How does each generator want the same articles laid out, and how is it told to build?

All make the same site: an article's page with contents and highlighted code, a home of 20 articles
a page, a page for each topic and each tag, lists of these, a feed of the newest 20, a sitemap.
"""

import json
import re
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import Article

from kb.project import shipped_theme

HERE = Path(__file__).parent
_LINK = re.compile(r"\]\(([\w-]+)\.md\)")


@dataclass(frozen=True, slots=True)
class Tool:
    """A generator: its command, and where things are in its projects.

    `lay_out` writes a project of articles into a folder, with `source` for each article and the
    template `base` for all pages; `{folder}` in the command stands for it. `page` is what is made
    of an article. A cold build has neither `output` nor `caches`. `keeps` tells whether a build
    takes over what an earlier one made.
    """

    name: str
    command: tuple[str, ...]
    lay_out: Callable[[Sequence[Article], Path], None]
    source: str
    base: str
    page: str
    output: str
    caches: tuple[str, ...]
    keeps: bool = False


def kb() -> Tool:
    """The kb that this Python imports."""
    return Tool(
        name="kb",
        command=(sys.executable, "-m", "kb", "-q", "build"),
        lay_out=_lay_out_kb,
        source="content/articles/{}.md",
        base="templates/base.html",
        page="articles/{}.html",
        output="site",
        caches=(".kb",),
        keeps=True,
    )


def hugo(program: str, *, formulas: bool) -> Tool:
    """Hugo, whose formulas are left to the browser, or made MathML when it builds."""
    skeletons = ("hugo", "hugo-mathml") if formulas else ("hugo",)
    return Tool(
        name=skeletons[-1],
        command=(program, "--quiet", "--cacheDir", "{folder}/cache"),
        lay_out=lambda articles, folder: _lay_out_hugo(articles, folder, skeletons),
        source="content/articles/{}.md",
        base="layouts/baseof.html",
        page="articles/{}/index.html",
        output="public",
        caches=("cache", "resources", ".hugo_build.lock"),
    )


def eleventy(program: str) -> Tool:
    """Eleventy, with the highlighting plugin that stands in the folder of modules beside it."""
    found = Path(program).resolve()
    modules = next((up for up in found.parents if up.name == "node_modules"), None)
    if modules is None:
        raise SystemExit(f"{program} is in no folder node_modules")
    return Tool(
        name="eleventy",
        command=(program, "--quiet"),
        lay_out=lambda articles, folder: _lay_out_eleventy(articles, folder, modules),
        source="content/articles/{}.md",
        base="_includes/base.njk",
        page="articles/{}/index.html",
        output="_site",
        caches=(".cache",),
    )


def _lay_out_kb(articles: Sequence[Article], folder: Path) -> None:
    """Topics get ids of their own, as their names may be none."""
    names = sorted({article.topic for article in articles})
    ids = {name: f"topic-{number:03}" for number, name in enumerate(names)}
    _skeleton(folder)
    for article in articles:
        fields = {"topic": ids[article.topic], "tags": article.tags, "lang": "zh"}
        _write(folder, article, fields, article.body)
    lines = (f"  - {{id: {ids[name]}, zh: {_quoted(name)}}}\n" for name in names)
    (folder / "content" / "topics.yaml").write_text("topics:\n" + "".join(lines), "utf-8")
    (folder / "kb.yaml").write_text("title: kb\nbase_url: https://kb.example/\n", "utf-8")
    (folder / "templates").mkdir()
    base = (shipped_theme() / "base.html").read_bytes()
    (folder / "templates" / "base.html").write_bytes(base)


def _lay_out_hugo(articles: Sequence[Article], folder: Path, skeletons: Sequence[str]) -> None:
    _skeleton(folder, *skeletons)
    for article in articles:
        fields = {"topics": [article.topic], "tags": article.tags, "summary": article.summary}
        _write(folder, article, fields, article.body)


def _lay_out_eleventy(articles: Sequence[Article], folder: Path, modules: Path) -> None:
    """Links become addresses, as Eleventy does not follow them to files."""
    _skeleton(folder, "eleventy")
    (folder / "node_modules").symlink_to(modules)
    for article in articles:
        fields = {"topic": article.topic, "labels": article.tags, "summary": article.summary}
        _write(folder, article, fields, _LINK.sub(r"](/articles/\1/)", article.body))


def _skeleton(folder: Path, *names: str) -> None:
    for name in names:
        shutil.copytree(HERE / name, folder, dirs_exist_ok=True)
    (folder / "content" / "articles").mkdir(parents=True, exist_ok=True)


def _write(folder: Path, article: Article, fields: Mapping[str, object], body: str) -> None:
    """Front matter whose values are JSON, which YAML takes as well."""
    every = {"title": article.title, **fields}
    lines = "".join(f"{key}: {_quoted(value)}\n" for key, value in every.items())
    text = f"---\n{lines}date: {article.date}\n---\n\n{body}"
    (folder / "content" / "articles" / f"{article.slug}.md").write_text(text, "utf-8")


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
