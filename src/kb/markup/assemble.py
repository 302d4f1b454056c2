"""How are the slots of a text filled once it is known where its links lead?"""

from collections.abc import Callable
from urllib.parse import quote

from kb.markup.characters import escape
from kb.markup.headings import heading_id
from kb.markup.model import Html, Markup, Reference, Target
from kb.markup.sheet import LABEL_SLOT
from kb.markup.words import Words, words_of
from kb.markup.write_inline import image, titled


def assemble(markup: Markup, resolve: Callable[[Reference], Target | None]) -> Html:
    """The text's HTML with each slot filled by what `resolve` finds for its reference.

    A reference that it finds nothing for keeps its label, marked as missing. Where the target's
    URL has no fragment, the id that `heading_id` makes of the anchor becomes it.
    """
    if not markup.references:
        return Html(markup.pieces[0])
    words = words_of(markup.text)
    parts: list[str] = []
    images: list[str] = []
    for piece, reference in zip(markup.pieces, markup.references, strict=False):
        parts.append(piece)
        target = resolve(reference)
        if reference.is_in_label:
            images.append(_image(reference, reference.label, target, words))
            continue
        label = _with_images(reference.label, images)
        images.clear()
        write = _image if reference.is_image else _link
        parts.append(write(reference, label, target, words))
    return Html("".join([*parts, markup.pieces[-1]]))


def _with_images(label: str, images: list[str]) -> str:
    texts = label.split(LABEL_SLOT)
    return texts[0] + "".join(f"{html}{text}" for html, text in zip(images, texts[1:], strict=True))


def _link(reference: Reference, label: str, target: Target | None, words: Words) -> str:
    if target is None:
        name = reference.target.lstrip("/")
        return _missing(label or escape(name), f"{words.missing}{name}")
    url, title = target.url, target.title
    if reference.anchor and "#" not in url:
        url = f"{url}#{quote(heading_id(reference.anchor))}"
    if reference.anchor and not label:
        title = f"{title} › {reference.anchor}"
    return f'<a href="{escape(url)}"{titled(reference.title)}>{label or escape(title)}</a>'


def _image(reference: Reference, label: str, target: Target | None, words: Words) -> str:
    if target is None:
        name = reference.target
        return _missing(label or escape(name), f"{words.missing_image}{name}")
    return image(escape(target.url), label, reference.title, (target.width, target.height))


def _missing(label: str, title: str) -> str:
    return f'<span class="missing" title="{escape(title)}">{label}</span>'
