"""How does a part of a formula get its own style and size, as HTML's schema of MathML wants it?

MathML Core has `displaystyle` and `scriptlevel` on every element, the schema by which pages are
checked (https://validator.github.io/validator/) only on `mstyle`, and the first on `mtable`.
"""

import re

_SCRIPTS = "msub|msup|msubsup|munder|mover|munderover|mmultiscripts|mroot"
_TAG = re.compile(rf"<(/?)(mfrac|mrow|mtable|{_SCRIPTS})\b([^>]*)>")
_OF_STYLE = re.compile(r' (?:displaystyle|scriptlevel)="[^"]*"')
_OF_LEVEL = re.compile(r' scriptlevel="[^"]*"')
_HAS_STYLE = re.compile(r"<(?:mfrac|mrow)\b[^>]* (?:displaystyle|scriptlevel)=| scriptlevel=")
_AS_AROUND = ' scriptlevel="0"'


def with_styles(html: str) -> str:
    """The formula, an `mstyle` around each part that has a style or size of its own."""
    if not _HAS_STYLE.search(html):
        return html
    open_tags: list[tuple[str, str]] = []

    def moved(found: re.Match[str]) -> str:
        closing, name, attributes = found.groups()
        if closing:
            return f"{found[0]}{open_tags.pop()[1]}"
        own = _OF_LEVEL if name == "mtable" else _OF_STYLE
        style = "".join(own.findall(attributes))
        if style == _AS_AROUND and all(outer in {"mtable", "mrow"} for outer, _ in open_tags):
            style = ""
        open_tags.append((name, "</mstyle>" if style else ""))
        bare = f"<{name}{own.sub('', attributes)}>"
        return f"<mstyle{style}>{bare}" if style else bare

    return _TAG.sub(moved, html)
