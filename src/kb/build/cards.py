"""What is the picture of a page's card, in the colours of the theme at night?

1200 by 630 pixels, as https://ogp.me/ and those who read it want; 16 colours, 12 to 22 KB.
"""

from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from io import BytesIO
from math import sin
from pathlib import Path
from typing import Any, Final

from kb.build.theme import FONTS, Theme
from kb.build.wrap import lines
from kb.config import Cards, Config
from kb.pages.machine_views import CardView
from kb.problems import KbError, Place, Problem, Severity

SIZE: Final = (1200, 630)
MARGIN, MIDDLE = 88, 286
ROOM = SIZE[0] - 2 * MARGIN
SMALL, SIZES = 34, (84, 72, 60, 50)
"""Heights of signs in pixels, of the title the first in which it needs few lines enough."""
MOST_LINES = 3
MOST_FACES = 16
FINE, WAVE, WAVE_TOP, NEEDLE = 4, 90, 456, 678
"""The signal: drawn how many times as large, its height, where it stands and where it begins."""
_INK, _SOFT, _BULB, _LINK, _RULE = range(5)
_COLORS = (
    *((18, 23, 27), (214, 220, 220), (152, 165, 171)),
    *((240, 168, 96), (134, 203, 220), (86, 99, 106)),
)
"""The paper, then the colours of what is drawn, each in three shades between the two."""


def card_font(theme: Theme) -> str:
    """The font of cards by its path in the theme, and its digest; empty without one."""
    for end in ("otf", "ttf", "ttc"):
        if file := theme.own.get(f"{FONTS}card.{end}"):
            return f"{file.path}#{theme.digest(f'{FONTS}card.{end}')}"
    return ""


def usable_font(theme: Theme, config: Config) -> str:
    """The font where cards are wanted and can be drawn, else nothing."""
    is_wanted = config.base_url and config.cards is not Cards.OFF
    font = card_font(theme) if is_wanted and find_spec("PIL") else ""
    return f"{font}-{version('pillow')}" if font else ""


def card_problems(theme: Theme, config: Config) -> tuple[Problem, ...]:
    """Why there are no cards though somebody asked for them."""
    place = config.place("cards")
    if config.cards is Cards.OFF:
        return ()
    if card_font(theme):
        if not config.base_url or find_spec("PIL"):
            return ()
        fact, hint = "cards cannot be drawn: Pillow is not installed", "add kb[cards]"
        return (Problem("no-cards", fact, place, hint, Severity.WARNING),)
    if not place.line:
        return ()
    fact = "cards cannot be drawn: there is no font for them"
    hint = f"put one with the signs of your titles at {config.templates}/{FONTS}card.otf"
    return (Problem("no-cards", fact, place, hint, Severity.WARNING),)


