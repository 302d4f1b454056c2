"""What can a template ask kb for, and what does it get?"""

from collections.abc import Callable, Mapping

import msgspec
from jinja2 import pass_context
from jinja2.runtime import Macro
from markupsafe import Markup as Unescaped

from kb.build.fragments import Fragments, Seat
from kb.build.speech import Speech
from kb.languages import direction, locale
from kb.markup import Embedded, Heading, Html, Markup, Target, assemble, section
from kb.pages.around import Fan, around, fan
from kb.pages.brief import Body
from kb.pages.chart import Chart, chart
from kb.pages.graph_views import GraphView
from kb.pages.linked import breadcrumb_list, tech_article, web_site
from kb.pages.parts import Site
from kb.pages.sheaf import drawn
from kb.pages.told import told_articles, told_topics
from kb.pages.views import ArticleView, View
from kb.routes import Route, UrlStyle, absolute_url, folder_of, page_path, url_from, url_path

_ANYWHERE: Seat = ("", -1)
"""The seat of a page that is shown at any depth."""
_JSON = msgspec.json.Encoder(order="deterministic")


class Filters:
    """The filters of one site's templates, for one page after the other.

    Jinja works out a filter of a constant when it compiles the template. So the words of the
    interface cost nothing; what differs with the page asks for the context, which prevents that.
    """

    def __init__(self, site: Site, words: Mapping[str, str], style: UrlStyle) -> None:
        self._site, self._words, self._style = site, words, style
        self._speech = Speech(words)
        self._turned: dict[str, str] = {}
        self._is_pretty = style is UrlStyle.PRETTY
        self._not_found = page_path(Route("404"), style)
        self._address: Callable[[str], str] = self._from_root
        self._markup: Callable[[str], Markup] = _nothing
        self._stations = frozenset(("index.html", *(link.path for link in site.nav)))
        search = page_path(Route("search/index"), style)
        self._fragments = Fragments((*self._stations, search, *site.assets.values()))
        self._seat = self._fragments.seat("index.html")

    def turn_to(self, path: str, markup: Callable[[str], Markup]) -> None:
        """Be the filters of the page at `path`; `markup` finds the text of a body by its key."""
        self._markup = markup
        if path == self._not_found:
            self._address, self._seat = self._from_root, _ANYWHERE
            return
        folder, is_pretty = folder_of(path), self._is_pretty
        self._address = lambda target: url_from(folder, target, is_pretty)
        self._seat = self._fragments.seat(path)

    def by_name(self) -> dict[str, Callable[..., object]]:
        """The filters as an environment takes them."""
        return {
            "absolute": self.absolute,
            "around": around,
            "asset": self.asset,
            "breadcrumb_list": self.breadcrumb_list,
            "chart": _chart,
            "counted": self._speech.counted,
            "date": self._speech.date,
            "datetime": _datetime,
            "day": self._speech.day,
            "dir": direction,
            "drawn": drawn,
            "fan": _fan,
            "html": self.html,
            "language": self._speech.language,
            "locale": locale,
            "once": self.once,
            "station": self.station,
            "told_articles": told_articles,
            "told_topics": told_topics,
            "tech_article": self.tech_article,
            "turned": self.turned,
            "url": self.url,
            "web_site": self.web_site,
            "word": self.word,
        }

    def absolute(self, path: str) -> str:
        """The address of an output file on the host, empty without a `base_url`."""
        return absolute_url(path, self._site.base_url, self._style)

    @pass_context
    def url(self, _context: object, path: str) -> str:
        """The relative URL of an output file."""
        return self._address(path)

    @pass_context
    def asset(self, _context: object, name: str) -> str:
        """The relative URL of an asset, by its name in the theme."""
        return self._address(self._site.assets[name])

    def turned(self, lang: str) -> str:
        """The direction of a language, `ltr` or `rtl`, if it is not that of the site."""
        if lang not in self._turned:
            found = direction(lang)
            self._turned[lang] = "" if found == direction(self._site.language) else found
        return self._turned[lang]

    def word(self, key: str, **values: object) -> str:
        """An interface word in the site's language, with values for the names in its braces."""
        return self._words[key].format(**values)

    @pass_context
    def html(self, _context: object, body: Body | Heading) -> Unescaped:
        """The text of a page, or a heading's formulas; nothing else leaves a template unescaped."""
        if isinstance(body, Heading):
            return Unescaped(body.html)  # noqa: S704 - kb.markup made it
        html = self._assembled(self._markup(body.key), body)
        return Unescaped(html)  # noqa: S704 - kb.markup made it

    def _assembled(self, markup: Markup, body: Body) -> Html:
        found: list[Target | Embedded | None] = list(body.targets)
        for embed in body.embeds:
            whole, source = self._markup(embed.body.key), body.targets[embed.number]
            part = section(whole, embed.heading) if embed.heading else whole
            if source:
                html = self._assembled(part, embed.body)
                found[embed.number] = Embedded(source, html, embed.lang)
        targets = iter(found)
        return assemble(markup, lambda _: next(targets))

    @pass_context
    def once(self, _context: object, macro: Macro, *values: object) -> str:
        """What a macro makes of the values, made once for all pages that stand alike."""
        key = (macro, self._seat, *values)
        made = self._fragments.known(key)
        if made is None:
            asked: list[str] = []
            made = self._noting(asked, lambda: macro(*values))
            self._fragments.keep(key, made, asked)
        return made

    def _noting(self, asked: list[str], make: Callable[[], str]) -> str:
        """What `make` returns; the files that it asks the address of are added to `asked`."""
        address = self._address

        def noted(path: str) -> str:
            asked.append(path)
            return address(path)

        self._address = noted
        try:
            return make()
        finally:
            self._address = address

    def station(self, path: str) -> str:
        """The page itself where the navigation leads there, else the nearest folder that it knows.

        All that the navigation shows depends on, so that many pages can have one.
        """
        return path if path in self._stations else f"{self._fragments.seat(path)[0]}/"

    def breadcrumb_list(self, view: View) -> dict[str, object]:
        """The way to a page, for search engines."""
        return breadcrumb_list(view, self.absolute)

    def tech_article(self, view: ArticleView) -> dict[str, object]:
        """An article, for search engines."""
        return tech_article(view, self._site, self.absolute)

    def web_site(self, site: Site) -> dict[str, object]:
        """The site, for search engines."""
        return web_site(site, self.absolute)

    def _from_root(self, path: str) -> str:
        return f"{self._site.root}{url_path(path, self._style)}"


def json_text(value: object, **_options: object) -> str:
    """JSON with sorted keys and without blanks, which the filter `tojson` makes safe for HTML."""
    return _JSON.encode(value).decode()


def _chart(view: GraphView, columns: int) -> Chart:
    return chart(view.regions, view.ways, columns)


def _fan(marks: tuple[str, str]) -> Fan:
    return fan(*marks)


def _datetime(date: str) -> str:
    """A day, such as 2026-03-14, as the moment at which it begins in UTC."""
    return f"{date}T00:00:00Z"


def _nothing(key: str) -> Markup:
    """The texts before the first page."""
    raise LookupError(key)
