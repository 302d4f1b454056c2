"""Which problems does kb tell of, and how much does each matter unless kb.yaml says otherwise?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from kb.problems import Problem, Severity

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of problem: its code, how much it matters, and what it means in one sentence."""

    code: str
    severity: Severity
    meaning: str


CODES: tuple[Code, ...] = (
    # settings, topics, files
    Code("no-project", _ERROR, "No kb.yaml and no content/ is here or in a folder above."),
    Code("project-exists", _ERROR, "`kb init` was asked to make a project where there is one."),
    Code("invalid-title", _ERROR, "A title was given of which no address can be made."),
    Code("invalid-config", _ERROR, "kb.yaml is something else than `key: value` lines."),
    Code("unknown-setting", _ERROR, "kb.yaml sets what kb does not know."),
    Code("invalid-setting", _ERROR, "A setting has a value that it cannot have."),
    Code("broken-yaml", _ERROR, "A file or a front matter cannot be read as YAML."),
    Code("duplicate-key", _ERROR, "One key stands twice in the same place of a YAML text."),
    Code("not-utf-8", _ERROR, "A file that must be UTF-8 is not."),
    Code("invalid-topic", _ERROR, "An entry of topics.yaml has not the form of a topic or a tag."),
    Code("duplicate-topic", _ERROR, "Two topics have one id."),
    Code("duplicate-tag", _ERROR, "One spelling stands for two tags."),
    Code("broken-ledger", _ERROR, "A line of the ledger cannot be read."),
    Code(
        "passed-over",
        _WARNING,
        "A file of the project's folders is left out.",
    ),
    Code("file-system", _ERROR, "The file system refused to read or write a file."),
    Code("locked", _ERROR, "Another kb is at work in the project."),
    Code("worker-killed", _ERROR, "One of kb's processes was killed."),
    # dumps
    Code("unreadable-transmission", _ERROR, "A dump is no text in any encoding that kb knows."),
    Code("empty-transmission", _WARNING, "A dump holds no excerpt."),
    Code("quarantined-line", _WARNING, "A line of a dump is neither an excerpt nor known as none."),
    Code("conflict", _WARNING, "A dump or a rule asks for a change of what a person wrote."),
    Code("unknown-article", _WARNING, "A rule or a command names an article that is not there."),
    # records
    Code("open-front-matter", _ERROR, "A front matter begins and does not end."),
    Code("invalid-field", _ERROR, "A field of a front matter has a value that it cannot have."),
    Code("unknown-topic", _ERROR, "A record or an introduction names a topic that is not there."),
    Code("duplicate-id", _ERROR, "Two records have one id."),
    Code("duplicate-slug", _ERROR, "Two records have one slug."),
    Code("duplicate-alias", _WARNING, "Two records have one alias; the first answers for it."),
    Code("duplicate-title", _WARNING, "Two articles have one title."),
    Code("duplicate-introduction", _ERROR, "Two texts introduce one topic."),
    Code("taken-address", _WARNING, "An article stands where another one stood before."),
    Code("needs-review", _NOTE, "The machine was unsure of the topic of a record, or keeps one."),
    Code("unused-tag", _NOTE, "A tag of the project's own vocabulary is on no article."),
    Code("lonely-tag", _NOTE, "A tag is on one article only."),
    # markup
    Code("dead-link", _WARNING, "A link leads to a page or a file that is not there."),
    Code("unknown-heading", _WARNING, "A wikilink names a heading that its article has not."),
    Code("ambiguous-link", _WARNING, "A link names several articles or files; the first is taken."),
    Code("embed-cycle", _WARNING, "A text would stand in itself."),
    Code("deep-embed", _WARNING, "Too many texts would stand in one another."),
    Code("many-embeds", _WARNING, "A page would hold too many other texts."),
    Code("inner-heading", _WARNING, "The section to embed has its heading in a quotation or list."),
    Code("embed-in-a-line", _WARNING, "A text is embedded in the middle of a paragraph."),
    Code("unused-footnote", _WARNING, "Nothing refers to a footnote."),
    Code("unknown-footnote", _WARNING, "A text refers to a footnote that it has not."),
    Code("nested-too-deep", _WARNING, "Lists and quotations are nested deeper than kb reads."),
    Code("unreadable-markup", _WARNING, "A text could not be read as Markdown; it is shown plain."),
    Code("unknown-language", _WARNING, "A block of code names a language that is not known."),
    Code("unknown-attribute", _WARNING, "A block of code has an attribute that is not known."),
    Code("broken-formula", _WARNING, "A formula cannot be set; its source is shown."),
    Code("repeated-label", _WARNING, "Two equations of a text have one label."),
    Code("unknown-equation", _WARNING, "A reference names an equation that its text has not."),
    Code("broken-diagram", _WARNING, "A diagram cannot be drawn; its source is shown."),
    Code("image-without-words", _WARNING, "An image has no alternative text."),
    Code("long-row", _WARNING, "A row of a table has more cells than its header."),
    Code("no-such-line", _WARNING, "A line of code is to be marked that the block does not have."),
    Code("long-code", _WARNING, "A block of code is too long for colours."),
    Code("remote-image", _WARNING, "An image is loaded from another host."),
    # build
    Code("bad-output", _ERROR, "The output folder is no place to write a site to."),
    Code("foreign-file", _ERROR, "A file that kb did not make stands where a page would."),
    Code("broken-manifest", _ERROR, "The list of kb's own files in the output cannot be read."),
    Code("missing-template", _ERROR, "A template that a page needs is not there."),
    Code("broken-template", _ERROR, "A template cannot be read, or fails on a page."),
    Code("broken-words", _ERROR, "A file of interface words is wrong."),
    Code("untranslated", _WARNING, "The site's language lacks interface words; they are English."),
    Code("broken-font", _ERROR, "The font of the cards cannot be read."),
    Code("no-cards", _WARNING, "Cards are asked for and cannot be drawn."),
    Code("kept-for-ever", _WARNING, "A static file stands where names change with their content."),
    Code("same-address", _ERROR, "Two pages or files would stand at one path."),
    Code("lost-address", _WARNING, "An article's page that was published is gone."),
    # the built site
    Code("no-site", _ERROR, "There is no built site to check."),
    Code("stale-site", _WARNING, "The project was edited after the site was built."),
    Code("missing-file", _ERROR, "A file that kb wrote is gone from the output folder."),
    Code("dead-anchor", _WARNING, "A link names a place on a page that the page has not."),
    Code("missing-asset", _WARNING, "A page needs an image, script, style or font that is gone."),
    Code("outside-link", _WARNING, "A link without a host leads out of the site's folder."),
    Code("broken-format", _WARNING, "A feed, sitemap or JSON file of the site cannot be read."),
    Code("orphan", _WARNING, "A page cannot be reached from the home page by links."),
    Code("dead-external-link", _WARNING, "Another host says that a page is not there, or is gone."),
    Code("unsure-external-link", _NOTE, "Another host would not tell a program of a page."),
    # serve
    Code("bad-port", _ERROR, "A number is no port."),
    Code("bad-host", _ERROR, "A name or number is no address of this machine."),
    Code("busy-port", _ERROR, "Another program listens at the port that was asked for."),
    Code("refused-port", _ERROR, "The system does not let this user listen at a port."),
    Code("rebuild-failed", _ERROR, "A rebuild of the preview ended in a fault of kb's own."),
    # export and import
    Code("foreign-target", _ERROR, "An export would overwrite what no export of kb has made."),
    Code(
        "export-conflict",
        _ERROR,
        "A file of an export was edited, or is none of kb's.",
    ),
    Code("unfinished-export", _ERROR, "An export died before it was whole."),
    Code("no-source", _ERROR, "There is nothing to import."),
    Code("own-source", _ERROR, "A project was asked to import itself."),
    Code("import-conflict", _ERROR, "What is imported differs from what is there."),
    Code("imported-field", _WARNING, "A field of an imported note means nothing to kb."),
    Code("unknown-version", _ERROR, "An export was made by a version of kb that is not known."),
    Code("broken-line", _ERROR, "A line of an export cannot be read."),
    Code("long-line", _ERROR, "A line of an export is too long to be one."),
    Code("broken-text", _ERROR, "A text of an export holds half a character."),
    Code("broken-toml", _ERROR, "The front matter of an imported note cannot be read as TOML."),
    Code("unsafe-path", _ERROR, "An export names a path outside of the content folder."),
    Code(
        "wrong-id",
        _ERROR,
        "An exported note and what came with it have different ids.",
    ),
)
"""Every code that a problem can have, by what it is about."""


@cache
def by_code() -> Mapping[str, Code]:
    """All of them by their code."""
    return {code.code: code for code in CODES}


Grades = tuple[tuple[str, Severity | None], ...]
"""How much a person lets a code matter; None for one that is not to be told."""


def graded(problems: Iterable[Problem], grades: Grades) -> Iterator[Problem]:
    """The problems as a person grades them, without those that are off."""
    known = dict(grades)
    for problem in problems:
        severity = known.get(problem.code, problem.severity)
        if severity is not None:
            yield problem if severity is problem.severity else replace(problem, severity=severity)
