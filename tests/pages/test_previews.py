"""Does a page hold a card of each article that its text links to?"""

from collections.abc import Callable
from pathlib import Path

from linked import articles
from projects import Files, built

Project = Callable[[Files], Path]


def page(root: Path, slug: str) -> str:
    return (root / f"site/articles/{slug}.html").read_text("utf-8")


def test_a_page_brings_cards_of_the_articles_that_its_text_links_to(project: Project) -> None:
    texts = articles(a="![[b]]\n\n[[b#x]]", b="# x\n\nText of B, to [[c]].", c="Text of C.")
    root = project(texts)
    built(root)
    cards = page(root, "a").partition('<template id="kb-previews">')[2]
    cards = cards.partition("</template>")[0]
    assert cards.count('class="preview"') == 2
    assert '<a href="c.html" tabindex="-1">C</a></p>\n<p lang="en">Text of C.</p>' in cards
    assert "kb-previews" not in page(root, "c")
