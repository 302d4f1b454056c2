"""What is wrong with a project's records and words, beyond what stops a build?"""

from collections.abc import Iterator

from kb.build.shelf import dead_addresses, with_sources
from kb.check.evidence import Evidence
from kb.library.spelling import fold_spelling
from kb.library.taxonomy import FILE as TOPICS
from kb.library.taxonomy import tag_places
from kb.model import Article
from kb.problems import Problem, Severity
from kb.project import shipped_topics


def told_by_builds(evidence: Evidence) -> Iterator[Problem]:
    """All that a build says of dumps, records, links and formulas."""
    crawl = evidence.crawl
    published = crawl.listed | crawl.there
    dead = dead_addresses(evidence.records.shelf, published) if crawl.listed else ()
    yield from with_sources((*evidence.records.problems, *dead), evidence.text)


def repeated_titles(evidence: Evidence) -> Iterator[Problem]:
    """Articles with the title of another, which readers and links cannot tell apart."""
    first: dict[str, Article] = {}
    for article in evidence.library.articles:
        owner = first.setdefault(fold_spelling(article.title), article)
        if owner is not article:
            fact = f'{owner.path} has the title "{article.title}" too'
            hint = "say in one of the two titles what makes it another"
            place = evidence.place(article, "title")
            yield Problem("duplicate-title", fact, place, hint, Severity.WARNING)


def needing_review(evidence: Evidence) -> Iterator[Problem]:
    """Records whose topic the machine was unsure of."""
    for article in evidence.library.articles:
        if reason := evidence.records.doubts.get(article.id, ""):
            fact = f"a person should look at this record: {reason}"
            hint = "`kb explain` shows why; any other topic, once written here, is yours"
            place = evidence.place(article, "topic")
            yield Problem("needs-review", fact, place, hint, Severity.NOTE)


def unused_tags(evidence: Evidence) -> Iterator[Problem]:
    """Tags of the project's own vocabulary that are on no article; those of kb's are left out."""
    path = evidence.project.content / TOPICS
    shipped = {tag.tag for tag in shipped_topics().tags}
    used, name = evidence.library.by_tag, evidence.project.name(path)
    for tag, place in tag_places(evidence.text(name), name).items():
        if tag not in used and tag not in shipped:
            fact, hint = f'no article has the tag "{tag}"', "take it out, or put it on an article"
            yield Problem("unused-tag", fact, place, hint, Severity.NOTE)


def lonely_tags(evidence: Evidence) -> Iterator[Problem]:
    """Tags that lead to one article only."""
    for tag, tagged in evidence.library.by_tag.items():
        if len(tagged) == 1:
            place = evidence.place(tagged[0], "tags")
            fact = f'no other article has the tag "{tag}"'
            hint = "use a tag that others have, or leave it for those to come"
            yield Problem("lonely-tag", fact, place, hint, Severity.NOTE)
