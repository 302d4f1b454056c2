"""What does a big Chinese knowledge base hold, the same each time it is made?

    python bench/corpus.py N FOLDER

Writes N articles of 3 to 4 KB as Markdown with front matter, those that bench/run.py measures.
"""

import argparse
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random

import yaml
from corpus_code import listing
from corpus_formulas import display, inline
from corpus_text import GAIN, HEADINGS, TITLES, WHAT, bullets, filled, paragraph, table

TOPICS = tuple(
    """
    大语言模型 深度学习 强化学习 生成模型 自然语言处理 计算机视觉 推荐系统 分布式训练 推理加速
    机器学习 概率统计 优化方法 Spark Flink Hive Hadoop 数据仓库 消息队列 数据库 分布式系统 JVM
    Java并发 Spring 操作系统 计算机网络 数据结构 动态规划 系统设计 可观测性 工程实践
    """.split()
)
TAGS = (*WHAT, *GAIN, *(f"{what}实践" for what in WHAT), *(f"{gain}优化" for gain in GAIN))
SMALLEST = 3000
"""Bytes of a body from which it may end."""
_FRONT_MATTER = re.compile(r"---\n(.*?\n)---\n(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Article:
    """An article; its body links to others as `[title](slug.md)`."""

    slug: str
    title: str
    date: str
    topic: str
    tags: tuple[str, ...]
    body: str

    @property
    def summary(self) -> str:
        """The first paragraph, as it is written."""
        return self.body.lstrip().partition("\n")[0]


def articles(count: int) -> Iterator[Article]:
    """So many articles; the same number always gives the same article, but for its links."""
    for number in range(count):
        draw = Random(f"article {number}")
        day = date(2016, 1, 1) + timedelta(days=draw.randrange(3500))
        yield Article(
            _slug(number),
            _title(number),
            day.isoformat(),
            draw.choices(TOPICS, cum_weights=_zipf(len(TOPICS)))[0],
            tuple(dict.fromkeys(draw.choices(TAGS, cum_weights=_zipf(len(TAGS)), k=4))),
            _body(draw, count),
        )


def read(folder: Path) -> Iterator[Article]:
    """The articles of a folder of Markdown files with title, date, topic and tags."""
    for path in sorted(folder.glob("*.md")):
        found = _FRONT_MATTER.fullmatch(path.read_text("utf-8"))
        if found is None:
            raise SystemExit(f"{path} has no front matter")
        fields = yaml.safe_load(found[1])
        topic, tags = fields["topic"], tuple(map(str, fields["tags"]))
        yield Article(path.stem, fields["title"], str(fields["date"]), topic, tags, found[2])


def _zipf(count: int) -> Sequence[float]:
    """Sums of weights that fall with the rank: few are common, most are rare."""
    return list(accumulate(1 / (rank + 4) for rank in range(count)))


def _slug(number: int) -> str:
    return f"note-{number:06}"


def _title(number: int) -> str:
    draw = Random(f"title {number}")
    return filled(draw, draw.choice(TITLES))


def _body(draw: Random, count: int) -> str:
    """Sections until it is long enough; what they hold beside text comes in an order of its own."""
    extras = [listing(draw), bullets(draw), _reference(draw, count), _reference(draw, count)]
    extras += [table(draw)] if draw.random() < 0.4 else []
    extras += [display(draw)] if draw.random() < 0.5 else []
    extras += [_with_formulas(draw)] if draw.random() < 0.6 else []
    extras += [listing(draw)] if draw.random() < 0.4 else []
    draw.shuffle(extras)
    parts = [paragraph(draw, 4)]
    for heading in draw.sample(HEADINGS, len(HEADINGS)):
        level = "##" if len(parts) < 3 or draw.random() < 0.7 else "###"
        parts += [f"{level} {filled(draw, heading)}", paragraph(draw, draw.randint(2, 5))]
        parts += [extras.pop() for _ in range(2) if extras]
        if not extras and len("\n\n".join(parts).encode()) >= SMALLEST:
            break
    return "\n\n".join(parts) + "\n"


def _reference(draw: Random, count: int) -> str:
    other = draw.randrange(count)
    return f"参见 [{_title(other)}]({_slug(other)}.md)。{paragraph(draw, 1)}"


def _with_formulas(draw: Random) -> str:
    chosen = (f"{inline(draw)} 对应{draw.choice(GAIN)}" for _ in range(draw.randint(2, 4)))
    return f"其中 {'，'.join(chosen)}。"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    given.folder.mkdir(parents=True)
    for article in articles(given.count):
        fields = {"title": article.title, "date": date.fromisoformat(article.date)}
        rest = {"topic": article.topic, "tags": list(article.tags), "lang": "zh"}
        front = yaml.safe_dump({**fields, **rest}, allow_unicode=True, sort_keys=False)
        path = given.folder / f"{article.slug}.md"
        path.write_text(f"---\n{front}---\n\n{article.body}", "utf-8")


if __name__ == "__main__":
    main()
