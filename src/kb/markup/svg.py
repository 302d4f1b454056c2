"""Which of a drawn diagram's SVG may stand in a page, and how does it take the page's colours?

The engine's own colours, styles, links, filters and names are left out. What remains is shapes and
text in an allow-list, with the engine's classes behind `d-`, so that neither a class nor an id of a
diagram can be one of the page's; the page's stylesheet draws them, in either scheme.
"""

import re
from collections.abc import Iterator
from colorsys import hls_to_rgb
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, fromstring

from kb.markup.characters import escape, escape_text

PREFIX = "\x02"
"""Stands for the diagram's own prefix of ids; no text holds it, `clean` has removed it."""

_SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
_TEXTS = {"text", "tspan"}
_KEPT = {"svg", "g", "defs", "marker", *_SHAPES, *_TEXTS}
_NUMBERS = {
    *("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "dx", "dy", "width", "height"),
    *("points", "viewBox", "refX", "refY", "markerWidth", "markerHeight"),
    *("stroke-width", "stroke-dasharray", "opacity", "font-size"),
}
_WORDS = {"orient", "markerUnits", "text-anchor", "dominant-baseline", "font-weight", "font-style"}
_STYLED = {"stroke-width", "stroke-dasharray", "opacity", "text-anchor", "font-weight"}
_NUMBER = re.compile(r"[0-9.,+\- %]*(?:px|em)?|none")
_PATH = re.compile(r"[0-9A-Za-z.,+\-\s]*")
_TRANSFORM = re.compile(r"(?:(?:translate|rotate|scale|matrix)\([0-9.,+\-e\s]*\)[\s,]*)*")
_WORD = re.compile(r"[A-Za-z0-9-]*")
_PATTERNS = (
    {"d": _PATH, "transform": _TRANSFORM}
    | dict.fromkeys(_NUMBERS, _NUMBER)
    | dict.fromkeys(_WORDS, _WORD)
)
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_COLOR_NUMBER = re.compile(r"-?[0-9.]+")
_CLASS = re.compile(r"[A-Za-z][\w-]{0,40}", re.ASCII)
_USE = re.compile(r"url\(#([^()]+)\)")
_TONES = 8


@dataclass(frozen=True, slots=True)
class Picture:
    """A diagram as SVG with PREFIX in its ids, and the words in it."""

    svg: str
    words: str


@dataclass(slots=True)
class _Names:
    """The ids that are used, and the tone of each colour in order of appearance.

    `labels` are the texts that are drawn elsewhere, by id.
    """

    root: Element
    ids: dict[str, str]
    labels: dict[str, Element]
    tones: dict[str, int] = field(default_factory=dict)

    def tone(self, color: str) -> str:
        number = self.tones.setdefault(_plain_color(color), len(self.tones)) % _TONES
        return f"d-tone-{number + 1}"


def picture(svg: str) -> Picture:
    """What may stand in a page of an engine's SVG. Raises ParseError where it is not XML."""
    root = fromstring(svg)  # noqa: S314 - made by the engine, without a document type
    used = [found for element in root.iter() for found in _uses(element)]
    ids = {name: f"{PREFIX}-{n}" for n, name in enumerate(dict.fromkeys(used), 1)}
    labels = {name: each for each in root.iter() if _tag(each) == "g" and (name := each.get("id"))}
    names = _Names(root, ids, labels)
    words = dict.fromkeys(_said(text) for text in root.iter() if _tag(text) == "text")
    return Picture("".join(_written(root, names)), " ".join(filter(None, words)))


def _tag(element: Element) -> str:
    name = str(element.tag).rpartition("}")[2]
    return "g" if name == "a" else name


def _uses(element: Element) -> Iterator[str]:
    for name, value in element.attrib.items():
        if name.startswith("marker-"):
            yield from _USE.findall(value)


def _said(text: Element) -> str:
    rows = [text.text or "", *("".join(row.itertext()) for row in text)]
    return " ".join(" ".join(rows).split())


def _written(element: Element, names: _Names) -> Iterator[str]:
    tag = _tag(element)
    if tag == "use":
        yield from _written_label(element, names)
    if tag not in _KEPT or (tag == "marker" and element.get("id") not in names.ids):
        return
    inside = "".join(part for child in element for part in _with_tail(child, tag, names))
    text = escape_text(element.text or "") if tag in _TEXTS else ""
    if text or inside or tag in _SHAPES:
        written = "".join(f' {name}="{escape(value)}"' for name, value in _said_of(element, names))
        content = text + inside
        yield f"<{tag}{written}>{content}</{tag}>" if content else f"<{tag}{written}/>"


def _written_label(use: Element, names: _Names) -> Iterator[str]:
    """The text that `use` repeats, once: a label that itself repeats one is left out."""
    label = names.labels.get(use.get("href", "").removeprefix("#"))
    if label is not None and all(_tag(part) != "use" for part in label.iter()):
        place = f"translate({use.get('x', '0')},{use.get('y', '0')})"
        if _TRANSFORM.fullmatch(place):
            inside = "".join(part for child in label for part in _written(child, names))
            yield f'<g class="d-label" transform="{place}">{inside}</g>'


def _with_tail(child: Element, parent: str, names: _Names) -> Iterator[str]:
    if parent != "defs" or _tag(child) == "marker":
        yield from _written(child, names)
    if parent in _TEXTS and child.tail:
        yield escape_text(child.tail)


def _said_of(element: Element, names: _Names) -> Iterator[tuple[str, str]]:
    """The attributes of an element that may stand in a page."""
    tag, style = _tag(element), _style(element)
    if element is names.root:
        yield from _size(element)
    classes = [f"d-{name}" for name in _CLASS.findall(element.get("class", ""))]
    fill = style.get("fill", element.get("fill", ""))
    if fill not in ("", "none", "currentColor", "transparent") and tag in _SHAPES:
        classes.append(names.tone(fill))
    if classes:
        yield "class", " ".join(dict.fromkeys(classes))
    if "none" in (fill, fill.replace("transparent", "none")):
        yield "fill", "none"
    if style.get("stroke", element.get("stroke")) == "none":
        yield "stroke", "none"
    if tag == "marker":
        yield "id", names.ids[element.get("id", "")]
    for name, value in (element.attrib | {k: v for k, v in style.items() if k in _STYLED}).items():
        yield from _plain(name, value, names, is_root=element is names.root)


def _plain(name: str, value: str, names: _Names, *, is_root: bool) -> Iterator[tuple[str, str]]:
    found = _USE.fullmatch(value) if name in ("marker-start", "marker-end") else None
    if found:
        yield name, f"url(#{names.ids[found[1]]})"
    elif name != "viewBox" and is_root:
        return
    elif _allowed(name, value):
        yield name, value


def _allowed(name: str, value: str) -> bool:
    pattern = _PATTERNS.get(name)
    return pattern is not None and pattern.fullmatch(value) is not None


def _size(root: Element) -> Iterator[tuple[str, str]]:
    """The picture's own size, so that the page need not move when it is drawn."""
    box = root.get("viewBox", "").split()
    if len(box) == 4:
        yield "width", str(round(float(box[2])))
        yield "height", str(round(float(box[3])))


def _plain_color(color: str) -> str:
    """One spelling for a colour that the engine writes in two."""
    if _HEX.fullmatch(color):
        return f"rgb{tuple(bytes.fromhex(color[1:]))}"
    numbers = [float(number) for number in _COLOR_NUMBER.findall(color)]
    if color.startswith("hsl(") and len(numbers) == 3:
        hue, saturation, light = numbers[0] / 360 % 1, numbers[1] / 100, numbers[2] / 100
        numbers = [part * 255 for part in hls_to_rgb(hue, light, saturation)]
        return f"rgb{tuple(map(round, numbers))}"
    return f"rgb{tuple(map(round, numbers))}" if color.startswith("rgb(") else color


def _style(element: Element) -> dict[str, str]:
    pairs = (part.partition(":") for part in element.get("style", "").split(";"))
    return {key.strip(): value.replace("!important", "").strip() for key, _, value in pairs}
