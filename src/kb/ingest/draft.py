"""What would ingest write in a record, had no person touched it?"""

from dataclasses import dataclass

from kb.ingest.deduplicate import Group
from kb.ingest.identity import fold
from kb.ingest.study import Study
from kb.ingest.variants import Variants
from kb.library.records import Record
from kb.model import Article, Slug


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of a record, and the way to its title.

    `review` says why a person should look, or is empty.
    """

    title: str
    route: str
    slug: Slug
    topic: str
    tags: tuple[str, ...]
    lang: str
    body: str
    truncated: bool
    review: str

    def fields(self) -> dict[str, object]:
        """The first fields of a new record, in order."""
        return {"title": self.title, "slug": self.slug, "topic": self.topic, "tags": self.tags}

    def owned(self) -> dict[str, object]:
        """The fields whose owner the ledger remembers."""
        return {**self.fields(), "truncated": self.truncated, "body": self.body}


def basis(found: Group, record: Record | None, variants: Variants) -> str:
    """The text to study: the longest variant, or the record's own text if that is longer."""
    body = record.article.body if record and not found.is_parted else ""
    known = variants.length(found.longest)
    if len(body) > known and len(fold(body)) > known:  # the first is cheap, and seldom true
        return body
    return variants.text(found.longest)


def draft(title: str, slug: Slug, study: Study, own: Article | None) -> Draft:
    """The record of this title that a study asks for; `own` is the article studied, if one was."""
    return Draft(
        title=title,
        route=study.route,
        slug=slug,
        topic=study.topic,
        tags=study.tags,
        lang=study.lang,
        body=own.body if own else study.body,
        truncated=own.truncated if own else study.truncated,
        review=study.review,
    )
