"""How would a user of Zensical or of Starlight write the same articles, and set their site up?

Chinese interface, topics as folders, formulas by KaTeX, search, light and dark, as their own pages
tell; KaTeX from local files, though its instructions name another host.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

SITE = "夜航笔记"
_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_WIKILINK = re.compile(r"!?\[\[([\w-]+)(?:#[^\]|]*)?(?:\|([^\]]+))?\]\]")
_ALERT = re.compile(r"^> \[!(\w+)\](.*)\n((?:>.*\n?)+)", re.MULTILINE)
_QUOTED = re.compile(r"^> ?", re.MULTILINE)

_ZENSICAL = """site_name: {site}
theme:
  name: material
  language: zh
  features:
    - content.code.copy
    - navigation.footer
    - navigation.top
    - search.highlight
    - toc.follow
  palette:
    - {{media: "(prefers-color-scheme: light)", scheme: default}}
    - {{media: "(prefers-color-scheme: dark)", scheme: slate}}
plugins: [search, tags]
markdown_extensions:
  - abbr
  - admonition
  - attr_list
  - footnotes
  - tables
  - toc: {{permalink: true}}
  - pymdownx.arithmatex: {{generic: true}}
  - pymdownx.highlight
  - pymdownx.superfences:
      custom_fences:
        - name: mermaid
          class: mermaid
          format: !!python/name:pymdownx.superfences.fence_code_format
  - pymdownx.tasklist: {{custom_checkbox: true}}
  - pymdownx.tilde
extra_css: [katex/katex.min.css]
extra_javascript: [katex/katex.min.js, katex/auto-render.min.js, katex/start.js]
nav: {nav}
"""
_START = """document$.subscribe(({ body }) => renderMathInElement(body, { delimiters: [
  { left: "$$", right: "$$", display: true }, { left: "$", right: "$", display: false },
  { left: "\\\\(", right: "\\\\)", display: false },
  { left: "\\\\[", right: "\\\\]", display: true },
] }));
"""
_STARLIGHT = """import {{ unified }} from "@astrojs/markdown-remark";
import starlight from "@astrojs/starlight";
import {{ defineConfig }} from "astro/config";
import rehypeKatex from "rehype-katex";
import remarkMath from "remark-math";
export default defineConfig({{
  markdown: {{
    processor: unified({{ remarkPlugins: [remarkMath], rehypePlugins: [rehypeKatex] }}),
  }},
  integrations: [starlight({{
    title: "{site}",
    locales: {{ root: {{ label: "简体中文", lang: "zh-CN" }} }},
    customCss: ["katex/dist/katex.min.css"],
    sidebar: {sidebar},
  }})],
}});
"""
_COLLECTION = """import { defineCollection } from "astro:content";
import { docsLoader } from "@astrojs/starlight/loaders";
import { docsSchema } from "@astrojs/starlight/schema";
export const collections = {
  docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }),
};
"""


@dataclass(frozen=True, slots=True)
class Note:
    """An article as any generator takes it: `topic` is the id of its uppermost topic."""

    slug: str
    title: str
    topic: str
    summary: str
    tags: tuple[str, ...]
    body: str

    @property
    def path(self) -> str:
        """Where it stands in a peer's site, without ending."""
        return f"{self.topic}/{self.slug}"


@dataclass(frozen=True, slots=True)
class Notes:
    """A project's articles, the names of their topics by id, and the folder of its pictures."""

    names: Mapping[str, str]
    notes: tuple[Note, ...]
    static: Path


def notes_of(project: Path) -> Notes:
    """What stands in a project that kb has built."""
    api = project / "site" / "api"
    topics = json.loads((api / "topics.json").read_text("utf-8"))["topics"]
    roots = {topic["id"]: (topic["parents"] or [topic["id"]])[0] for topic in topics}
    articles = json.loads((api / "articles.json").read_text("utf-8"))["articles"]
    notes = tuple(_note(entry, roots, project / "content" / "articles") for entry in articles)
    used = {note.topic for note in notes}
    names = {topic["id"]: topic["names"]["zh"] for topic in topics if topic["id"] in used}
    return Notes(names, notes, project / "static")


