"""How would a user of Zensical or of Starlight write kb's articles, and set a site up?

Chinese interface, formulas by KaTeX, search, light and dark: what their documentation tells to
switch on, from local files, as kb's pages ask no other host either.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

SITE = "夜航笔记"
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_FIELD = re.compile(r"^(title|description): (.+)$", re.MULTILINE)
_WIKILINK = re.compile(r"\[\[([\w-]+)(?:#[^\]|]*)?(?:\|([^\]]+))?\]\]")
_ALERT = re.compile(r"^> \[!(\w+)\]\n((?:>.*\n?)+)", re.MULTILINE)
_QUOTED = re.compile(r"^> ?", re.MULTILINE)

_ZENSICAL = """site_name: {site}
theme:
  name: material
  language: zh
  features: [search.highlight, content.code.copy, navigation.footer, toc.follow]
  font: false
  palette:
    - {{media: "(prefers-color-scheme: light)", scheme: default}}
    - {{media: "(prefers-color-scheme: dark)", scheme: slate}}
plugins: [search]
markdown_extensions:
  - admonition
  - footnotes
  - tables
  - attr_list
  - toc: {{permalink: true}}
  - pymdownx.highlight
  - pymdownx.superfences
  - pymdownx.arithmatex: {{generic: true}}
extra_css: [katex/katex.min.css]
extra_javascript: [katex/katex.min.js, katex/auto-render.min.js, katex/start.js]
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


def kb(articles: Sequence[Path], folder: Path) -> Path:
    """The site that the kb of this Python makes of articles."""
    for path in articles:
        _put(folder / "content" / "articles" / path.name, path.read_text("utf-8"))
    shutil.copy(articles[0].parents[1] / "topics.yaml", folder / "content")
    _put(folder / "kb.yaml", f"title: {SITE}\n")
    subprocess.run([sys.executable, "-m", "kb", "-C", folder, "build"], check=True)
    return folder / "site"


def zensical(program: Path, katex: Path, articles: Sequence[Path], folder: Path) -> Path:
    """The site that Zensical makes of articles; `katex` is the folder dist/ of KaTeX."""
    docs = folder / "docs"
    names = {path.stem for path in articles}
    for path in articles:
        fields, body = _parts(path)
        body = _ALERT.sub(_admonition, _linked(body, names, "{}.md"))
        _put(docs / path.name, f"# {fields['title']}\n\n{body}")
    _put(docs / "index.md", _home(articles, "{}.md"))
    for name in ("katex.min.css", "katex.min.js", "contrib/auto-render.min.js"):
        (docs / "katex").mkdir(exist_ok=True)
        shutil.copy(katex / name, docs / "katex" / Path(name).name)
    shutil.copytree(katex / "fonts", docs / "katex" / "fonts", dirs_exist_ok=True)
    _put(docs / "katex" / "start.js", _START)
    _put(folder / "mkdocs.yml", _ZENSICAL.format(site=SITE))
    subprocess.run([program.absolute(), "build"], cwd=folder, check=True)
    return folder / "site"


def starlight(node: Path, articles: Sequence[Path], folder: Path) -> Path:
    """The site that Starlight makes of articles in a folder where npm has installed it."""
    docs = folder / "src" / "content" / "docs"
    names = {path.stem for path in articles}
    for path in articles:
        fields, body = _parts(path)
        body = _ALERT.sub(_aside, _linked(body, names, "/{}/"))
        front = "".join(f"{key}: {json.dumps(value)}\n" for key, value in fields.items())
        _put(docs / path.name, f"---\n{front}---\n{body}")
    _put(docs / "index.md", f"---\ntitle: {SITE}\n---\n{_home(articles, '/{}/')}")
    _put(folder / "src" / "content.config.ts", _COLLECTION)
    _put(folder / "astro.config.mjs", _STARLIGHT.format(site=SITE))
    astro = Path("node_modules", "astro", "bin", "astro.mjs")
    subprocess.run([node.absolute(), astro, "build"], cwd=folder, check=True)
    return folder / "dist"


def _parts(path: Path) -> tuple[dict[str, str], str]:
    text = path.read_text("utf-8")
    front = _FRONT.match(text)
    if front is None:
        raise SystemExit(f"{path} has no front matter")
    return dict(_FIELD.findall(front[1])), text[front.end() :]


def _linked(body: str, names: set[str], address: str) -> str:
    def link(found: re.Match[str]) -> str:
        name, label = found[1], found[2] or found[1]
        return f"[{label}]({address.format(name)})" if name in names else label

    return _WIKILINK.sub(link, body)


def _admonition(found: re.Match[str]) -> str:
    lines = _QUOTED.sub("", found[2]).splitlines()
    return "\n".join([f"!!! {found[1].lower()}", "", *(f"    {line}" for line in lines), ""])


def _aside(found: re.Match[str]) -> str:
    return f":::{found[1].lower()}\n{_QUOTED.sub('', found[2])}\n:::\n"


def _home(articles: Sequence[Path], address: str) -> str:
    return "".join(_entries(articles, address))


def _entries(articles: Sequence[Path], address: str) -> Iterator[str]:
    for path in articles:
        yield f"- [{_parts(path)[0]['title']}]({address.format(path.stem)})\n"


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
