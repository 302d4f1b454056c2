"""Can any text lose a letter, gain a live mark, or take long under repair?"""

import re
from collections.abc import Iterator, Mapping
from time import process_time
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.ingest.identity import fold
from kb.ingest.repairs import CLEANING, repair
from kb.markup import Target, assemble, render
from kb.markup.placeholders import WORDS

PIECES = (
    "中文", "模型设计", "概述", "题解", "题目", "介绍", "的", "其一是", "其二是", "一是", "二是",
    "什么是熵？", "，", "。", "！", "？", "：", "；", "……", "…", "...", "。。。", "“", "”", "（",
    "）", "《", "》", "——", ",", ".", "!", "?", ":", ";", "(", ")", "[", "]", "{", "}", "'", '"',
    "-", "+", "=", "|", "/", "%", " ", "  ", "\t", "\n", "a", "B", "GAN", "x_1", "Fig. ", "1",
    "2", "76", "1. ", "2. ", "3) ", "2.0", "[Math]", "[公式]", "[代码]", "[Ma", "[公", "[math](",
    "[code]: ", "[[", "]]", "![[x]]", "![", "](", "$", "$$", "$x$", "$x*y$", "$5", "\\[", "\\]",
    "\\(", "\\)", "\\[x_t=1\\]", "\\(a<b\\)", "\\", "\\\\", "\\begin{align}", "\\end{align}",
    "\\frac{1}{2}", "\\text{", "^", "_", "*", "**", "`", "```", "~", "~~", "# ", "> ", "- ",
    "+ ", ": ", "> [!NOTE] ", "[^1]", "[^1]: ", "[x]: y", "[x](http://a.b)", "- [ ] ", "[x] ",
    "<", ">", "<b>", "</p>", "<!--", "-->", "<script>", "&amp;", "&#65;", "&lt;", "===", "---",
    "|---|", "https://a.b/c", "https://a-b.c/d_e", "http://", "://", "HTTPS://A.b",
    "javascript:", "www.a.b", "a@b.c", "💡", "🔖 ", "👨\u200d💻", "\ufe0f", "\u200b", "\ufdd0",
    "\ufdd2", "\ufdd5", "\ud800", "\x00", "\x85", "\u2028", "é", "e\u0301", "ﬁ", "①", "１", "𝑥",
    "\\theta", "\\theta_t", "\\mathcal{N}(0,I)", "\\sum_{i=1}^n", "x_{t}", "e^{x}", "\\{x\\}",
    "C:\\new", "\\log", "\\n", "\\|", "\\text{如果}", "\\hat ", "①", "②", "(1)", "(2)", "1、", "2、",
    "1)", "2)", "• ", "第一，", "第二，", "一、", "二、", "10.2 ", "[图片]", "[Figure]", "[数学]", "[行内公式]",
    "![图]", "https://a-b.c/d_(e)", "机构:", "论文标题:", ",GPU", " ,x", "extends",
    "İ", "ς", "{#id}", "{.a}", "%%", "==", "::", "%E4%BD%A0",
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join),
)
VISIBLE = tuple(piece for piece in PIECES if piece.isprintable())
LIST_NUMBER = re.compile(r"^ *(\d+)\. ", re.MULTILINE)
PLACEHOLDER = re.compile(rf"\[(?:{'|'.join(WORDS)})\]", re.IGNORECASE)
ADDRESS = re.compile(r"<(https?://[^>]+)>", re.IGNORECASE)


def letters(text: str) -> str:
    """The letters and digits of a text, in order."""
    return "".join(character for character in text if character.isalnum())


def shown(body: str) -> str:
    """What a reader sees of a body: list numbers as they are written, formulas as their TeX."""
    markup = render(body, path="a.md", trusted=False)
    fragment = html5lib.parseFragment(
        assemble(markup, lambda _: Target("", "")), namespaceHTMLElements=False
    )
    source = {
        "li": iter(LIST_NUMBER.findall(body)),
        "span": iter(PLACEHOLDER.findall(body)),
        "a": iter(ADDRESS.findall(body)),
    }
    return "".join(_words(fragment, source))


