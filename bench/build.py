"""How long do a cold build, an unchanged one and one edit take, and what of memory?

    python bench/build.py [--articles N] [--runs N]

Makes a project of N articles with code, formulas, tables and links (seeded, the same each time) in
a temporary folder and times `kb build` as a whole process. Prints medians over the runs.
"""

import argparse
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

WORDS = """
    模型 训练 数据 梯度 参数 注意力 缓存 线程 分区 索引 采样 损失 矩阵 分布 策略 奖励 向量
    精度 吞吐 延迟 节点 副本 日志 队列 窗口 状态 检查点 调度 内存 显存 编码 解码 图像 文本
    特征 权重 收敛 方差 期望 边界
""".split()
TOPICS = ("diffusion", "attention", "moe", "hadoop", "hive", "jvm", "optimization")
CODE = """```python
def step(x: float, rate: float = {rate}) -> float:
    return x - rate * 2 * x
```
"""


def sentence(draw: random.Random) -> str:
    words = "".join(draw.choices(WORDS, k=draw.randint(8, 20)))
    return f"{words}，{''.join(draw.choices(WORDS, k=draw.randint(5, 12)))}。"


def article(draw: random.Random, number: int, total: int) -> str:
    front = (
        "---",
        f"title: 第 {number} 篇：{''.join(draw.choices(WORDS, k=3))}",
        f"topic: {draw.choice(TOPICS)}",
        f"tags: [{', '.join(draw.sample(WORDS, 3))}]",
        f"date: 2025-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}",
        "---\n",
    )
    parts = ["\n".join(front)]
    for section in range(4):
        parts.append(f"## {''.join(draw.choices(WORDS, k=3))} {section}\n")
        parts.append("".join(sentence(draw) for _ in range(draw.randint(4, 7))) + "\n")
        parts.append(f"见 [[a{draw.randrange(total):06}]]，其中 $x_{{{section}}} = {number}$。\n")
    parts.append(CODE.format(rate=draw.random()))
    parts.append(f"$$\n\\sum_{{i=1}}^{{{number}}} \\frac{{x_i^2}}{{{draw.randint(2, 9)}}}\n$$\n")
    return "\n".join(parts)


def make_project(folder: Path, articles: int) -> None:
    draw = random.Random(1)
    target = folder / "content" / "articles"
    target.mkdir(parents=True)
    for number in range(articles):
        text = article(draw, number, articles)
        (target / f"a{number:06}.md").write_text(text, "utf-8")


def build(folder: Path, *options: str) -> float:
    start = perf_counter()
    command = [sys.executable, "-m", "kb", "-q", "-C", str(folder), "build", *options]
    subprocess.run(command, check=True)
    return perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    cold, same, edit = [], [], []
    for run in range(options.runs):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            make_project(folder, options.articles)
            cold.append(build(folder))
            same.append(build(folder))
            with (folder / "content/articles/a000000.md").open("a", encoding="utf-8") as file:
                file.write(f"\n第 {run} 次修改。\n")
            edit.append(build(folder))
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{options.articles} articles, medians of {options.runs} runs")
    for label, seconds in (("cold", cold), ("unchanged", same), ("one edit", edit)):
        print(f"  {label:<10} {median(seconds):7.2f} s")
    print(f"  {'memory':<10} {memory:7.0f} MiB at most")


if __name__ == "__main__":
    main()
