"""`kb new`: what does the file of a new article hold, and what is it called?"""

from dataclasses import dataclass
from datetime import date

from kb import disk
from kb.console import Console
from kb.folder import ARTICLES, PAGES
from kb.library.records import compose
from kb.library.taxonomy import Taxonomy
from kb.problems import KbError, Place, Problem, did_you_mean
from kb.project import Project, read_pages, read_records, read_taxonomy
from kb.slugs import slugify

_TITLE = Place("TITLE")


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for, on which day."""

    title: str
    topic: str
    tags: tuple[str, ...]
    today: date
    is_page: bool
    is_draft: bool


def new(project: Project, console: Console, request: Request) -> None:
    """Write a new file, and print its path; a file that is there is never touched.

    Raises KbError for a topic that does not exist, and for an address or file that is taken.
    """
    title = " ".join(request.title.split())
    slug = slugify(title, fallback="")
    if not slug:
        hint = "a title needs a letter or a digit"
        raise KbError(
            Problem("invalid-title", f"no address can be made of {title!r}", _TITLE, hint)
        )
    _refuse_topic(request.topic, read_taxonomy(project))
    path = project.content / (PAGES if request.is_page else ARTICLES) / f"{slug}.md"
    name = project.name(path)
    taken = name if path.exists() else _holder(project, slug, request)
    if taken:
        fact = f"{taken} stands at this address already"
        raise KbError(Problem("same-address", fact, Place(name), "choose another title"))
    disk.write(path, compose(_fields(title, request), "").encode())
    console.data(name)


def _fields(title: str, request: Request) -> list[tuple[str, object]]:
    topic = [("topic", request.topic)] if request.topic else []
    tags = [("tags", request.tags)] if request.tags else []
    day = [] if request.is_page else [("date", request.today)]
    draft = [("draft", True)] if request.is_draft else []
    return [("title", title), *topic, *tags, *day, *draft]


def _holder(project: Project, slug: str, request: Request) -> str:
    """The file of what stands at the address already, or an empty text."""
    if request.is_page:
        records, _ = read_pages(project)
    else:
        records = read_records(project).found
    return next((record.article.path for record in records if record.article.slug == slug), "")


def _refuse_topic(topic: str, taxonomy: Taxonomy) -> None:
    if topic and topic not in taxonomy.by_id:
        fact = f'no topic is called "{topic}"'
        hint = did_you_mean(topic, taxonomy.by_id) or "topics are listed in content/topics.yaml"
        raise KbError(Problem("unknown-topic", fact, Place("--topic"), hint))
