"""Is a site, after each of many random edits, byte for byte the site of a clean build?

    python bench/edits.py [PROJECT] [--edits N] [--seed N]

Works on a copy of the project (default: this repository). After each edit the copy is built as
`kb build` does, and a fresh copy of its files is built from nothing; sites and contents must be the
same. Prints the seed, each edit, and the first difference, with which it ends.
"""

import argparse
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from kb.commands.build import Request, build
from kb.console import Console
from kb.problems import KbError, is_fatal

SOURCES = ("kb.yaml", "content", "templates", "static")
TEXTS = (
    "梯度累积把几个小批次的梯度加起来再更新一次,显存不够时用时间换空间,学习率不必跟着改。",
    "检查点让长任务从中断的地方接着跑,而不是从头再来,代价是定期把状态写到远处。",
    "Flow matching learns the straight path from noise to data, so that few steps are enough.",
    "注意力的键值缓存随序列增长,分页管理让它不必连续,碎片少了,同样的显存能服务更多请求。",
    "其中 $x_{t+1} = x_t - \\eta \\nabla f(x_t)$, 步长太大就会发散。",
)
SETTINGS = (
    "title: Notes\n",
    "title: Notes\npage_size: 3\n",
    "title: Notes\nurls: pretty\nbase_url: https://kb.test/sub\nlanguage: en\n",
)
Edit = Callable[[random.Random, Path], object]


def some(draw: random.Random, root: Path, pattern: str) -> Path:
    """One of the files, or a new one where there is none."""
    found = sorted(path for path in root.glob(pattern) if path.is_file())
    return draw.choice(found) if found else root / pattern.replace("**/*", "new")


def article(draw: random.Random, root: Path) -> Path:
    return some(draw, root, "content/articles/**/*.md")


def replaced(path: Path, pattern: str, new: Callable[[str], str]) -> None:
    """Change the first match in a file, if there is one."""
    text = path.read_text("utf-8")
    text = re.sub(pattern, lambda m: new(m[0]), text, count=1, flags=re.MULTILINE)
    path.write_text(text, "utf-8")


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def added_article(draw: random.Random, root: Path) -> None:
    name, near = draw.randrange(10**6), article(draw, root).stem
    date = f"2025-01-0{name % 9 + 1}"
    front = f"---\ntitle: 新篇 {name}\ntags: [RL, t{name % 7}]\ndate: {date}\n---\n"
    put(root / f"content/articles/new-{name}.md", f"{front}\n{draw.choice(TEXTS)} [[{near}]]\n")


def longer_article(draw: random.Random, root: Path) -> None:
    path = article(draw, root)
    put(path, f"{path.read_text('utf-8')}\n## 补 {draw.randrange(99)}\n\n{draw.choice(TEXTS)}\n")


def retitled_article(draw: random.Random, root: Path) -> None:
    replaced(article(draw, root), r"^title: .*$", lambda _: f"title: 题 {draw.randrange(10**6)}")


def refiled_article(draw: random.Random, root: Path) -> None:
    other = re.search(r"^topic: .*$", article(draw, root).read_text("utf-8"), re.MULTILINE)
    replaced(article(draw, root), r"^topic: .*$", lambda old: other[0] if other else old)


def retagged_article(draw: random.Random, root: Path) -> None:
    tags = draw.sample(["RL", "HDFS", "流", "LoRA", "缓存"], 2)
    replaced(article(draw, root), r"^tags: \[.*$", lambda _: f"tags: [{', '.join(tags)}]")


def readdressed_article(draw: random.Random, root: Path) -> None:
    replaced(article(draw, root), r"^slug: .*$", lambda _: f"slug: s-{draw.randrange(10**6)}")


def moved_article(draw: random.Random, root: Path) -> None:
    path = article(draw, root)
    to = root / f"content/articles/moved/{draw.randrange(10**6)}.md"
    put(to, "")
    path.replace(to)


def removed_article(draw: random.Random, root: Path) -> None:
    article(draw, root).unlink()


def same_size(draw: random.Random, root: Path) -> None:
    """Another text of the same size, with the time of the one before."""
    import os

    path = article(draw, root)
    before = path.stat()
    replaced(path, r"[a-z](?=[^a-z]*\Z)", lambda old: "z" if old != "z" else "y")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def template(draw: random.Random, root: Path) -> None:
    path = some(draw, root, "templates/*.html")
    if path.is_file():
        put(path, f"{path.read_text('utf-8')}{draw.randrange(10**6)}\n")


def style(draw: random.Random, root: Path) -> None:
    path = some(draw, root, "templates/assets/*.css")
    put(path, f"a {{ top: {draw.randrange(99)}px }}\n")


def settings(draw: random.Random, root: Path) -> None:
    put(root / "kb.yaml", draw.choice(SETTINGS))


def taxonomy(draw: random.Random, root: Path) -> None:
    path = root / "content/topics.yaml"
    if path.is_file():
        names = re.findall(r"\ben: ([A-Z][a-z]+)\b", path.read_text("utf-8"))
        old = draw.choice(names or ["-"])
        replaced(path, rf"\ben: {old}\b", lambda _: f"en: {old}{chr(draw.randrange(97, 123))}")


def introduction(draw: random.Random, root: Path) -> None:
    topic = re.search(r"^topic: (\S+)$", article(draw, root).read_text("utf-8"), re.MULTILINE)
    if topic:
        put(root / f"content/topics/{topic[1]}.md", f"{draw.choice(TEXTS)}\n")


