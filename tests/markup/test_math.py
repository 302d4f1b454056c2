"""Are formulas numbered as amsmath does, and bounded and refused where they must be?"""

import pytest

from kb.markup.math import MathError, Names, is_wide, mathml, signs
from kb.markup.math.numbers import numbered


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("x", "x"),
        (r"x \label{a}", r"x \tag{5}\label{a}"),
        (r"\begin{equation}x\end{equation}", r"\begin{equation}x \tag{5}\end{equation}"),
        (r"\begin{equation*}x\end{equation*}", r"\begin{equation*}x\end{equation*}"),
        (r"\begin{align}a\\b\end{align}", r"\begin{align}a \tag{5}\\b \tag{6}\end{align}"),
        (r"\begin{align}a\notag\\b\\\end{align}", r"\begin{align}a\notag\\b \tag{5}\\\end{align}"),
        (
            r"\begin{align*}a\\b\label{b}\end{align*}",
            r"\begin{align*}a\\b \tag{5}\label{b}\end{align*}",
        ),
        (
            r"\begin{gather}\label{b}\tag{甲}a\end{gather}",
            r"\begin{gather}a \tag{甲}\label{b}\end{gather}",
        ),
        (r"\begin{multline}a\\b\end{multline}", r"\begin{multline}a\\b \tag{5}\end{multline}"),
        (
            r"\begin{equation}\begin{split}a\\b\end{split}\end{equation}",
            r"\begin{equation}\begin{split}a\\b\end{split} \tag{5}\end{equation}",
        ),
        (r"\begin{aligned}a\\b\end{aligned}", r"\begin{aligned}a\\b\end{aligned}"),
        (r"a \tag{1} \tag{2}", r"a \tag{1} \tag{2}"),
        (r"\begin{align}a\end{gather}", r"\begin{align}a\end{gather}"),
    ],
)
def test_rows_are_numbered_as_amsmath_does(tex: str, expected: str) -> None:
    assert numbered(tex, 4).tex == expected


def test_a_label_of_each_row_has_its_number() -> None:
    found = numbered(r"\begin{align}a \label{x}\\b\\c \label{y}\label{z}\end{align}", 0)
    assert found.labels == (("x", "1"), ("y", "3"), ("z", "3"))
    assert found.last == 3


@pytest.mark.parametrize(
    ("tex", "reason"),
    [
        ("{" * 61 + "}" * 61, "it nests too deep"),
        ("x" * 20_001, "it is longer than 20,000 characters"),
        (r"\includegraphics{x}", r'Unknown command "\includegraphics"'),
        (r"\eqref{a}", 'no equation is labelled "a"'),
        ("\ue0000\ue001", "it holds a character of private use"),
        (r"\operatorname{\smash{a}}", "a command in it cannot stand there"),
        (r"\frac{1", 'Expected closing token "}", but reached end of input'),
    ],
)
def test_a_formula_is_refused_with_a_reason(tex: str, reason: str) -> None:
    with pytest.raises(MathError) as refused:
        mathml(tex, is_display=True)
    assert str(refused.value) == reason


@pytest.mark.parametrize(
    ("tex", "shown"),
    [
        (r"\href{javascript:alert(1)}{x}", "<mi>x</mi>"),
        (r"\htmlId{kb-main}{x}", "<mi>x</mi>"),
        (r"\htmlStyle{color:red}{x}", "<mi>x</mi>"),
        (r"\htmlClass{a}{x}", "<mi>x</mi>"),
    ],
)
def test_a_command_that_would_touch_the_page_only_shows_its_formula(tex: str, shown: str) -> None:
    assert mathml(tex, is_display=False).startswith(f"<math><semantics>{shown}<annotation")


def test_a_link_of_a_formula_is_escaped() -> None:
    names = Names(links=(("a", ('"><b', "<i>")),))
    assert '<a href="#%22%3E%3Cb">(&lt;i&gt;)</a>' in mathml(
        r"\eqref{a}", is_display=False, names=names
    )


def test_a_short_formula_need_not_scroll() -> None:
    assert not is_wide(mathml("x^2", is_display=True))
    assert is_wide(mathml("+".join("abcdefghijklmnop"), is_display=True))


def test_the_signs_of_formulas_are_those_that_a_browser_shows() -> None:
    html = mathml(r"x \in \mathbb{R} \sqrt{\partial} \text{中}", is_display=False)
    found = signs([html])
    assert {"𝑥", "∈", "ℝ", "√", "𝜕"} <= set(found)
    assert not {"x", "中", "∂", "𝛼", "\\"} & set(found)


def test_one_letter_brings_its_alphabet() -> None:
    found = signs([mathml(r"\beta", is_display=False)])
    assert found == "".join(map(chr, range(0x1D6FC, 0x1D715)))


@pytest.mark.parametrize(
    ("tex", "html"),
    [
        (r"\sqrt r", "<msqrt>{}<mi>r</mi></msqrt>"),
        (r"\sqrt[3]x", "<mroot><mrow>{}<mi>x</mi></mrow><mn>3</mn></mroot>"),
    ],
)
def test_a_root_of_a_low_letter_stands_on_its_line(tex: str, html: str) -> None:
    assert html.format('<mspace height="0.7em"></mspace>') in mathml(tex, is_display=False)
