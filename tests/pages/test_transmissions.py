"""Does a dump's page show its lines as they are?"""

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from projects import Files, built

Project = Callable[[Files], Path]
RAW = "扩散模型   从噪声开始 ,\t一步一步  去噪"


def page(project: Project, dump: str | bytes, **files: str) -> str:
    root = project({"content/transmissions/a.txt": dump, **files})
    built(root)
    return (root / "site/transmissions/a.html").read_text("utf-8")


def shown(page: str) -> list[str]:
    lines = re.findall(r'<div>\n<p dir="auto">(.*?)</p>', page, re.DOTALL)
    return [html.unescape(text) for text in lines]


def test_runs_of_spaces_are_as_they_came(project: Project) -> None:
    assert shown(page(project, f"{RAW}\n")) == [RAW]


def test_a_long_line_is_whole(project: Project) -> None:
    line = RAW + "字" * 19_000 + "终"
    found = page(project, f"{line}\n")
    assert shown(found) == [line]
    assert "个字符" not in found


def test_a_line_of_no_reader_is_cut_with_a_note(project: Project) -> None:
    found = page(project, "字" * 20_001 + "\n")
    assert shown(found) == ["字" * 20_000]
    assert "……后面还有 1 个字符，见传输文件" in found


@pytest.mark.parametrize(
    ("language", "reason"),
    [("zh", "不含任何文字或数字"), ("en", "holds no letter and no digit")],
)
def test_the_reason_of_a_quarantine_is_in_the_language_of_the_site(
    project: Project, language: str, reason: str
) -> None:
    found = page(project, f"{RAW}\n★☆★\n", **{"kb.yaml": f"language: {language}\n"})
    assert reason in found


def test_a_line_that_cannot_be_decoded_has_its_place(project: Project) -> None:
    found = page(project, f"{RAW * 20}\n".encode() + b"abc \xff\xfe def\n")
    assert "含有无法按该传输的编码解读的字节" in found
