"""Do pages show what a person wrote above the text?"""

from collections.abc import Callable
from pathlib import Path

from projects import Files, built

Project = Callable[[Files], Path]

TEMPLATE = """\
{% extends "base.html" %}
{% block main %}<p>{{ page.extra.level }} {{ page.extra.by.name }} {{ page.extra.seen[:4] }}
{{ page.extra.tools|join("+") }} {{ page.extra.missing is defined }}</p>{% endblock %}
"""


def test_a_template_sees_unknown_keys_as_values(project: Project) -> None:
    front = "title: A\nlevel: 2\nby: {name: <B>}\nseen: 2026-03-14\ntools: [x, 1.5]\n"
    root = project(
        {"content/articles/a.md": f"---\n{front}---\n", "templates/article.html": TEMPLATE}
    )
    assert not built(root).problems
    page = (root / "site/articles/a.html").read_text("utf-8")
    assert "<p>2 &lt;B&gt; 2026\nx+1.5 False</p>" in page


def test_a_key_that_changes_makes_the_page_anew(project: Project) -> None:
    text = "---\ntitle: A\nlevel: 2\nseen: 2026-03-14\n---\n"
    root = project({"content/articles/a.md": text})
    built(root)
    assert built(root).published.written == ()
    file = root / "content/articles/a.md"
    (root / "templates").mkdir()
    (root / "templates/article.html").write_text("{{ page.extra.level }}", "utf-8")
    built(root)
    file.write_text(text.replace("level: 2", "level: 3"), "utf-8")
    assert built(root).published.written == ("articles/a.html",)


def test_the_address_for_editing_quotes_the_path(project: Project) -> None:
    root = project(
        {
            "kb.yaml": "source_url: https://example.org/edit/{path}\n",
            "content/articles/两 #1?.md": "---\ntitle: A\nslug: a\n---\n",
        }
    )
    built(root)
    page = (root / "site/articles/a.html").read_text("utf-8")
    assert 'href="https://example.org/edit/content/articles/%E4%B8%A4%20%231%3F.md"' in page