def _words(element: Element, source: Mapping[str, Iterator[str]]) -> list[str]:
    """The words below an element; those that the renderer replaces, as the source has them."""
    found: list[str] = []
    for child in element:
        tag = str(child.tag).rpartition("}")[2]
        if tag == "math":
            tex = [a for a in child.iter() if str(a.tag).endswith("annotation")]
            found.append("".join(a.text or "" for a in tex))
        elif child.get("class") == "lost" or (tag == "a" and child.get("class") != "anchor"):
            found.append(next(source[tag]))
        elif tag == "li" and element.tag == "ol":
            found += [next(source[tag]), child.text or "", *_words(child, source)]
        else:
            found += [child.text or "", *_words(child, source)]
        found.append(child.tail or "")
    return [element.text or "", *found] if element.tag == "DOCUMENT_FRAGMENT" else found


@settings(max_examples=1500, deadline=None)
@given(TEXTS)
def test_no_letter_and_no_digit_is_lost_or_moved(text: str) -> None:
    assert letters(repair(text).body) == letters(text)


@settings(max_examples=1500, deadline=None)
@given(TEXTS)
def test_a_reader_sees_the_letters_and_digits_of_the_text(text: str) -> None:
    assert letters(shown(repair(text).body)) == letters(text)


@settings(max_examples=500, deadline=None)
@given(TEXTS)
def test_cleaning_what_is_clean_changes_nothing(text: str) -> None:
    for clean in CLEANING:
        text = clean(text)
    cleaned = text
    for clean in CLEANING:
        cleaned = clean(cleaned)
    assert cleaned == text


@settings(max_examples=1000, deadline=None)
@given(TEXTS)
def test_no_text_becomes_live_but_for_whole_addresses(text: str) -> None:
    body = repair(text).body
    markup = render(body, path="a.md", trusted=True)
    assert markup.references == ()
    fragment = html5lib.parseFragment(assemble(markup, lambda _: None), namespaceHTMLElements=False)
    for element in fragment.iter():
        assert (
            element.tag
            not in {
                *(
                    "img",
                    "em",
                    "strong",
                    "del",
                    "code",
                    "pre",
                    "blockquote",
                    "table",
                    "hr",
                    "input",
                ),
                *("dl", "sup", "script", "aside", "details", "br"),
            }
            or element.get("class") == "math-error"
        )
        if element.tag == "a" and element.get("class") != "anchor":
            assert re.fullmatch(r"https?://.+", element.get("href") or "", re.IGNORECASE)
            assert f"<{element.text}>".casefold() in body.casefold() or "%" in body


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(VISIBLE), max_size=30).map(" ".join))
def test_repaired_text_has_the_identity_of_the_text(text: str) -> None:
    """So that a record's body is known again by the dump that it came from."""
    assert fold(repair(text).body) == fold(text)


@pytest.mark.parametrize(
    "piece",
    [
        "中", "a", "。", ".", "...", "… ", " ", "( ", "中(", "(中)", "[", "[[", "]", "](", "$",
        "$a ", "$$", "\\[", "\\(", "\\begin{a}", "1. a ", "1. 中；", "中 中 ", "概述 ", "：其一",
        "https://", "https://a.", "a-b ", "[Math]", "[Ma", "💡", "*", "_", "~", "&", "<",
        "中文，english, 中 ", "。 模型设计 模型 ", "？ ", "A B ", "题目 ", "A A", "1 ",
        "中 题解 ", "\u200d", "。。。", "论文地址：", ":", " :", "Fig. 1. ", "\\alpha ", "x_{", "{", "\\{",
        "\\frac{", "\\alpha(", "\\hat ", "x = ", "a(", "(a,", "①", "① 甲 ", "(1) 甲 ", "- 甲 ", "一、甲乙 ", "。 1.1 ",
        "[公式] ", "中 ,", "a ;", "ab,cd ", "_{a}(", "https://a/(",
    ],
)  # fmt: skip
def test_repair_takes_time_in_proportion_to_the_text(piece: str) -> None:
    text = piece * (250_000 // len(piece)) + "x"
    started = process_time()
    repair(text)
    assert process_time() - started < 3
