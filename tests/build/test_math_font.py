"""Does a site get the part of a math font that it needs, and is that made only once?"""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from projects import Files, built, clean_build, put, tree

from kb.build import math_font
from kb.pages.machine_views import FontView

FORMULAS = r"""---
title: Formulas
---

$\sqrt{x} \xrightarrow{f} f'(y)$ and $$\left(\sum_{i=1}^n \mathcal{L}_i\right)$$
"""
ARTICLE = "content/articles/formulas.md"


def fonts(root: Path) -> list[Path]:
    return sorted((root / "site" / "assets").glob("math.*"))


@pytest.fixture
def site(project: Callable[[Files], Path]) -> Path:
    root = project({ARTICLE: FORMULAS})
    built(root)
    return root


@pytest.fixture
def font(site: Path) -> Any:
    return TTFont(BytesIO(fonts(site)[0].read_bytes()))


def test_a_site_without_formulas_has_no_font(project: Callable[[Files], Path]) -> None:
    root = project({ARTICLE: "---\ntitle: Words\n---\n\nWords.\n"})
    built(root)
    assert fonts(root) == []
    (sheet,) = (root / "site" / "assets").glob("kb.*.css")
    assert 'src: local("STIX Two Math")' in sheet.read_text()


def test_the_stylesheet_names_the_font(site: Path) -> None:
    (font,) = fonts(site)
    (sheet,) = (site / "site" / "assets").glob("kb.*.css")
    assert f'url("{font.name}") format("woff2")' in sheet.read_text()
    assert font.stat().st_size < math_font.HEAVIEST


def test_the_font_has_the_signs_and_how_they_grow(font: Any) -> None:
    glyphs = font.getBestCmap()
    assert all(ord(sign) in glyphs for sign in "√𝑥→𝑓′𝑦(∑𝑖=1𝑛ℒ)")
    assert ord("∮") not in glyphs
    growing = font["MATH"].table.MathVariants
    assert glyphs[ord("(")] in growing.VertGlyphCoverage.glyphs
    assert "SIL Open Font License" in font["name"].getDebugName(13)


def test_the_head_of_an_arrow_joins_its_shaft(font: Any) -> None:
    variants = font["MATH"].table.MathVariants
    arrow = variants.HorizGlyphCoverage.glyphs.index(font.getBestCmap()[ord("→")])
    parts = variants.HorizGlyphConstruction[arrow].GlyphAssembly.PartRecords
    assert parts[-1].StartConnectorLength >= variants.MinConnectorOverlap


def test_all_sizes_of_a_root_are_equally_wide(font: Any) -> None:
    variants = font["MATH"].table.MathVariants
    root = variants.VertGlyphCoverage.glyphs.index(font.getBestCmap()[ord("√")])
    sizes = variants.VertGlyphConstruction[root].MathGlyphVariantRecord
    assert len({font["hmtx"][size.VariantGlyph][0] for size in sizes}) == 1


def test_a_stylesheet_can_ask_for_the_forms_of_scripts(font: Any) -> None:
    table = font["GSUB"].table
    for script in table.ScriptList.ScriptRecord:
        systems = [script.Script.DefaultLangSys, *(s.LangSys for s in script.Script.LangSysRecord)]
        offered = [at for system in systems if system for at in system.FeatureIndex]
        assert "ssty" in {table.FeatureList.FeatureRecord[at].FeatureTag for at in offered}


def test_a_text_without_a_new_sign_makes_no_new_font(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fonts(site)
    monkeypatch.setattr(math_font, "_made", None)
    put(site, {ARTICLE: FORMULAS + "\nand $a=b$\n", "kb.yaml": "title: Other\n"})
    built(site)
    assert fonts(site) == before


def test_a_new_sign_makes_another_font_the_same_as_a_clean_build(
    site: Path, tmp_path: Path
) -> None:
    before = fonts(site)
    put(site, {ARTICLE: FORMULAS + "\nand $\\oint$\n"})
    built(site)
    assert len(fonts(site)) == 1
    assert fonts(site) != before
    assert tree(site / "site") == clean_build(site, tmp_path / "fresh")


def test_a_font_that_would_be_too_heavy_goes_without_finer_forms(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def made(_signs: str, features: tuple[str, ...]) -> bytes:
        asked.append(features)
        return b"x" * (math_font.HEAVIEST + 1 if features else 10)

    monkeypatch.setattr(math_font, "_made", made)
    assert math_font.font_bytes(FontView("x"), tmp_path) == b"x" * 10
    assert asked == [("ssty", "dtls", "flac"), ()]


def test_a_theme_with_a_stylesheet_of_its_own_needs_no_font(
    project: Callable[[Files], Path],
) -> None:
    root = project({ARTICLE: FORMULAS, "templates/assets/kb.css": "math { color: red; }\n"})
    built(root)
    assert fonts(root) == []
