"""Which words only announce a part of an article and so can never be its name?"""

import re
from typing import Final

_ALONE: Final = """
概述 概览 概要 概念 概论 简介 介绍 背景 引言 前言 导言 导读 导语 引入 引子 绪论 序言 序 摘要 正文
总览 综述 总结 小结 结论 结语 结束语 后记 写在前面 写在最后 开篇 开场白 题外话 目录 大纲 提纲 题目
题目描述 题目大意 题目要求 题目链接 题目地址 题意 题解 题面 解题 解法 解答 思路 描述 示例 样例
提示 说明 备注 注意 注 难度 标签 答案 代码 源码 原理 动机 目标 目的 意义 定义 性质 特点 特性 优点
缺点 优缺点 优势 不足 局限 局限性 贡献 创新点 亮点 方法 方案 算法 模型 实现 实验 结果 讨论 分析
应用 应用场景 使用场景 场景 用法 使用 示意图 流程 步骤 架构 结构 组成 分类 参考 参考资料 参考文献
参考链接 引用 附录 致谢 更新 更新日志 版本 声明 版权声明 译者注 译注 译者序 编者按 作者按 前提概要
前情提要 前置知识 预备知识 基础知识 学习目标 学习要点 学习内容 学习笔记 本章目标 本章内容 本节内容
本节目标 内容提要 内容简介 内容概要 重点内容 重点 要点 知识点 关键点 快速开始 快速入门 快速上手
术语表 名词解释 符号约定 符号说明 导论
环境 环境准备 安装 准备工作 常见问题 面试题 问题 起因 缘起 由来 起源 历史 发展历史 发展历程
何时使用 结论先行 一句话总结 一句话概括 一句话介绍 太长不看 省流 先说结论 论文解读 论文阅读
论文笔记 论文精读 论文信息 论文 读书笔记 阅读笔记 笔记 博客 文章 教程 序章 楔子
"""
_LEADS: Final = """
论文 文章 项目 课程 本章 本节 本文 算法 问题 技术 研究 方法 基本 相关 整体 总体 核心 主要 简短 简单
理论 原理 模型 提出 功能 任务 架构 结构 系统 实验 网络 数据 知识 题目 解题 基础 关键 内容 工作
设计 背景 历史 概念 业务 需求 原文 快速 官方
"""
_TAILS: Final = """
背景 动机 介绍 思路 概述 总结 描述 分析 引入 思想 内容 目标 要点 概念 原理 简介 贡献 创新 创新点
方法 导论 信息 知识 说明 流程 架构 结构 概览 综述 导读 摘要 理念 解析 细节 定义 现状 意义 回顾 问题
工作 结论 框架 过程 设定 步骤 特点 特性 定位 解读
"""
# Compounds that the grammar below would make but that are subjects of their own.
_SUBJECTS: Final = (
    "数据结构 数据分析 系统架构 系统结构 系统分析 数据架构 数据定义 需求分析 概念模型"
)
_ENGLISH: Final = """
abstract|introduction|intro|overview|background|summary|motivation|preface|foreword|preliminaries
preliminary|conclusion|conclusions|contents|table of contents|outline|description|problem
problem description|problem statement|solution|solutions|approach|approaches|intuition|tldr|tl;dr
tl dr|note|notes|paper|references|reference|related work|method|methods|methodology|model|results
experiments|discussion|getting started|quick start|quickstart|installation|install|usage|example
examples|key points|key ideas|key idea|main idea|basics|definition|prerequisites|requirements
features|readme|about|paper notes|architecture|question|answer|explanation|q|a|model description
model details|what is it|learning objectives|objectives|update|updates|highlights|faq
"""

_LEAD_WORDS: Final = frozenset(_LEADS.split())
_TAIL_WORDS: Final = frozenset(_TAILS.split())
_ENGLISH_WORDS: Final = frozenset(w for line in _ENGLISH.split("\n") for w in line.split("|") if w)

_CHINESE_WORDS: Final = (
    frozenset(_ALONE.split()) | frozenset(a + b for a in _LEAD_WORDS for b in _TAIL_WORDS if a != b)
) - frozenset(_SUBJECTS.split())

SECTION_WORDS: Final[frozenset[str]] = _CHINESE_WORDS | _ENGLISH_WORDS
"""Section words, lower case: whole headings such as 概述, 研究背景, introduction."""

