"""How are the slots of a text filled once it is known where its links lead?"""

from collections.abc import Callable

from kb.markup.characters import escape
from kb.markup.embed import framed
from kb.markup.model import Embedded, Html, Markup, Reference, Target
from kb.markup.sheet import LABEL_SLOT
from kb.markup.words import Words, words_of
from kb.markup.write_inline import image, titled


def assemble(markup: Markup, resolve: Callable[[Reference], Target | Embedded | None]) -> Html:
    """The text's HTML with each slot filled by what `resolve` finds for its reference.

    A reference that it finds nothing for keeps its label, marked as missing; an embed that it
    finds a mere target for becomes a link.
    """
    if not markup.references:
        return Html(markup.pieces[0])
    words = words_of(markup.prose)
    parts: list[str] = []
    images: list[str] = []
    for number, (piece, reference) in enumerate(
        zip(markup.pieces, markup.references, strict=False), 1
    ):
        parts.append(piece)
        found = resolve(reference)
        if isinstance(found, Embedded):
            level = _level(markup, reference)
            parts.append(framed(found, reference.label, number, level, words))
            continue
        if reference.is_in_label:
            images.append(_image(reference, reference.label, found, words))
            continue
        label = _with_images(reference.label, images)
        images.clear()
        parts.append(_written(reference, label, found, words))
    return Html("".join([*parts, markup.pieces[-1]]))


def _written(reference: Reference, label: str, target: Target | None, words: Words) -> str:
    if reference.is_image:
        return _image(reference, label, target, words)
    link = _link(reference, label, target, words)
    return f"<p>{link}</p>\n" if reference.is_embed else link


def _level(markup: Markup, reference: Reference) -> int:
    """The level of the heading under which a reference stands, 1 where there is none."""
    return markup.outline[reference.part - 1].level if reference.part > 0 else 1


def _with_images(label: str, images: list[str]) -> str:
    texts = label.split(LABEL_SLOT)
    return texts[0] + "".join(f"{html}{text}" for html, text in zip(images, texts[1:], strict=True))


def _link(reference: Reference, label: str, target: Target | None, words: Words) -> str:
    if target is None:
        name = reference.target.lstrip("/")
        return _missing(label or escape(name), f"{words.missing}{name}")
    shown = label or escape(target.title)
    return f'<a href="{escape(target.url)}"{titled(reference.title)}>{shown}</a>'


def _image(reference: Reference, label: str, target: Target | None, words: Words) -> str:
    if target is None:
        name = reference.target
        return _missing(label or escape(name), f"{words.missing_image}{name}")
    size = reference.size if any(reference.size) else (target.width, target.height)
    return image(escape(target.url), label, reference.title, size)


def _missing(label: str, title: str) -> str:
    return f'<span class="missing" title="{escape(title)}">{label}</span>'
