"""What do the readers of pages, styles and feeds see?"""

import pytest

from kb.check import formats, style
from kb.check.mentions import Kind, Mention
from kb.check.page import seen


@pytest.mark.parametrize(
    ("html", "kind", "urls"),
    [
        ("<a href=a.html>x</a><a>y</a><a href>z</a>", Kind.LINK, ["a.html"]),
        ("<map><area href=a.html></map>", Kind.LINK, ["a.html"]),
        ("<form action=search.html></form>", Kind.LINK, ["search.html"]),
        ("<template><a href=in.html>x</a></template>", Kind.LINK, ["in.html"]),
        ("<noscript><img src=n.png></noscript>", Kind.IMAGE, ["n.png"]),
        ("<img src=a.png srcset='b.png 1x, c,d.png 2x'>", Kind.IMAGE, ["a.png", "b.png", "c,d.png"]),
        ("<img srcset='a.png'>", Kind.IMAGE, ["a.png"]),
        ("<video poster=p.png></video>", Kind.IMAGE, ["p.png"]),
        ("<svg><use href='s.svg#a'/><image xlink:href='i.png'/></svg>", Kind.IMAGE, ["s.svg#a", "i.png"]),
        ("<script src=a.js></script><audio src=b.mp3></audio>", Kind.NEEDED, ["a.js", "b.mp3"]),
        ("<link rel='stylesheet' href=a.css><link rel=preload href=f.woff2>", Kind.NEEDED, ["a.css", "f.woff2"]),
        ("<link rel='shortcut icon' href=i.ico>", Kind.IMAGE, ["i.ico"]),
        ("<link rel=canonical href=a.html>", Kind.LINK, ["a.html"]),
        ("<link rel=preconnect href=//fonts.example>", Kind.LINK, []),
        ("<meta http-equiv=Refresh content=\"0; URL='a.html'\">", Kind.LINK, ["a.html"]),
        ("<meta property=og:image content=c.png>", Kind.IMAGE, ["c.png"]),
        ("<meta name=description content='url=a.html'>", Kind.LINK, []),
        ("<style>a { background: url(a.png) }</style><p style='background: url(\"b.png\")'>", Kind.NEEDED, ["a.png", "b.png"]),
        ("<p>&lt;a href=a.html&gt;</p><!-- <a href=b.html> --><script>'<a href=c.html>'</script>", Kind.LINK, []),
        ("<a href='?a=1&amp;b=2'>x</a>", Kind.LINK, ["?a=1&b=2"]),
    ],
)  # fmt: skip
def test_a_page_mentions(html: str, kind: Kind, urls: list[str]) -> None:
    assert [found.url for found in seen(html).mentions if found.kind is kind] == urls


def test_a_page_has_ids_and_names_but_for_those_in_templates() -> None:
    assert seen("<p id=a><a name=b></a><template><p id=c></template>").ids == {"a", "b"}


def test_an_image_without_words_has_no_alt_at_all() -> None:
    assert seen("<img src=a.png><img src=b.png alt=''><img src=c.png alt=x>").wordless == ("a.png",)


def test_addresses_are_relative_to_the_base_of_a_page() -> None:
    [mention] = seen("<base href=/x/><a href=a.html>a</a>").mentions
    assert mention == Mention(Kind.LINK, "a.html", "/x/")


@pytest.mark.parametrize(
    ("css", "urls"),
    [
        ("a { b: url( x.png ) } c { d: url('y.png'); e: url(\"z (1).png\") }", ["x.png", "y.png", "z (1).png"]),
        ("@import 'a.css'; @import url(b.css);", ["a.css", "b.css"]),
        ("/* url(a.png) */ b { c: d }", []),
        ("a { b: url(data:image/png;base64,AA==) }", ["data:image/png;base64,AA=="]),
    ],
)  # fmt: skip
def test_a_style_asks_for(css: str, urls: list[str]) -> None:
    assert list(style.addresses(css)) == urls


ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/kb/">'
    '<link href="feed.xml"/><entry><content type="html">&lt;img src="a.png"&gt;</content>'
    "</entry></feed>"
)
RSS = "<rss><channel><link>https://example.org/</link><item><description>&lt;a href='a'&gt;x&lt;/a&gt;</description></item></channel></rss>"


@pytest.mark.parametrize(
    ("xml", "urls"),
    [
        (ATOM, ["feed.xml", "a.png"]),
        (RSS, ["https://example.org/", "a"]),
        ("<urlset><url><loc> https://example.org/a </loc></url></urlset>", ["https://example.org/a"]),
        ("<opml><outline url='a'/></opml>", []),
    ],
)  # fmt: skip
def test_a_feed_or_a_sitemap_mentions(xml: str, urls: list[str]) -> None:
    assert [found.url for found in formats.seen_of_xml(xml).mentions] == urls


def test_what_stands_in_a_feed_is_relative_to_its_base() -> None:
    bases = {found.base for found in formats.seen_of_xml(ATOM).mentions}
    assert bases == {"https://example.org/kb/"}


def test_a_json_feed_mentions_its_addresses_and_those_in_its_html() -> None:
    text = (
        '{"feed_url": "f", "id": "x", "items": [{"url": "a", "content_html": "<a href=b>c</a>"}]}'
    )
    assert [found.url for found in formats.seen_of_json(text).mentions] == ["f", "a", "b"]


def test_a_list_for_language_models_and_robots_mention_what_they_name() -> None:
    assert formats.seen_of_llms("- [a \\[b\\]](x.md): y").mentions == (Mention(Kind.ENTRY, "x.md"),)
    robots = formats.seen_of_robots("User-agent: *\nSitemap: https://a.example/s.xml\n")
    assert robots.mentions == (Mention(Kind.ENTRY, "https://a.example/s.xml"),)


def test_what_no_program_can_read_is_a_fault() -> None:
    [xml] = formats.seen_of_xml("<feed>\n<a></feed>").faults
    [json] = formats.seen_of_json("{").faults
    assert (xml.fact[:16], xml.line) == ("this is not XML:", 2)
    assert json.fact.startswith("this is not JSON:")


def test_what_is_nested_too_deep_is_a_fault() -> None:
    deep = formats.seen_of_xml(f"<feed>{'<a>' * 5000}{'</a>' * 5000}</feed>")
    assert [fault.fact for fault in deep.faults] == ["this is nested too deep"]
    assert formats.seen_of_json('{"a":' * 5000 + "1" + "}" * 5000).faults != ()