_FIRST_MARKS: Final = frozenset(word[0] for word in _CHINESE_WORDS)
_FIRST_LETTERS: Final = frozenset(word[0] for word in _ENGLISH_WORDS)
_FIRSTS: Final = _FIRST_MARKS | _FIRST_LETTERS | {letter.upper() for letter in _FIRST_LETTERS}
_LONGEST: Final = 8
_LIMIT: Final = 40
_WORD_END: Final = re.compile(r"[\s:,。;!?|()\[\]【】*#_\u2013\u2014~]|$")
_JOIN: Final = re.compile(r"\s?(?:与|和|及|以及|、|/|&|\+| and )\s?|")
_ENGLISH_PHRASE: Final = re.compile(r"[A-Za-z;]+(?: [A-Za-z]+){0,2}")
_NUMBER: Final = re.compile(
    r"(?:第\s?[一二三四五六七八九十百\d]+\s?[章节讲篇课部回]分?|[(]?[一二三四五六七八九十]+[)、.,:]"
    r"|[(]?\d+(?:\.\d+)*[)、.](?=\D)|0?[1-9]\d?(?:\.\d+)*(?=\s)(?!\s?[年月日个种类大步条点维阶次天张"
    r"+*/=<>-])|0x[0-9a-fA-F]{1,2}(?=\s)|#+)\s?"
)
_NUMBER_FIRSTS: Final = frozenset("第(#一二三四五六七八九十0123456789")
_HALF: Final = str.maketrans("\uff1a\uff0c\uff08\uff09", ":,()")
_WIDE: Final = re.compile("[\uff1a\uff0c\uff08\uff09]")
_OUTER: Final = " \t\u3000:.,;!?*#_~|-—。、【】[]()"


def section_end(text: str, start: int = 0) -> int:
    """The end of the section words that stand at `start`, or `start` where none does.

    Compounds such as 概述与理论背景 count as one; the word must be closed by a space,
    a mark or the end of the text.
    """
    first = text[start : start + 1]
    if first in _FIRST_MARKS:
        return _chinese_end(text, start)
    return _english_end(text, start) if first.lower() in _FIRST_LETTERS else start


def is_section_word(text: str) -> bool:
    """Is `text` nothing but section words, whatever number or marks stand around them?"""
    if len(text) > _LIMIT:
        return False
    bare = _half(text).strip(_OUTER)
    number = number_end(bare)
    bare = bare[number:].strip(_OUTER) if number else bare
    return bare[:1] in _FIRSTS and section_end(bare) == len(bare)


def number_end(text: str, start: int = 0) -> int:
    """The end of a chapter or list number at `start` (一、 3.1 第三章 (2)), or `start`."""
    found = _NUMBER.match(text, start) if text[start : start + 1] in _NUMBER_FIRSTS else None
    return found.end() if found else start


def _half(text: str) -> str:
    return text.translate(_HALF) if _WIDE.search(text) else text


def _english_end(text: str, start: int) -> int:
    phrase = _ENGLISH_PHRASE.match(text, start)
    if not phrase or not (phrase.group()[0].isupper() or len(phrase.group()) == len(text)):
        return start
    words = phrase.group().lower().split(" ")
    for count in range(len(words), 0, -1):
        joined = " ".join(words[:count])
        end = start + len(joined)
        if joined in _ENGLISH_WORDS and _WORD_END.match(text, end):
            return end if _heads(text, end) else start
    return start


def _heads(text: str, end: int) -> bool:
    """Does a heading end here, rather than a sentence such as "Background tasks run" go on?"""
    after = text[end : end + 2].lstrip(" :")
    return not after or not after[0].isascii() or not after[0].islower()


def _chinese_end(text: str, start: int) -> int:
    end = start
    while True:
        joined = _JOIN.match(text, end) if end > start else None
        at = joined.end() if joined else end
        word = _longest_word(text, at)
        if not word:
            break
        end = at + word
    return end if end > start and _WORD_END.match(text, end) else start


def _longest_word(text: str, start: int) -> int:
    if text[start : start + 1] not in _FIRST_MARKS:
        return 0
    for size in range(min(_LONGEST, len(text) - start), 0, -1):
        if text[start : start + size] in _CHINESE_WORDS:
            return size
    return 0