def _note(entry: Mapping[str, str], roots: Mapping[str, str], folder: Path) -> Note:
    text = (folder / f"{entry['slug']}.md").read_text("utf-8")
    return Note(
        slug=entry["slug"],
        title=entry["title"],
        topic=roots.get(entry["topic"], "other"),
        summary=entry["summary"],
        tags=tuple(entry["tags"]),
        body=_FRONT.sub("", text),
    )


def zensical(program: Path, katex: Path, library: Notes, folder: Path) -> Path:
    """The site that Zensical makes of articles; `katex` is the folder dist/ of KaTeX."""
    docs = folder / "docs"
    shutil.copytree(library.static, docs, dirs_exist_ok=True)
    known = {note.slug: note for note in library.notes}
    for note in library.notes:
        body = _ALERT.sub(_admonition, linked(note.body, known, "../{}.md"))
        fields = {"description": note.summary, "tags": note.tags}
        _put(docs / f"{note.path}.md", _front(fields) + f"# {note.title}\n\n{body}")
    _put(docs / "index.md", f"# {SITE}\n\n" + "".join(_entries(library.notes, "{}.md")))
    _copy_katex(katex, docs / "katex")
    nav = [{"首页": "index.md"}, *_sections(library)]
    settings = _ZENSICAL.format(site=SITE, nav=json.dumps(nav, ensure_ascii=False))
    _put(folder / "mkdocs.yml", settings)
    subprocess.run([program.absolute(), "build"], cwd=folder, check=True)
    return folder / "site"


def _copy_katex(katex: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for name in ("katex.min.css", "katex.min.js", "contrib/auto-render.min.js"):
        shutil.copy(katex / name, target / Path(name).name)
    shutil.copytree(katex / "fonts", target / "fonts", dirs_exist_ok=True)
    _put(target / "start.js", _START)


def _sections(library: Notes) -> Iterator[dict[str, list[str]]]:
    for topic, name in library.names.items():
        yield {name: [f"{note.path}.md" for note in library.notes if note.topic == topic]}


def starlight(node: Path, library: Notes, folder: Path) -> Path:
    """The site that Starlight makes of articles in a folder where npm has installed it."""
    docs = folder / "src" / "content" / "docs"
    shutil.copytree(library.static, folder / "public", dirs_exist_ok=True)
    known = {note.slug: note for note in library.notes}
    for note in library.notes:
        body = _ALERT.sub(_aside, linked(note.body, known, "/{}/"))
        fields = {"title": note.title, "description": note.summary}
        _put(docs / f"{note.path}.md", _front(fields) + body)
    _put(docs / "index.md", _front({"title": SITE}) + "".join(_entries(library.notes, "/{}/")))
    sidebar = [
        {"label": name, "items": [{"autogenerate": {"directory": topic}}], "collapsed": True}
        for topic, name in library.names.items()
    ]
    settings = _STARLIGHT.format(site=SITE, sidebar=json.dumps(sidebar, ensure_ascii=False))
    _put(folder / "src" / "content.config.ts", _COLLECTION)
    _put(folder / "astro.config.mjs", settings)
    astro = Path("node_modules", "astro", "bin", "astro.mjs")
    subprocess.run([node.absolute(), astro, "build"], cwd=folder, check=True)
    return folder / "dist"


def _front(fields: Mapping[str, object]) -> str:
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items())
    return f"---\n{''.join(lines)}---\n\n"


def linked(body: str, known: Mapping[str, Note], address: str) -> str:
    """A text whose links show the titles that kb shows, with addresses made of `address`."""

    def link(found: re.Match[str]) -> str:
        note = known.get(found[1])
        return f"[{found[2] or note.title}]({address.format(note.path)})" if note else found[0]

    return _WIKILINK.sub(link, body)


def _admonition(found: re.Match[str]) -> str:
    title = f' "{found[2].strip()}"' if found[2].strip() else ""
    lines = _QUOTED.sub("", found[3]).splitlines()
    return "\n".join([f"!!! {found[1].lower()}{title}", "", *(f"    {x}" for x in lines), ""])


def _aside(found: re.Match[str]) -> str:
    kind = {"WARNING": "caution"}.get(found[1], found[1].lower())
    title = f"[{found[2].strip()}]" if found[2].strip() else ""
    return f":::{kind}{title}\n{_QUOTED.sub('', found[3])}\n:::\n"


def _entries(notes: Iterable[Note], address: str) -> Iterator[str]:
    for note in notes:
        yield f"- [{note.title}]({address.format(note.path)})\n"


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
