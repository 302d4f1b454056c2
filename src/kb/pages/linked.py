"""What do search engines read of a page, in the words of https://schema.org/ ?"""

from collections.abc import Callable

from kb.languages import written
from kb.pages.parts import Site
from kb.pages.views import ArticleView, View

CONTEXT = "https://schema.org"

Address = Callable[[str], str]
"""The address of an output file on the host, empty without a `base_url`."""


def web_site(site: Site, address: Address) -> dict[str, object]:
    """The site, for its home page."""
    about: dict[str, object] = {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": site.title,
        "inLanguage": written(site.language),
        "description": site.description,
        "url": address("index.html"),
    }
    return _said(about)


def tech_article(view: ArticleView, site: Site, address: Address) -> dict[str, object]:
    """An article."""
    here = address(view.path)
    about: dict[str, object] = {
        "@context": CONTEXT,
        "@type": "TechArticle",
        "headline": view.title,
        "inLanguage": written(view.lang),
        "author": {
            "@type": "Person" if site.author else "Organization",
            "name": site.author or site.title,
        },
        "isPartOf": {"@type": "WebSite", "name": site.title},
        "description": view.description,
        "datePublished": view.date,
        "dateModified": view.updated or view.date,
        "articleSection": view.topic.label if view.topic else "",
        "keywords": [tag.label for tag in view.tags],
        "url": here,
        "mainEntityOfPage": here,
        "image": address(view.card.path if view.card else site.assets["card.png"]),
    }
    return _said(about)


def breadcrumb_list(view: View, address: Address) -> dict[str, object]:
    """The way from the site's root to a page."""
    steps = [(crumb.label, address(crumb.path)) for crumb in view.crumbs]
    items = [
        _said({"@type": "ListItem", "position": position, "name": name, "item": item})
        for position, (name, item) in enumerate([*steps, (view.title, "")], 1)
    ]
    return {"@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": items}


def _said(about: dict[str, object]) -> dict[str, object]:
    """Without what is empty."""
    return {key: value for key, value in about.items() if value}
