"""`kb explain`: why is an article what it is?"""

from collections.abc import Iterable
from contextlib import suppress
from typing import NoReturn
from unicodedata import normalize

from kb import disk
from kb.console import Console
from kb.counts import counted
from kb.folder import ARTICLES
from kb.ingest.explain import FIELDS, Explanation, Seen
from kb.ingest.explain import explain as run
from kb.library.ledger import Ledger
from kb.library.library import fold_name
from kb.library.records import Record, parse
from kb.library.spelling import JOINTS
from kb.model import Article
from kb.problems import KbError, Place, Problem, did_you_mean
from kb.project import Project, read_ledger, read_records, read_taxonomy, text_paths

MOST_TERMS = 8


def explain(project: Project, console: Console, name: str, *, as_json: bool) -> None:
    """Print how a record was recognised, named and filed, and who owns its fields."""
    taxonomy, ledger = read_taxonomy(project), read_ledger(project)
    record = _named(name, _likely(project, name))
    if record is None:
        everything = read_records(project).found
        record = _named(name, everything) or _unknown(name, everything, ledger)
    line = ledger.get(record.article.id)
    if line is None:
        _explain_by_hand(record.article, console, as_json=as_json)
        return
    found = run(project, record, ledger, taxonomy)
    if as_json:
        console.json(found)
    else:
        for text in _lines(found):
            console.data(text)


def _explain_by_hand(article: Article, console: Console, *, as_json: bool) -> None:
    if as_json:
        owners = [(key, "you") for key in FIELDS]
        unknown = {"seen": (), "name": None, "verdict": None}
        console.json({"article": article, **unknown, "owners": owners})
    else:
        console.data(f"{article.title}  {article.path}")
        console.data("written by hand: all of it is yours")


def _likely(project: Project, name: str) -> tuple[Record, ...]:
    """The records whose file holds a name: of many, the few that are worth parsing."""
    sought, found = fold_name(name), []
    for path in text_paths(project, ARTICLES):
        text = disk.read(path).decode(errors="replace")
        named = f"{project.name(path)}\n{text}"
        if sought in "".join(JOINTS.split(normalize("NFKC", named).lower())):
            with suppress(KbError):
                found.append(parse(text, project.name(path)))
    return tuple(found)


def _named(name: str, records: Iterable[Record]) -> Record | None:
    names = {
        fold_name(known): record
        for record in records
        for known in (
            record.article.path,
            record.article.title,
            record.article.id,
            record.article.slug,
        )
    }
    return names.get(fold_name(name))


def _unknown(name: str, records: Iterable[Record], ledger: Ledger) -> NoReturn:
    merged = next(
        (line for line in ledger.values() if line.into and name in (line.id, *line.slugs)), None
    )
    near = did_you_mean(name, (record.article.slug for record in records))
    hint = near or "`kb list` shows all articles"
    if merged:
        hint = f"a rule in kb.yaml merged it into {merged.into}"
    fact = f'no article is called "{name}"'
    raise KbError(Problem("unknown-article", fact, Place("kb explain"), hint))


def _lines(found: Explanation) -> list[str]:
    article, verdict = found.article, found.verdict
    seen = map(_seen, found.seen)
    terms = [f"{e.term} {e.score:.1f} at {e.start}" for e in verdict.evidence[:MOST_TERMS]]
    return [
        f"{article.title}  [{article.id}]  {article.path}",
        "seen",
        *seen,
        "title",
        f'  by the rule "{found.name.route}": {found.name.title}',
        *(f"  or: {other}" for other in found.name.alternatives),
        "topic",
        f"  {verdict.topic}, score {verdict.score:.1f}",
        f"  {verdict.margin:.0%} ahead of {verdict.runner_up or 'none'}",
        f"  {', '.join(terms) or 'no term speaks for any topic'}",
        "owner",
        f"  {', '.join(f'{field}: {owner}' for field, owner in found.owners)}",
    ]


def _seen(seen: Seen) -> str:
    sighting = seen.sighting
    where = f"{sighting.transmission}:{sighting.line}"
    text = (
        f"{counted(seen.characters, 'character')}, text {seen.text}"
        if seen.text
        else "its dump is gone"
    )
    return f"  {where}  {sighting.match} {sighting.score:g}, {text}"