def page(draw: random.Random, root: Path) -> None:
    put(root / f"content/pages/p{draw.randrange(3)}.md", f"# 页\n\n{draw.choice(TEXTS)}\n")


def removed_page(draw: random.Random, root: Path) -> None:
    some(draw, root, "content/pages/**/*.md").unlink(missing_ok=True)


def static(draw: random.Random, root: Path) -> None:
    put(root / f"static/f{draw.randrange(3)}.txt", f"{draw.random()}\n")


def removed_static(draw: random.Random, root: Path) -> None:
    some(draw, root, "static/**/*").unlink(missing_ok=True)


def dump(draw: random.Random, root: Path) -> None:
    """A new dump of old and new excerpts, some of them cut."""
    old = some(draw, root, "content/transmissions/**/*.txt")
    lines = old.read_text("utf-8", "replace").splitlines() if old.is_file() else []
    chosen = draw.sample(lines, min(4, len(lines)))
    chosen = [f"{line[: draw.randint(60, 400)]}..." for line in chosen if len(line) > 40]
    text = "\n".join(("LATEST UPDATES", *chosen, f"概述 {draw.random()} {draw.choice(TEXTS)}", ""))
    put(root / f"content/transmissions/n{draw.randrange(10**6)}.txt", text)


def removed_dump(draw: random.Random, root: Path) -> None:
    some(draw, root, "content/transmissions/**/*.txt").unlink(missing_ok=True)


def damage(draw: random.Random, path: Path) -> None:
    content = path.read_bytes() if path.is_file() else b""
    if not content:
        return
    place, kind = draw.randrange(len(content)), draw.choice(("flip", "cut", "zero", "remove"))
    if kind == "flip":
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
    elif kind == "cut":
        path.write_bytes(content[:place])
    elif kind == "zero":
        path.write_bytes(content[:place] + bytes(4096) + content[place + 4096 :])
    else:
        path.unlink()


def damaged_cache(draw: random.Random, root: Path) -> None:
    damage(draw, some(draw, root, ".kb/*"))


def damaged_site(draw: random.Random, root: Path) -> None:
    damage(draw, some(draw, root, "site/**/[!.]*"))


EDITS: tuple[Edit, ...] = (
    *(added_article, longer_article, retitled_article, refiled_article, retagged_article),
    *(readdressed_article, moved_article, removed_article, same_size, longer_article),
    *(template, style, settings, taxonomy, introduction, page, removed_page, static),
    *(removed_static, dump, removed_dump, damaged_cache, damaged_cache, damaged_site),
)


def copy(root: Path, folder: Path) -> Path:
    """The sources of a project in a new folder."""
    folder.mkdir()
    for name in SOURCES:
        if (root / name).is_dir():
            shutil.copytree(root / name, folder / name)
        elif (root / name).is_file():
            shutil.copy(root / name, folder / name)
    return folder


def tree(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in ("site", "content")
        for path in (root / folder).rglob("*")
        if path.is_file()
    }


def is_built(root: Path) -> bool:
    """Whether a project can be built without an error."""
    request = Request(base_url=None, clean=False, strict=False, as_json=False, jobs=1)
    try:
        return not is_fatal(build(root, Console(verbosity=-1), request))
    except KbError as error:
        print(f"    {error}")
        return False


def differences(root: Path, folder: Path) -> Sequence[str]:
    """The files of a project that a clean build makes otherwise, each with its first difference."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        fresh = copy(root, Path(name) / "fresh")
        is_built(fresh)
        ours, clean = tree(root), tree(fresh)
        differ = sorted(p for p in ours.keys() | clean.keys() if ours.get(p) != clean.get(p))
        return [f"{p}\n{first_difference(ours.get(p), clean.get(p))}" for p in differ]


def first_difference(ours: bytes | None, clean: bytes | None) -> str:
    if ours is None or clean is None:
        return "    is missing" if ours is None else "    should not be there"
    at = next((n for n, (a, b) in enumerate(zip(ours, clean, strict=False)) if a != b), 0)
    around = slice(max(0, at - 60), at + 60)
    return f"    is     {ours[around]!r}\n    should {clean[around]!r}"


def last_good(root: Path, kept: Path) -> None:
    """Take back an edit that cannot be built."""
    for name in SOURCES:
        if (root / name).is_dir():
            shutil.rmtree(root / name)
    shutil.copytree(kept, root, dirs_exist_ok=True)


def run(project: Path, edits: int, seed: int, folder: Path) -> int:
    draw = random.Random(seed)
    root = copy(project, folder / "project")
    if not is_built(root):
        return 1
    refused = 0
    for number in range(1, edits + 1):
        kept = copy(root, folder / "kept")
        edit = draw.choice(EDITS)
        edit(draw, root)
        print(f"{number:4} {getattr(edit, '__name__', '')}", flush=True)
        if not is_built(root):
            refused += 1
            last_good(root, kept)
            is_built(root)
        shutil.rmtree(kept)
        if found := differences(root, folder):
            print(f"seed {seed}, edit {number}: {len(found)} files differ", *found[:5], sep="\n")
            return 1
    print(f"seed {seed}: {edits} edits ({refused} refused and taken back), never a difference")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path, nargs="?", default=Path(__file__).parents[1])
    parser.add_argument("--edits", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    options = parser.parse_args()
    print(f"seed {options.seed}")
    with tempfile.TemporaryDirectory() as name:
        return run(options.project, options.edits, options.seed, Path(name))


if __name__ == "__main__":
    sys.exit(main())
