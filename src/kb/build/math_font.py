"""Which part of a math font does a site need, and what are its bytes?

A part of STIX Two Math (SIL Open Font License 1.1), which comes with the package ziamath. Named
after the signs that it holds, so that pages can link to it before it is made.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

from kb import disk
from kb.build.fingerprints import code
from kb.build.theme import ASSETS, Theme, ThemeFile
from kb.pages.context import Page
from kb.pages.machine_views import FontView
from kb.sealed import sealed, unsealed

NAME = "math.woff2"
HEAVIEST = 80_000
"""Bytes of a font above which the finer forms of small signs are left out."""

_SHEET = f"{ASSETS}kb.css"
_SOURCE = b'url("math.woff2") format("woff2")'
_NO_SOURCE = b'local("STIX Two Math")'
_CACHE = "math-font"
# Forms for scripts, for letters under accents, and of accents over capitals.
_FEATURES = ("ssty", "dtls", "flac")
_COPYRIGHT_AND_NAMES = (0, 1, 2, 3, 4, 5, 6, 13, 14)


@dataclass(frozen=True, slots=True)
class MathFont:
    """A site's math font and where it stands."""

    path: str
    view: FontView


def math_font(theme: Theme, found: Iterable[str]) -> MathFont | None:
    """The font for texts with these signs; None where there are none or the theme has another.

    The theme says with `url("math.woff2") format("woff2")` in kb.css that it uses it.
    """
    signs = "".join(sorted(set().union(*found)))
    sheet = theme.files.get(_SHEET)
    if not signs or sheet is None or _SOURCE not in sheet.content:
        return None
    view = FontView(signs)
    return MathFont(f"{ASSETS}math.{_key(view)[:10]}.woff2", view)


def with_font(theme: Theme, font: MathFont | None) -> Theme:
    """The theme with the address of the font in its stylesheet."""
    sheet = theme.files.get(_SHEET)
    if sheet is None or _SOURCE not in sheet.content:
        return theme
    name = font.path.removeprefix(ASSETS).encode() if font else b""
    source = _SOURCE.replace(NAME.encode(), name) if font else _NO_SOURCE
    content = sheet.content.replace(_SOURCE, source)
    own: Mapping[str, ThemeFile] = {**theme.own, _SHEET: ThemeFile(content, sheet.path)}
    return Theme(theme.shipped, own, font.path if font else "")


def font_pages(font: MathFont | None) -> Iterator[Page]:
    """The font as what a build publishes."""
    if font:
        yield Page(font.path, "", font.view)


def font_bytes(view: FontView, cache: Path) -> bytes:
    """The font as WOFF2; made once for the same signs."""
    file, key = cache / _CACHE, _key(view).encode()
    kept = unsealed(disk.read_if_there(file) or b"") or b""
    if kept.startswith(key):
        return kept[len(key) :]
    content = _made(view.signs, _FEATURES)
    if len(content) > HEAVIEST:
        content = _made(view.signs, ())
    disk.put(str(file), sealed(key + content))
    return content


def _key(view: FontView) -> str:
    return blake2b(f"{code()}{view.signs}".encode(), digest_size=16).hexdigest()


def _made(signs: str, features: tuple[str, ...]) -> bytes:
    from fontTools.subset import Options, Subsetter  # slow to load
    from fontTools.ttLib import TTFont

    options: Any = Options(
        layout_features=list(features),
        hinting=False,
        glyph_names=False,
        notdef_outline=False,
        name_IDs=list(_COPYRIGHT_AND_NAMES),
    )
    font = TTFont(BytesIO(disk.read(_whole())), recalcTimestamp=False)
    subsetter: Any = Subsetter(options)
    subsetter.populate(unicodes=map(ord, signs))
    subsetter.subset(font)
    _mend_arrows(font)
    _narrow_roots(font)
    if features:
        _offer_to_every_script(font)
    font.flavor = "woff2"
    made = BytesIO()
    font.save(made)
    return made.getvalue()


def _mend_arrows(font: Any) -> None:
    """Let a part that ends an arrow join the one before it.

    Version 2.11 says of the head of → and ↔ that it joins what follows, so that browsers, which
    want an overlap, do not stretch them at all.
    """
    variants = font["MATH"].table.MathVariants
    for construction in getattr(variants, "HorizGlyphConstruction", None) or ():
        parts = construction.GlyphAssembly.PartRecords if construction.GlyphAssembly else []
        if len(parts) > 1 and parts[-1].StartConnectorLength < variants.MinConnectorOverlap:
            parts[-1].StartConnectorLength = parts[-1].EndConnectorLength


def _narrow_roots(font: Any) -> None:
    """Give all sizes of √ the width of the smallest.

    Chromium leaves room beside a root in a sentence for the broadest of them, whichever it sets:
    https://www.w3.org/TR/mathml-core/#dfn-preferred-inline-size-of-a-glyph-stretched-along-the-block-axis
    """
    name, metrics = font.getBestCmap().get(0x221A), font["hmtx"].metrics
    variants = font["MATH"].table.MathVariants
    if name is None or name not in variants.VertGlyphCoverage.glyphs:
        return
    root = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(name)]
    parts = root.GlyphAssembly.PartRecords if root.GlyphAssembly else []
    others = {record.VariantGlyph for record in root.MathGlyphVariantRecord} | {
        p.glyph for p in parts
    }
    width = metrics[name][0]
    for other in sorted(others - {name}):
        glyph, ratio = font["glyf"][other], width / metrics[other][0]
        glyph.coordinates.scale((ratio, 1))
        glyph.coordinates.toInt()
        glyph.recalcBounds(font["glyf"])
        metrics[other] = (width, glyph.xMin)


def _offer_to_every_script(font: Any) -> None:
    """Let a stylesheet ask for the features, which the font keeps to texts in the script `math`."""
    scripts = [record.Script for record in font["GSUB"].table.ScriptList.ScriptRecord]
    systems = (script.DefaultLangSys for script in scripts if script.DefaultLangSys)
    offering = max(systems, key=lambda system: len(system.FeatureIndex), default=None)
    for script in scripts:
        script.DefaultLangSys = offering
        script.LangSysRecord, script.LangSysCount = [], 0


def _whole() -> Path:
    """Where the whole font is; the package that has it is not loaded for that."""
    found = find_spec("ziamath")
    folders = found.submodule_search_locations if found else None
    return Path((folders or [""])[0]) / "fonts" / "STIXTwoMath-Regular.ttf"
