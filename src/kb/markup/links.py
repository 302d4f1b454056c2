"""Where does a link lead: to a page of this site, elsewhere, or nowhere that we allow?"""

import re
from urllib.parse import unquote

from markdown_it.common.normalize_url import normalizeLink
from markdown_it.rules_inline import StateInline

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_ALLOWED = ("http:", "https:", "mailto:", "tel:")
_ALLOWED_UNTRUSTED = ("http:", "https:", "mailto:")
_NOTE = re.compile(r"([^?#:]+)\.(?:md|markdown)(?:#(.*))?", re.IGNORECASE)
_URL = re.compile(r"https?://[a-z0-9\[][!#-;=?-\[\]_a-z~]*", re.IGNORECASE)
_BEFORE_SCHEME = re.compile(r"(?:^|[^A-Za-z0-9.+\-])(https?)$", re.IGNORECASE)
_PLAIN = re.compile(r"[A-Za-z0-9._~/#-]*")
_CLOSERS = {")": "(", "]": "["}


def normalised(url: str) -> str:
    """`url` as markdown-it normalises it, which leaves what most links say as it is."""
    is_plain = _PLAIN.fullmatch(url) is not None and not url.startswith("//")
    return url if is_plain else normalizeLink(url)


def allows(url: str, *, trusted: bool) -> bool:
    """Whether a link to the normalised `url` may be written at all.

    A text of our own may use relative URLs; none may name another host without a scheme.
    """
    scheme = _SCHEME.match(url)
    if scheme:
        return scheme.group().lower() in (_ALLOWED if trusted else _ALLOWED_UNTRUSTED)
    return trusted and not url.startswith("//")


def is_elsewhere(url: str) -> bool:
    """Whether `url` leads out of the site."""
    return _SCHEME.match(url) is not None


def article_of(url: str) -> tuple[str, str] | None:
    """The name and the anchor of the article that a relative URL such as `../lora.md#a` means.

    >>> article_of("../notes/lora.md#rank")
    ('lora', 'rank')
    """
    found = _NOTE.fullmatch(unquote(url))
    if found is None or url.startswith("/"):
        return None
    return found[1].rsplit("/", 1)[-1], found[2] or ""


def bare_url(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
    """`https://example.org` in the text: ASCII only, so Chinese text and signs end it."""
    if state.src[state.pos] != ":" or state.linkLevel or silent:
        return False
    scheme = state.src.startswith("://", state.pos) and _BEFORE_SCHEME.search(state.pending[-8:])
    if not scheme:
        return False
    start = state.pos - len(scheme[1])
    found = _URL.match(state.src, start, state.posMax)
    if not found:
        return False
    _push_url(state, _trimmed(found.group()), len(scheme[1]))
    return True


def _push_url(state: StateInline, url: str, scheme: int) -> None:
    state.pending = state.pending[:-scheme]
    state.push("link_open", "a", 1).attrs = {"href": state.md.normalizeLink(url)}
    state.push("text", "", 0).content = url
    state.push("link_close", "a", -1)
    state.pos += len(url) - scheme


def _trimmed(url: str) -> str:
    """`url` without the signs that end a sentence, a bracket or emphasis around it."""
    while url:
        last = url[-1]
        opener = _CLOSERS.get(last)
        is_closed = opener is not None and url.count(opener) >= url.count(last)
        if is_closed or (opener is None and last not in ".,;:!?'*_~"):
            return url
        url = url[:-1]
    return url
