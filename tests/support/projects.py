"""How does a test make a small project, and run kb on it?"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kb.build.run import Built, build
from kb.build.unchanged import NO_OPTIONS, look
from kb.build.update import Updated, update
from kb.project import open_project

KEPT = ("PATH", "PYTHONPATH", "SYSTEMROOT")
Files = Mapping[str, str | bytes | None]
"""Contents by path in a project; None for a file that is to go."""

TOPICS = """\
topics:
  - id: models
    zh: 模型
    en: Models
    children:
      - {id: diffusion, zh: 扩散模型, en: Diffusion, terms: [扩散: 3, diffusion: 3, 去噪]}
  - {id: storage, zh: 存储, en: Storage, terms: [HDFS: 3, Hadoop: 3, 副本]}
tags:
  - {tag: reinforcement learning, zh: 强化学习, aliases: [RL]}
  - {tag: HDFS}
"""


SMALL = {
    "kb.yaml": "title: Notes\n",
    "content/topics.yaml": TOPICS,
    "content/articles/blocks.md": "---\ntitle: Blocks\ntopic: storage\n---\n\nA block of HDFS.\n",
    "content/articles/flow.md": (
        "---\ntitle: Flow\ntopic: diffusion\ntags: [RL, HDFS]\n---\n\nThe flow of [[blocks]].\n"
    ),
    "content/pages/about.md": "---\ntitle: About\nslug: about\n---\n\nText.\n",
    "content/transmissions/2026-01-01.txt": (
        "INCOMING TRANSMISSION\n\nLATEST UPDATES\n"
        "扩散模型 扩散模型从噪声开始,一步一步去噪,最后得到一张清晰的图像,学的是每一步的噪声...\n"
        "概述 HDFS 把文件切成块,每块存三个副本,名字节点记住哪一块在哪台机器上,数据节点只管读写...\n"
        "1 2\n"
    ),
    "static/note.txt": "a static file\n",
}
"""A project of two articles of one's own, two from a dump, a free page and a static file."""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run of kb ended, and what it said."""

    code: int
    stdout: str
    stderr: str


def put(root: Path, files: Files) -> None:
    """Write, replace or remove files below `root`."""
    for name, content in files.items():
        path = root / name
        if content is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def tree(root: Path) -> dict[str, bytes]:
    """The bytes of every file below `root` by its path."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder, _, names in sorted(os.walk(root))
        for name in sorted(names)
        if (path := Path(folder, name)).is_file()
    }


def kb(*arguments: str, folder: Path, **environment: str) -> Ran:
    """Run kb in `folder`; the environment is the test's own, without colours and with `PATH`."""
    kept = {key: os.environ[key] for key in KEPT if key in os.environ}
    done = subprocess.run(
        [sys.executable, "-m", "kb", *arguments],
        cwd=folder,
        env={**kept, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def built(root: Path) -> Built:
    """Build a project in this process."""
    return build(open_project(root))


def updated(root: Path) -> Updated:
    """Bring a project's site up to date in this process as `kb build` does, with the least work."""
    project = open_project(root)
    return update(project, NO_OPTIONS, look=look(project.root, NO_OPTIONS))


def clean_build(root: Path, fresh: Path) -> dict[str, bytes]:
    """The site that a first build in the new folder `fresh` makes of the project's files."""
    for name in ("kb.yaml", "content", "templates", "static"):
        if (root / name).is_dir():
            shutil.copytree(root / name, fresh / name)
        elif (root / name).is_file():
            fresh.mkdir(exist_ok=True)
            shutil.copy(root / name, fresh / name)
    built(fresh)
    return tree(fresh / "site")
