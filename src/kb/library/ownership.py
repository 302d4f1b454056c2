"""Does a field of a record belong to the machine or to the person?

The ledger keeps the digest of what ingest wrote in each field. A field with that value is the
machine's and may improve; with any other it is the person's and is never touched again.
"""

from collections.abc import Mapping
from dataclasses import replace
from hashlib import blake2b

from kb.library.ledger import Ledger, LedgerLine
from kb.library.records import Record, compose
from kb.model import Article, Digest

WRITTEN = ("id", "title", "slug", "topic", "tags", "lang", "truncated")
"""The fields of a new record, in order."""


def is_machines(article: Article, key: str, wrote: Mapping[str, Digest]) -> bool:
    """Whether the field still has the value that ingest wrote."""
    return wrote.get(key) == value_digest(getattr(article, key))


def is_untouched(record: Record, line: LedgerLine) -> bool:
    """Whether a record is byte for byte what ingest wrote, so that nobody's work is in it."""
    article = record.article
    keys = (*(key for key in WRITTEN if key in record.places),)
    fields = ((key, getattr(article, key)) for key in keys)
    is_theirs = any(not is_machines(article, key, line.wrote) for key in line.wrote)
    return not is_theirs and compose(fields, article.body.removeprefix("\n")) == record.text


def has_own_title(record: Record, ledger: Ledger) -> bool:
    """Whether a person gave the title; without a line in the ledger it may be kb's."""
    old = ledger.get(record.article.id)
    wrote = settled(old, record.article).wrote if old else {}
    return bool(wrote) and not is_machines(record.article, "title", wrote)


def settled(line: LedgerLine, article: Article) -> LedgerLine:
    """The line after a run that died: what it had written by then is what it wrote."""
    arrived = {
        key: value
        for key, value in line.pending.items()
        if value == value_digest(getattr(article, key))
    }
    return replace(line, wrote={**line.wrote, **arrived}, pending={})


def value_digest(value: object) -> Digest:
    """The digest of a field's value, white space at its ends left out."""
    text = "\x1f".join(map(str, value)) if isinstance(value, tuple) else str(value)
    found = blake2b(text.strip().encode(errors="surrogatepass"), digest_size=8)
    return Digest(found.hexdigest())
