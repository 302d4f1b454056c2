"""How does a test write articles that link to one another, and read what became of them?"""

from pathlib import Path

from projects import Files


def articles(**texts: str) -> Files:
    """An article for each text, of that slug; its title is the slug in capitals."""
    return {
        f"content/articles/{slug}.md": f"---\ntitle: {slug.upper()}\nslug: {slug}\n---\n\n{text}\n"
        for slug, text in texts.items()
    }


def prose(root: Path, slug: str) -> str:
    """The HTML of an article's text."""
    page = (root / f"site/articles/{slug}.html").read_text("utf-8")
    return page.partition('<div class="prose"')[2].partition('<ul class="acts">')[0]
