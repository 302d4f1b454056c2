"""How is what ingest decided written, so that a run that dies loses nothing?"""

import codecs
from dataclasses import replace

from kb import disk
from kb.ingest.changes import Change
from kb.ingest.run import Ingested
from kb.library import ledger
from kb.library.ledger import Ledger, LedgerLine
from kb.library.ownership import value_digest
from kb.library.records import normalise, parse
from kb.project import Project


def write(project: Project, ingested: Ingested) -> None:
    """Write the changed records, remove merged ones, then write the ledger.

    Before a record is revised the ledger tells with what, so that a run that dies is simply run
    again. A record that somebody saved in the meantime is left to the next run.
    """
    made = ingested.plan
    announced = {
        change.id: _announced(change, made.ledger[change.id])
        for change in made.writes()
        if change.basis is not None
    }
    if announced:
        _write_ledger(project, {**ingested.before, **announced})
    late = {change.id for change in made.writes() if not _write_record(project, change)}
    late |= {change.id for change in made.removals() if not _remove_record(project, change)}
    done = {article: line for article, line in made.ledger.items() if article not in late}
    kept = {article: ingested.before[article] for article in late & ingested.before.keys()}
    _write_ledger(project, {**done, **kept})


def _write_ledger(project: Project, lines: Ledger) -> None:
    path = project.content / ledger.FILE
    content = ledger.render(lines)
    if content != (disk.read_if_there(path) or b""):
        disk.write(path, content, project.cache)


def _announced(change: Change, line: LedgerLine) -> LedgerLine:
    """The ledger's line while a record still has, or has already, what will be written in it."""
    article = parse(change.basis or "", change.path).article
    still = {key: value_digest(getattr(article, key)) for key in change.fields}
    pending = {key: line.wrote[key] for key in change.fields}
    return replace(line, wrote={**line.wrote, **still}, pending=pending)


def _write_record(project: Project, change: Change) -> bool:
    """Write a change's text, unless the file is not what it was planned for."""
    if not _is_as_planned(project, change):
        return False
    path = project.root / change.path
    before = disk.read_if_there(path) or b""
    disk.write(path.resolve(), _as_before((change.text or "").encode(), before), project.cache)
    return True


def _as_before(content: bytes, before: bytes) -> bytes:
    """Content of line feeds with the byte order mark and the line ends that the file has had."""
    mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
    pairs = before.count(b"\r\n")
    if 2 * pairs > before.count(b"\n"):
        return mark + content.replace(b"\n", b"\r\n")
    is_old = pairs == 0 and before.count(b"\r") > before.count(b"\n")
    return mark + (content.replace(b"\n", b"\r") if is_old else content)


def _remove_record(project: Project, change: Change) -> bool:
    if not _is_as_planned(project, change):
        return False
    disk.remove(project.root / change.path, project.content)
    return True


def _is_as_planned(project: Project, change: Change) -> bool:
    content = disk.read_if_there(project.root / change.path)
    found = None if content is None else normalise(content.decode(errors="replace"))
    return found == change.basis
