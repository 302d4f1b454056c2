"""Is what search engines read of a page whole, and safe to stand in it?"""

import json
import re
from collections.abc import Callable
from pathlib import Path

from projects import Files, built

Project = Callable[[Files], Path]
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>')
FLOW = "content/articles/flow.md"


def about(root: Path, path: str) -> dict[str, dict[str, object]]:
    """What a page says of itself, by the type of the thing."""
    built(root)
    texts = SCRIPT.findall((root / "site" / path).read_text("utf-8"))
    return {thing["@type"]: thing for thing in map(json.loads, texts)}


def test_an_article_says_what_is_known_and_nothing_empty(project: Project) -> None:
    files = {
        "kb.yaml": "title: Notes\nlanguage: en\nbase_url: ''\n",
        FLOW: "---\ntitle: Flow\nslug: flow\ntopic: diffusion\ndate: 2026-03-04\n---\n",
    }
    assert about(project(files), "articles/flow.html")["TechArticle"] == {
        "@context": "https://schema.org",
        "@type": "TechArticle",
        "headline": "Flow",
        "inLanguage": "en",
        "author": {"@type": "Organization", "name": "Notes"},
        "isPartOf": {"@type": "WebSite", "name": "Notes"},
        "datePublished": "2026-03-04",
        "dateModified": "2026-03-04",
        "articleSection": "Diffusion",
    }


def test_a_trail_ends_with_the_page_itself_which_needs_no_address(project: Project) -> None:
    files = {
        "kb.yaml": "language: en\nbase_url: https://kb.test\n",
        FLOW: "---\ntitle: Flow\nslug: flow\ntopic: storage\n---\n",
    }
    trail = about(project(files), "articles/flow.html")["BreadcrumbList"]
    assert trail["itemListElement"] == [
        {
            "@type": "ListItem",
            "position": 1,
            "name": "Topics",
            "item": "https://kb.test/topics/index.html",
        },
        {
            "@type": "ListItem",
            "position": 2,
            "name": "Storage",
            "item": "https://kb.test/topics/storage.html",
        },
        {"@type": "ListItem", "position": 3, "name": "Flow"},
    ]


def test_the_home_page_says_what_the_site_is(project: Project) -> None:
    files = {"kb.yaml": "title: Notes\ndescription: All of it.\nbase_url: https://kb.test\n"}
    assert about(project(files), "index.html")["WebSite"] == {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": "Notes",
        "inLanguage": "zh-CN",
        "description": "All of it.",
        "url": "https://kb.test/index.html",
    }


def test_a_title_cannot_end_the_script_that_it_stands_in(project: Project) -> None:
    title = "</script><b>&'"
    root = project({FLOW: f'---\ntitle: "{title}"\nslug: flow\n---\n'})
    assert about(root, "articles/flow.html")["TechArticle"]["headline"] == title
    page = (root / "site/articles/flow.html").read_text("utf-8")
    assert r'"headline":"\u003c/script\u003e\u003cb\u003e\u0026\u0027"' in page
