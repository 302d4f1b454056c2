"""What is left of HTML that a person wrote between Markdown, as the last step of all?

The whole text is parsed as a browser would, cut down to an allow-list and written anew. What kb
itself makes of formulas and diagrams, and the slots of links, are kept aside meanwhile: a mark
stands for each, which no text can hold, and which no attribute may.
"""

import re
from collections.abc import Sequence

import nh3

from kb.markup.headings import is_of_frame

SLOT, KEPT = "\x03", "\x04"
"""Around the number of a slot, and of a part that is kept aside."""

_INLINE = (
    "a abbr b bdi bdo br cite code del dfn em i img input ins kbd mark q rp rt ruby s samp small"
    " span strong sub sup u var wbr"
)
_BLOCKS = (
    "aside blockquote caption col colgroup dd details div dl dt figcaption figure h2 h3 h4 h5 h6 hr"
    " li ol p pre section summary table tbody td tfoot th thead tr ul"
)
_TAGS = {*_INLINE.split(), *_BLOCKS.split()}
_EVERYWHERE = "class id title lang dir role tabindex aria-label aria-hidden data-kind data-line"
_ATTRIBUTES = {
    "*": set(_EVERYWHERE.split()),
    "a": {"href", "rel"},
    "img": {"src", "alt", "width", "height", "loading", "decoding"},
    "input": {"disabled", "checked"},
    "ol": {"start", "reversed"},
    "details": {"open"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
_MARKS = re.compile(f"{KEPT}([0-9]+){KEPT}")
_SLOTS = re.compile(f"{SLOT}([0-9]+){SLOT}")
_TAG = re.compile(r"<[^<>]*>")
_REMOTE = re.compile(r"""<img\b[^<>]*\bsrc\s*=\s*["']?\s*(https?:[^\s"'>]+)""", re.IGNORECASE)


def sanitized(html: str, kept: Sequence[str]) -> str:
    """`html` with what its allow-list lets through, and the parts that were kept aside."""
    cleaned = _CLEANER.clean(html)
    return _MARKS.sub(lambda mark: kept[int(mark[1])], cleaned)


def at_slots(html: str) -> tuple[list[str], list[int]]:
    """The pieces around the slots of `html`, and the numbers of those that are left."""
    parts = _SLOTS.split(html)
    return parts[::2], [int(number) for number in parts[1::2]]


def words_of_html(html: str) -> str:
    """The text between the tags, for search and excerpts."""
    return " ".join(_TAG.sub(" ", html).split())


def remote_images(html: str) -> list[str]:
    """The addresses of the images that HTML would load from other hosts."""
    return _REMOTE.findall(html)


def _attribute(tag: str, name: str, value: str) -> str | None:
    if SLOT in value or KEPT in value:
        return None
    if name == "id" and is_of_frame(value):
        return None
    is_url = name in ("href", "src")
    is_foreign = is_url and value.lstrip().startswith(("//", "/\\", "\\"))
    return None if is_foreign or (tag == "img" and name == "src" and not value) else value


_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    attribute_filter=_attribute,
    tag_attribute_values={"input": {"type": {"checkbox"}}},
    url_schemes=_SCHEMES,
    link_rel=None,
)