def card_bytes(view: CardView, root: Path) -> bytes:
    """The card as PNG. Raises KbError for a font that cannot be read."""
    canvas = _ground().copy()
    try:
        size, shown = _fitted(view, root)
        top = MIDDLE - size * 2 // 3 * len(shown)
        for number, line in enumerate(shown):
            _write(canvas, line, top + number * size * 4 // 3, _INK, _font(root, view.font, size))
        small = _font(root, view.font, SMALL)
        for words, height, color in ((view.label, 72, _BULB), (view.site, 556, _SOFT)):
            _write(canvas, _shortened(words, small), height, color, small)
    except OSError as error:
        fact = f"the font of cards cannot be read: {error}"
        hint = "put an OpenType font there"
        raise KbError(Problem("broken-font", fact, Place(_file(view.font)), hint)) from None
    made = BytesIO()
    canvas.save(made, "PNG", bits=4, compress_level=4)
    return made.getvalue()


def _fitted(view: CardView, root: Path) -> tuple[int, tuple[str, ...]]:
    """The height of the title's signs, and its lines."""
    shown: tuple[str, ...] = ()
    for size in SIZES:
        font = _font(root, view.font, size)
        shown = lines(view.title, ROOM, font.getlength)
        if len(shown) <= MOST_LINES:
            return size, shown
    font = _font(root, view.font, SIZES[-1])
    last = _shortened(" ".join(shown[MOST_LINES - 1 : MOST_LINES + 1]), font)
    return SIZES[-1], (*shown[: MOST_LINES - 1], last)


def _shortened(words: str, font: Any) -> str:
    if font.getlength(words) <= ROOM:
        return words
    ends = range(len(words) - 1, 0, -1)
    end = next((n for n in ends if font.getlength(f"{words[:n]}…") <= ROOM), 0)
    return f"{words[:end]}…"


def _write(canvas: Any, words: str, top: int, color: int, font: Any) -> None:
    from PIL import Image, ImageDraw

    layer = Image.new("L", (SIZE[0], font.size * 3 // 2))
    ImageDraw.Draw(layer).text((MARGIN, 0), words, fill=255, font=font)
    _lay(canvas, layer, top, color)


def _lay(canvas: Any, layer: Any, top: int, color: int) -> None:
    """Put what is drawn on a layer into the canvas, in the shades of a colour."""
    shades = layer.point(
        [0 if light < 43 else 3 * color + 1 + (light - 43) // 71 for light in range(256)]
    )
    canvas.paste(shades, (0, top), shades.point([0] + [255] * 255, "L"))


@lru_cache(maxsize=8)
def _font(root: Path, font: str, size: int) -> Any:
    """The font in a height; of a collection, its face for simplified Chinese if it has one."""
    from PIL import ImageFont

    def face(index: int) -> Any:
        basic = ImageFont.Layout.BASIC  # the other may be compiled in or not
        return ImageFont.truetype(root / _file(font), size, index, layout_engine=basic)

    number = 0
    while _file(font).endswith(".ttc") and number < MOST_FACES:
        try:
            if face(number).getname()[0].endswith(" SC"):
                return face(number)
        except OSError:
            break
        number += 1
    return face(0)


def _file(font: str) -> str:
    return font.partition("#")[0]


@lru_cache(maxsize=1)
def _ground() -> Any:
    """What is behind the words: a dial above, below a noise that becomes a signal."""
    from PIL import Image, ImageDraw

    canvas = Image.new("P", SIZE)
    shades = (_mixed(color, shade) for color in _COLORS[1:] for shade in (1, 2, 3))
    canvas.putpalette([channel for color in (_COLORS[0], *shades) for channel in color])
    pen = ImageDraw.Draw(canvas)
    for number in range(80):
        pen.rectangle((number * 15, 0, number * 15, 12 if number % 5 else 22), fill=3 * _RULE + 3)
    noise, signal = _waves()
    for points, width, color in ((noise, 6, _RULE), (signal, 12, _LINK)):
        fine = Image.new("L", (SIZE[0] * FINE, WAVE * FINE))
        ImageDraw.Draw(fine).line(points, fill=255, width=width, joint="curve")
        _lay(canvas, fine.reduce(FINE), WAVE_TOP, color)
    for top, end in ((0, 30), (WAVE_TOP, WAVE_TOP + WAVE)):
        pen.rectangle((NEEDLE, top, NEEDLE + 2, end), fill=3 * _BULB + 3)
    return canvas


def _waves() -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The points of the noise and of the signal, FINE to a pixel."""
    middle = WAVE * FINE // 2
    seeds = [(number * number * 7919 + number * 104_729) % 1000 for number in range(0, NEEDLE, 5)]
    heights = [middle + (seed - 500) * middle * (9 if seed % 7 else 16) // 10_000 for seed in seeds]
    noise = [(number * 5 * FINE, height) for number, height in enumerate(heights)]
    ends = range(NEEDLE, SIZE[0] + 4, 4)
    signal = [
        (
            x * FINE,
            middle - round(middle * 0.8 * sin((x - NEEDLE) / 14.6) * sin((x - NEEDLE) / 200 + 0.3)),
        )
        for x in ends
    ]
    return [*noise, signal[0]], signal


def _mixed(color: tuple[int, int, int], shade: int) -> tuple[int, int, int]:
    red, green, blue = (
        (part * shade + paper * (3 - shade)) // 3
        for part, paper in zip(color, _COLORS[0], strict=True)
    )
    return red, green, blue
